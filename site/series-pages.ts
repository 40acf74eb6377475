import type { Message } from '../ingest/merge.ts';
import { madeOnce } from '../mail/held.ts';
import type { Memo } from '../mail/memo.ts';
import type { MessageId } from '../mail/message-id.ts';
import { versionLabel } from '../mail/series/patch-mark.ts';
import type { Review } from '../mail/series/review.ts';
import type { VersionLink } from '../mail/series/version-links.ts';
import type { SeriesView } from '../templates/series.ts';
import type { SeriesListView, SeriesRow } from '../templates/series-list.ts';
import { type Reviews, seriesRow, seriesView } from './biography.ts';
import { digestOf } from './build/digest.ts';
import type { Discussion, Site } from './model.ts';
import type { OfferedPage } from './pass.ts';
import { SERIES_LIST } from './permalinks.ts';
import type { ToldSeries } from './series.ts';
import type { RecordOf } from './thread-record.ts';
import type { Views } from './views.ts';

/** The reviews that the records of threads have. */
export function reviewsIn({ discussions, postOf }: Site, record: RecordOf): Reviews {
  const ofThread = new Map<MessageId, ReadonlyMap<MessageId, readonly Review[]>>();
  return {
    get: message => {
      const { root } = discussions[postOf.get(message)!.thread]!;
      return madeOnce(ofThread, root, () => new Map(record(root).reviews)).get(message);
    },
  };
}

/** A series, and what tells whether it is still the same. */
export interface SeriesSource {
  readonly told: ToldSeries;
  /** Changes with everything that is told of it. */
  readonly digest: string;
  /** The last message of its threads, which may be about something else: none of its own is later. */
  readonly last: number;
}

/**
 * The series of a site that have pages. `threads` has the digests of all that was made of threads, by root; `mailmap` is
 * that of what names in trailers are told by.
 */
export function seriesSources(
  { site }: Views,
  threads: ReadonlyMap<MessageId, string>,
  mailmap: string,
): readonly SeriesSource[] {
  return site.series.told.map(told => {
    const own = discussionsOf(site, told);
    const last = Array.from(own).reduce((latest, one) => Math.max(latest, one.last), -Infinity);
    const possible = told.series.possible?.to.head.message;
    if (possible) own.add(site.discussions[site.posts[possible.at]!.thread]!);
    const made = Array.from(own, ({ root }) => threads.get(root));
    return { told, digest: digestOf(JSON.stringify([mailmap, structureOf(told), made])), last };
  });
}

/** The threads in which a series is. */
function discussionsOf(
  { discussions, posts, series }: Site,
  { series: { versions } }: ToldSeries,
): Set<Discussion> {
  const all = new Set<Discussion>();
  for (const version of versions)
    for (const { at } of series.messagesOf(version)) all.add(discussions[posts[at]!.thread]!);
  return all;
}

/** What makes patches a series: everything in it that is no thread's. */
function structureOf({ path, series: { versions, possible, absent } }: ToldSeries): readonly unknown[] {
  const linkOf = (link: VersionLink<Message> | undefined) => link && { ...link, to: link.to.head.message.id };
  return [
    path,
    versions.map(({ set, state, by, link }) => [
      set.all.map(({ message }) => message.id),
      versionLabel(set.mark),
      state,
      by?.head.message.id,
      linkOf(link),
    ]),
    linkOf(possible),
    absent,
  ];
}

/** The pages of all series. */
export function* seriesPages(
  views: Views,
  sources: readonly SeriesSource[],
  reviews: Reviews,
): Generator<OfferedPage<SeriesView>> {
  for (const { told, digest } of sources)
    yield { path: told.path, from: digest, view: () => seriesView(views, told, reviews) };
}

/** The list of series names no more: a page that nobody can load is no list. */
const LISTED_SERIES = 1000;

/** The list of series, those with the latest messages first; undefined where there is none. `memo` knows most rows. */
export async function seriesList(
  views: Views,
  sources: readonly SeriesSource[],
  reviews: Reviews,
  memo: Memo,
): Promise<SeriesListView | undefined> {
  if (sources.length === 0) return undefined;
  const rows: SeriesRow[] = [];
  let least = Number.NEGATIVE_INFINITY;
  for (const { told, digest, last } of sources.toSorted((a, b) => b.last - a.last)) {
    if (rows.length >= LISTED_SERIES && last < least) break;
    rows.push(await memo.of(['series row', digest], () => seriesRow(views, told, reviews)));
    if (rows.length === LISTED_SERIES) least = rows.reduce((min, row) => Math.min(min, row.last), Infinity);
  }
  rows.sort((a, b) => b.last - a.last || (a.href < b.href ? -1 : 1));
  return { href: views.link(SERIES_LIST), rows: rows.slice(0, LISTED_SERIES), total: sources.length };
}
