import { Command } from 'commander';
import { lockFile, writeLock } from '../../publication/issues/lock.ts';
import { OperatorError } from '../../publication/operator-error.ts';
import { checkIssues } from '../../site/issues/check.ts';
import { freezeIssue } from '../../site/issues/freeze.ts';
import { loadSite } from '../../site/model.ts';
import { type Context, type Finish, type MakeContext, print, withArchive } from '../context.ts';
import { numberOf } from '../period.ts';
import { counted } from '../report.ts';
import { version } from '../version.ts';

const HELP = `
Writes issues/N/issue.lock when issue N comes out: what it counts, what it says of its threads,
and hashes of its files and of the mail that it cites. From then on its page shows what the
lock says, whatever mail comes later, and "traffic check" and "traffic build" tell what no
longer matches. Keep the lock with the issue's files. docs/publishing.md tells more.

A lock that is there stays; --again writes it anew.

  $ traffic freeze 12`;

/** `traffic freeze` */
export function freezeCommand(context: MakeContext, finish: Finish): Command {
  return new Command('freeze')
    .description('publish an issue: keep how it stands')
    .argument('<number>', 'the issue')
    .option('--again', 'write the lock anew where there is one')
    .addHelpText('after', HELP)
    .action(async (name: string, { again = false }: { again?: boolean }) => {
      await freeze(context(), numberOf('the issue', name), again);
      finish(0);
    });
}

async function freeze(context: Context, number: number, again: boolean): Promise<void> {
  await withArchive(context, async (publication, archive) => {
    const site = await loadSite(archive, publication, { doubts: false });
    const { issues, findings } = await checkIssues(archive, site, new Set([number]));
    const issue = issues.find(one => one.number === number);
    // A lock that cannot be read is no reason not to write it anew.
    const errors = findings.filter(
      ({ severity, file }) => severity === 'error' && !(again && file === lockFile(number)),
    );
    if (errors.length > 0)
      throw new OperatorError(
        `issue ${number} has ${counted(errors.length, 'error')}; "traffic check ${number}" shows where.`,
      );
    if (!issue) throw new OperatorError(`there is no issue ${number}: issues/${number}/issue.md is missing.`);
    const lock = await freezeIssue(archive, site, issues, issue, version());
    if (!writeLock(publication.folder, number, lock, again))
      throw new OperatorError(
        `issue ${number} is frozen already; --again forgets how it stood, and freezes it as it stands now.`,
      );
    print(context, lockFile(number));
    context.report.say(
      `Issue ${number}: ${counted(issue.sections.length, 'section')}, ${counted(Object.keys(lock.messages).length, 'message')} cited`,
    );
  });
}
