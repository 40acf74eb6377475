import { spawnSync } from 'node:child_process';
import { Command } from 'commander';
import type { Archive } from '../../ingest/archive/archive.ts';
import { isDay, type Period, wednesdayAfter } from '../../publication/calendar.ts';
import { type Issues, readIssues } from '../../publication/issues/read.ts';
import { OperatorError } from '../../publication/operator-error.ts';
import { readDesk } from '../../site/desk/desk.ts';
import { type Drafted, draftIssue, draftUpdates } from '../../site/desk/drafts.ts';
import { pickThreads } from '../../site/desk/pick.ts';
import { type Discussion, loadSite, type Site } from '../../site/model.ts';
import { type Context, type Finish, type MakeContext, print, withFilledArchive } from '../context.ts';
import { numberOf, type PeriodOptions, periodOf, withPeriod } from '../period.ts';
import { discussionNamed } from './brief.ts';

const HELP = `
Begins an issue: issues/N/issue.md, and a file for each thread with its brief, for you to make
a section of. FIXME stands where you must decide; "traffic check" finds what is left of them.
The threads are those that you name, or with --week the best of "traffic desk" that no issue
has told of yet. A thread is told as it stood at the end of these days; one of which an earlier
issue told, by what came since.

Nothing that is there is changed. What is new for a section that you have written, or a section
that issue.md does not list yet, is proposed in a file beside it: syscalls.proposed.md. --update
proposes for each section what came in its thread since.

  $ traffic draft --week 2018-W13
  $ traffic draft 20180325162527.GA17492@example.org --issue 12
  $ traffic draft --update`;

interface Options extends PeriodOptions {
  readonly issue?: string;
  readonly limit: string;
  readonly date?: string;
  readonly editor?: string;
  readonly update?: true;
}

/** `traffic draft` */
export function draftCommand(context: MakeContext, finish: Finish): Command {
  return withPeriod(new Command('draft'))
    .description('begin an issue, a section for each thread')
    .argument('[message-id...]', 'messages of the threads to tell of')
    .option('--issue <number>', 'the issue; else that of the same days, else the next')
    .option('-n, --limit <number>', 'with a week: tell of this many threads', '8')
    .option('--date <day>', 'the date of the issue; else the Wednesday after its days')
    .option('--editor <name>', "the editor's name; else git's user.name")
    .option('--update', 'propose what came in the threads of an issue since')
    .addHelpText('after', HELP)
    .action(async (ids: string[], options: Options) => {
      const byDays = namesDays(options);
      if (options.update ? ids.length > 0 || byDays : ids.length === 0 && !byDays)
        throw new OperatorError(
          options.update
            ? '--update is for the sections of an issue; name no threads and no days with it.'
            : '"traffic draft" takes Message-IDs, or --week for the best threads of a week.',
          { wrongUse: true },
        );
      const current = context();
      await withFilledArchive(current, async (publication, archive) => {
        const site = await loadSite(archive, publication, { doubts: false });
        const issues = readIssues(publication.folder);
        for (const { message } of issues.faults) current.report.warn(message);
        const drafted = options.update
          ? await draftUpdates(archive, site, issues, issueToUpdate(issues, options))
          : await draftNew(current, archive, site, issues, ids, options);
        for (const one of drafted) print(current, lineOf(one));
        if (drafted.length === 0) current.report.say('There was nothing to write.');
      });
      finish(0);
    });
}

async function draftNew(
  context: Context,
  archive: Archive,
  site: Site,
  issues: Issues,
  ids: readonly string[],
  options: Options,
): Promise<readonly Drafted[]> {
  const period = daysOf(issues, options) ?? periodOf(options, site);
  const date = options.date ?? wednesdayAfter(period.until);
  if (!isDay(date))
    throw new OperatorError(`--date ${date} is no day; write it as 2018-04-04.`, { wrongUse: true });
  const limit = numberOf('--limit', options.limit);
  const number = options.issue === undefined ? numberFor(issues, period) : numberOf('--issue', options.issue);
  const threads: ReadonlySet<Discussion> =
    ids.length > 0
      ? new Set(ids.map(id => discussionNamed(site.discussionOf, id)))
      : pickThreads(
          site,
          await readDesk(archive, site, period, issues.issues, {
            progress: (done, total) => context.report.progress('briefs', done, total),
          }),
          number,
          limit,
        );
  if (threads.size === 0)
    throw new OperatorError(
      `${period.since} to ${period.until} has no thread that no issue tells of; "traffic desk" shows what there is, and "traffic draft MESSAGE-ID" drafts any thread of it.`,
    );
  const editor = options.editor ?? (gitUserName(context) || issues.issues.at(-1)?.editor) ?? '';
  return draftIssue(archive, site, issues, { number, date, editor, period, threads: [...threads] });
}

/** The days of an issue that is there, where no others are named. */
function daysOf({ issues }: Issues, options: Options): Period | undefined {
  if (options.issue === undefined || namesDays(options)) return undefined;
  return issues.find(({ number }) => String(number) === options.issue)?.period;
}

function namesDays({ week, since, until }: Options): boolean {
  return (week ?? since ?? until) !== undefined;
}

/** The issue of the same days, else the number after the last. */
function numberFor({ issues, faults }: Issues, { since, until }: Period): number {
  const same = issues.find(({ period }) => period?.since === since && period.until === until);
  const numbers = [
    ...issues.map(({ number }) => number),
    ...faults.map(({ place }) => Number(place.file.split('/')[1])),
  ];
  return same?.number ?? Math.max(0, ...numbers) + 1;
}

function issueToUpdate({ issues }: Issues, { issue }: Options): number {
  const number = issue === undefined ? issues.at(-1)?.number : numberOf('--issue', issue);
  if (number !== undefined) return number;
  throw new OperatorError('there is no issue to update yet; "traffic draft --week" begins one.');
}

/** What git calls whoever is at the keyboard; empty where it does not know, or is not there. */
function gitUserName({ folder, terminal }: Context): string {
  const { stdout } = spawnSync('git', ['config', 'user.name'], {
    cwd: folder,
    env: { ...terminal.env },
    encoding: 'utf8',
  });
  return stdout?.trim() ?? '';
}

function lineOf({ file, done }: Drafted): string {
  return done === 'told'
    ? `${file} has told all that is in its thread up to these days, so nothing was drafted for it`
    : `${file}: ${done}`;
}
