import { Command } from 'commander';
import { pullSource } from '../../ingest/imap.ts';
import { emptyTally, type Tally } from '../../ingest/intake.ts';
import { readPassword } from '../../ingest/secrets.ts';
import { OperatorError } from '../../publication/operator-error.ts';
import type { Settings } from '../../publication/traffic-yaml.ts';
import { type Context, type Finish, type MakeContext, withArchive } from '../context.ts';
import { printTally } from './import.ts';

const HELP = `
Reads what is new since the last pull; a run that was cut off goes on where it stopped.
The account is only read: no message is moved, changed or marked as seen. The password
comes from where traffic.yaml says: an environment variable or a command.

--json ends with one line: {"seen","added","duplicates","rejected":[{"where","reason"}]},
where seen = added + duplicates + the number of rejected.

  $ IMAP_PASSWORD=… traffic pull
  $ traffic pull work`;

/** `traffic pull [SOURCE…]` */
export function pullCommand(context: MakeContext, finish: Finish): Command {
  return new Command('pull')
    .description('read new mail from IMAP accounts into the archive')
    .argument('[source...]', 'names of sources in traffic.yaml; all of them where none is named')
    .option('--json', 'print the counts as JSON')
    .addHelpText('after', HELP)
    .action(async (names: string[], options: { json?: true }) => {
      finish(await pull(context(), names, options.json === true));
    });
}

async function pull(context: Context, names: readonly string[], json: boolean): Promise<number> {
  return withArchive(context, async (publication, archive) => {
    const sources = chosenSources(publication.settings, names);
    const total = emptyTally();
    for (const source of sources) {
      context.report.say(`pulling ${source.name} from ${source.host}`);
      const tally = await pullSource(archive, source, {
        password: await readPassword(source, context.terminal.env),
        maxBytes: publication.settings.max_message_bytes,
        onProgress: (mailbox, done, all) => context.report.progress(mailbox, done, all),
        onNotice: sentence => context.report.say(sentence),
      });
      addTo(total, tally);
    }
    printTally(context, total, json);
    return 0;
  });
}

function chosenSources({ sources }: Settings, names: readonly string[]): Settings['sources'] {
  const known = sources.map(source => source.name).join(', ');
  if (sources.length === 0) {
    throw new OperatorError(
      'traffic.yaml names no source to pull from; add one under "sources:", or use "traffic import PATH" for mail files.',
      {
        wrongUse: true,
      },
    );
  }
  for (const name of names) {
    if (sources.some(source => source.name === name)) continue;
    throw new OperatorError(`traffic.yaml has no source called ${name}; it has ${known}.`, {
      wrongUse: true,
    });
  }
  return names.length === 0 ? sources : sources.filter(source => names.includes(source.name));
}

function addTo(total: Tally, tally: Tally): void {
  total.seen += tally.seen;
  total.added += tally.added;
  total.duplicates += tally.duplicates;
  for (const rejected of tally.rejected) total.rejected.push(rejected);
}
