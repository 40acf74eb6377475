import path from 'node:path';
import { type Contestant, type Result, takeTurns } from './contest.ts';
import { bareParsing, bareWriting } from './contestants/floors.ts';
import { mu, notmuch, splitMail } from './contestants/mail-indexers.ts';
import { mhonarc } from './contestants/mhonarc.ts';
import { PUBLIC_INBOX, publicInbox } from './contestants/public-inbox.ts';
import { searchBuilds } from './contestants/search.ts';
import {
  nothingNew,
  oneReply,
  siteFolder,
  trafficBriefs,
  trafficBuild,
  trafficImport,
  trafficThreads,
} from './contestants/traffic.ts';
import type { Measured } from './goals.ts';
import { installedPrograms } from './installed.ts';
import { type Mail, replicatedMail } from './mail.ts';
import { newReplies } from './new-reply.ts';
import { counted, note } from './report.ts';
import { writeResults } from './results.ts';
import { median } from './statistics.ts';
import type { Workplace } from './workplace.ts';

/** The parts of the suite, in their order. */
export const PARTS = ['import', 'read', 'build', 'change', 'search'] as const;

export type PartName = (typeof PARTS)[number];

/** What to measure with. */
export interface SuiteOptions {
  /** Mbox files that are replicated to each of the sizes. */
  readonly sources: readonly string[];
  readonly sizes: readonly number[];
  /** What is measured; a change needs a build. */
  readonly parts: ReadonlySet<PartName>;
  /** How often each program runs; with the largest of several sizes but once, as some take an hour. */
  readonly runs: number;
  /** A program that takes longer is stopped. */
  readonly limitSeconds: number;
  /** The Markdown file for the results. It is written anew after each part. */
  readonly results: string;
}

/** What takes seconds runs so often at least: a goal hangs on it. */
const QUICK_RUNS = 3;

/** Measures all that list-traffic does beside other programs, on the same mail, at each size. */
export async function suite(workplace: Workplace, options: SuiteOptions): Promise<void> {
  const { sources, sizes, parts: wanted, runs, limitSeconds, results } = options;
  const source = sources.map(file => path.basename(file)).join(', ');
  const others = installedPrograms();
  const done: Measured[] = [];
  for (const size of sizes) {
    const mail = await replicatedMail(workplace, sources, size);
    note(`\n${counted(mail.messages, 'message')} of ${source}`);
    const slowRuns = sizes.length > 1 && size === Math.max(...sizes) ? 1 : runs;
    const soFar: Result[] = [];
    const hopeless = hopelessAt(mail.messages, done, limitSeconds);
    for await (const part of parts({
      workplace,
      mail,
      others,
      hopeless,
      wanted,
      slowRuns,
      runs,
      limitSeconds,
    })) {
      soFar.push(...part);
      writeResults(results, { source, others, limitSeconds, sizes: [...done, { mail, results: soFar }] });
    }
    done.push({ mail, results: soFar });
    workplace.empty();
  }
}

/** So many times the limit: programs have costs that more mail does not raise. */
const HOPELESS = 2;

/** Who was stopped with less mail, or would take far longer than the limit by what it took with less. */
function hopelessAt(messages: number, done: readonly Measured[], limitSeconds: number): ReadonlySet<string> {
  const hopeless = done.flatMap(({ mail, results }) =>
    results
      .filter(({ runs }) => {
        const seconds = runs.length === 0 ? Infinity : median(runs.map(run => run.seconds));
        return (seconds * messages) / mail.messages > HOPELESS * limitSeconds;
      })
      .map(({ name }) => name),
  );
  return new Set(hopeless);
}

/** What is measured at one size. */
interface Part {
  readonly workplace: Workplace;
  readonly mail: Mail;
  readonly others: ReturnType<typeof installedPrograms>;
  /** The programs that would take too long. */
  readonly hopeless: ReadonlySet<string>;
  readonly wanted: ReadonlySet<PartName>;
  /** Runs of programs that may take an hour, and of those that do not. */
  readonly slowRuns: number;
  readonly runs: number;
  readonly limitSeconds: number;
}

/** The results, part by part. What a part leaves behind is removed where no later one needs it. */
async function* parts(size: Part): AsyncGenerator<readonly Result[]> {
  const { workplace, mail, wanted, slowRuns, limitSeconds } = size;
  const turns = (title: string, contestants: readonly Contestant[], times: number) =>
    takeTurns(title, contestants, times, limitSeconds);

  const importing = trafficImport(workplace, mail);
  const beside = wanted.has('import') ? [bareParsing(mail), ...(await indexers(size))] : [];
  yield await turns('import', [importing, ...beside], slowRuns);
  workplace.clear('maildir', 'notmuch', 'mu', 'public-inbox');

  if (wanted.has('read'))
    yield await turns('read', [trafficThreads(importing.folder), trafficBriefs(importing.folder)], slowRuns);

  if (wanted.has('build') || wanted.has('change')) yield* buildParts(size, importing.folder);

  if (wanted.has('search')) yield await searchBuilds(workplace, importing.folder);
}

async function* buildParts(size: Part, publication: string): AsyncGenerator<readonly Result[]> {
  const { workplace, mail, others, wanted, slowRuns, runs, limitSeconds } = size;
  const building = trafficBuild(workplace, publication);
  const writing = bareWriting(workplace, siteFolder(building.folder));
  const pages = others.has('mhonarc') ? [mhonarc(workplace, mail)] : [];
  const built = await takeTurns('build', [building, writing, ...pages], slowRuns, limitSeconds);
  yield built;
  workplace.clear('mhonarc', 'written');

  // Nothing can change in a site that was not finished.
  if (wanted.has('change') && built[0]!.runs.length > 0) {
    const reply = oneReply(workplace, building.folder, await newReplies(mail.file));
    const times = Math.max(runs, QUICK_RUNS);
    yield await takeTurns('change', [reply, nothingNew(building.folder)], times, limitSeconds);
  }
  workplace.clear('build');
}

/** The programs that index mail to search it, as far as they are here and worth asking. */
async function indexers({ workplace, mail, others, hopeless }: Part): Promise<readonly Contestant[]> {
  const maildir = await splitMail(workplace, mail);
  const isHopeless = hopeless.has(PUBLIC_INBOX);
  if (isHopeless) note(`${PUBLIC_INBOX} is not asked: it would take too long`);
  return [
    ...(others.has('notmuch') ? [notmuch(workplace, maildir)] : []),
    ...(others.has('mu') ? [mu(workplace, maildir)] : []),
    ...(others.has(PUBLIC_INBOX) && !isHopeless ? [await publicInbox(workplace, mail)] : []),
  ];
}
