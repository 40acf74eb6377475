import { Command } from 'commander';
import { verify } from '../../ingest/verify.ts';
import { type Finish, type MakeContext, print, printJson, withFilledArchive } from '../context.ts';
import { counted } from '../report.ts';

const HELP = `
Reads every message, compares its hash and size with what was noted when it came, and looks
for entries that point at nothing. Exit status 1 where something is wrong.`;

/** `traffic verify` */
export function verifyCommand(context: MakeContext, finish: Finish): Command {
  return new Command('verify')
    .description('audit the archive: every hash, every count, every cursor')
    .option('--json', 'print {"messages","ids","sightings","rejected","bytes","findings":[…]}')
    .addHelpText('after', HELP)
    .action(async (options: { json?: true }) => {
      const current = context();
      const findings = await withFilledArchive(current, (_, archive) => {
        const found = [
          ...verify(archive, (done, total) => current.report.progress('verifying', done, total)),
        ];
        const counts = archive.counts();
        if (options.json) printJson(current, { ...counts, findings: found });
        else {
          for (const finding of found) print(current, finding);
          const all = `${counted(counts.messages, 'copy', 'copies')} of ${counted(counts.ids, 'message')}, seen ${counted(counts.sightings, 'time')}`;
          print(current, `${all}: ${found.length === 0 ? 'all is well' : counted(found.length, 'finding')}`);
        }
        return found;
      });
      finish(findings.length === 0 ? 0 : 1);
    });
}
