import type { Message } from '../ingest/merge.ts';
import type { Reading } from '../ingest/reading.ts';
import type { PatchSet } from '../mail/series/patch-set.ts';
import type { Series, Version } from '../mail/series.ts';
import { walk } from '../mail/thread.ts';
import { type SitePath, seriesPath } from './permalinks.ts';

/** A series that has a page of its own. */
export interface ToldSeries {
  readonly series: Series<Message>;
  /** What its page is called. */
  readonly slug: string;
  readonly path: SitePath;
  /** The paths that it would have if another of its versions were the first: its page, once an earlier one turns up. */
  readonly otherPaths: readonly SitePath[];
}

/** The series of a site, and where its messages stand in them. */
export interface SeriesIndex {
  /** By first version. */
  readonly told: readonly ToldSeries[];
  /** The slug of a series; undefined where it has no page. */
  slugOf(series: Series<Message>): string | undefined;
  /** The messages of a version and its discussion, in the order of their pages. */
  messagesOf(version: Version<Message>): readonly Message[];
  /** The series and version that a patch, a cover letter or an answer to these belongs to. */
  of(message: Message): Place | undefined;
}

/** A version of a series that has a page. */
export interface Place {
  readonly told: ToldSeries;
  readonly version: Version<Message>;
}

/** The series that are worth a page, and the place in them of every message of their threads. */
export function indexSeries(
  series: readonly Series<Message>[],
  { messages: all, threads }: Pick<Reading, 'messages' | 'threads'>,
): SeriesIndex {
  const told = series.filter(isTold).map((one): ToldSeries => {
    const [path, ...otherPaths] = one.versions.map(({ set }) => pathOf(set));
    return { series: one, slug: path!.split('/')[2]!, path: path!, otherPaths };
  });
  const places = new Array<Place | undefined>(all.length).fill(undefined);
  const messages = new Map<Version<Message>, Message[]>();
  const put = (message: Message, place: Place, own: Message[]) => {
    if (places[message.at]) return;
    places[message.at] = place;
    own.push(message);
  };
  for (const one of told)
    for (const version of one.series.versions) {
      const place = { told: one, version };
      const own: Message[] = [];
      messages.set(version, own);
      for (const { message } of version.set.all) put(message, place, own);
    }
  for (const { root } of threads) {
    /** By depth, the place of the message above, and of its own. */
    const line: (Place | undefined)[] = [];
    walk(root, ({ message }, depth) => {
      const own = message && places[message.at];
      const above = depth > 0 ? line[depth - 1] : undefined;
      if (message && !own && above) put(message, above, messages.get(above.version)!);
      line[depth] = own ?? above;
    });
  }
  const slugs = new Map(told.map(one => [one.series, one.slug]));
  return {
    told,
    slugOf: one => slugs.get(one),
    messagesOf: version => messages.get(version) ?? [],
    of: message => places[message.at],
  };
}

/** Versions that a thread names before its own, and as many after it. */
const BESIDE = 3;

/**
 * The versions beside a thread's own, by time: the first, some before and after it, the latest. The page of a series
 * has all of them; a patch that is sent each day has a thousand.
 */
export function neighbours({ told, version }: Place): readonly Version<Message>[] {
  const { versions } = told.series;
  const own = versions.indexOf(version);
  const from = Math.max(own - BESIDE, 1);
  const to = Math.min(own + BESIDE + 1, versions.length);
  const last = to < versions.length ? versions.slice(-1) : [];
  return [versions[0]!, ...versions.slice(from, to), ...last];
}

/** A patch alone is told by its thread; a series has a story. */
function isTold({ versions }: Series<Message>): boolean {
  return versions.length > 1 || versions[0]!.set.patches.length > 1;
}

function pathOf({ head }: PatchSet<Message>): SitePath {
  return seriesPath(head.subject.title, head.message.id);
}
