import { Command } from 'commander';
import { wrap } from '../../briefs/plain-text.ts';
import { statusWords } from '../../briefs/story/wording.ts';
import { isoTime } from '../../mail/date.ts';
import { visible } from '../../mail/printable.ts';
import { readIssues } from '../../publication/issues/read.ts';
import type { Candidate } from '../../site/desk/candidates.ts';
import { type Desk, readDesk } from '../../site/desk/desk.ts';
import { historyWords, reasonWords } from '../../site/desk/wording.ts';
import { wholeSentences } from '../../site/gists.ts';
import { loadSite } from '../../site/model.ts';
import { type Finish, type MakeContext, print, printJson, withFilledArchive } from '../context.ts';
import { numberOf, type PeriodOptions, periodOf, withPeriod } from '../period.ts';
import { counted } from '../report.ts';
import type { JsonRecord } from '../thread-records.ts';

const HELP = `
Threads that were written to in a week, those first that an issue may want to tell of: many
people who go on answering each other, maintainers, objections, new voices, an outcome. Each
shows why, in points that add up to its score; docs/issues.md lists them. What an issue has
told of counts by what came since; what was a candidate the time before and is still talked
about is carried over. Without a week: the last seven days of mail.

--json prints one candidate a line, all of them; docs/json.md describes it.

  $ traffic desk --week 2018-W13
  $ traffic desk --since 2018-03-26 --until 2018-04-01 --limit 5`;

const COLUMNS = 96;
/** More are read on the desk's page of "traffic serve". */
const SHOWN = 15;
const GIST_LETTERS = 180;

/** `traffic desk` */
export function deskCommand(context: MakeContext, finish: Finish): Command {
  return withPeriod(new Command('desk'))
    .description('show which threads an issue may tell of, and why')
    .option('-n, --limit <number>', 'print this many at most')
    .option('--json', 'print one JSON object a candidate')
    .addHelpText('after', HELP)
    .action(async (options: PeriodOptions & { limit?: string; json?: true }) => {
      const limit = options.limit === undefined ? undefined : numberOf('--limit', options.limit);
      const current = context();
      await withFilledArchive(current, async (publication, archive) => {
        const site = await loadSite(archive, publication);
        const { issues, faults } = readIssues(publication.folder);
        for (const { message } of faults) current.report.warn(message);
        const desk = await readDesk(archive, site, periodOf(options, site), issues, {
          progress: (done, total) => current.report.progress('briefs', done, total),
        });
        const { candidates, period } = desk;
        const shown = candidates.slice(0, limit ?? (options.json ? candidates.length : SHOWN));
        for (const [at, one] of shown.entries()) {
          if (options.json) printJson(current, candidateRecord(desk, one, at + 1));
          else for (const line of candidateLines(one, at + 1)) print(current, line);
        }
        const all = counted(candidates.length, 'candidate');
        current.report.say(
          `${period.since} to ${period.until}: ${shown.length < candidates.length ? `${shown.length} of ${all}` : all}`,
        );
      });
      finish(0);
    });
}

/** A candidate for people: what it is, what it is about, why it is one, and what to call it by. */
function candidateLines(one: Candidate, rank: number): readonly string[] {
  const { discussion, told, active, score, reasons } = one;
  const { tags, title } = discussion.subject;
  const { gist, status } = told.brief;
  const posts = active.posts.length;
  const facts = [
    `${counted(posts, 'post')} of ${counted(active.voices.length, 'person', 'people')}`,
    ...(posts < discussion.posts.length ? [`${discussion.posts.length} in all`] : []),
    statusWords(status.value),
  ];
  const indented = (text: string) => wrap(text, COLUMNS - INDENT.length).map(line => INDENT + line);
  const why = [reasons.map(reasonWords).join(', '), ...historyWords(one)].filter(words => words !== '');
  return [
    `${`${rank}.`.padStart(3)} ${String(score).padStart(3)}  ${[...tags, title].join(' ')} (${facts.join(', ')})`,
    ...(gist ? indented(`“${wholeSentences(gist.text, GIST_LETTERS)}” ${gist.speaker}`) : []),
    ...why.flatMap(indented),
    `${INDENT}${discussion.root}`,
    '',
  ].map(visible);
}

const INDENT = '         ';

/** A candidate as `traffic desk --json` prints it (docs/json.md). */
function candidateRecord({ period }: Desk, one: Candidate, rank: number): JsonRecord {
  const { discussion, told, active, score, reasons, covered, earlier, carriedOver, sameSeries } = one;
  const { brief } = told;
  const { root, subject, lists, posts, people, first, last } = discussion;
  return {
    rank,
    root,
    tags: subject.tags,
    title: subject.title,
    lists,
    period,
    score,
    reasons: reasons.map(({ kind, count, points, names }) => ({ kind, count, points, names })),
    active: { messages: active.posts.map(({ message }) => message.id), people: active.voices.length },
    messages: posts.length,
    people: people.length,
    first: isoTime(first),
    last: isoTime(last),
    status: brief.status,
    gist: brief.gist ?? null,
    covered: covered
      ? {
          issue: covered.coverage.issue.number,
          section: covered.coverage.section.id,
          until: isoTime(covered.coverage.until),
          since: covered.since.posts.map(({ message }) => message.id),
          outcome: covered.outcome ?? null,
          version: covered.version ?? null,
        }
      : null,
    earlier: earlier ? { issue: earlier.issue.number, section: earlier.section.id } : null,
    carriedOver: carriedOver ?? null,
    sameSeries: sameSeries ?? null,
  };
}
