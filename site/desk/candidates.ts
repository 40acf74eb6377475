import { versionLabel } from '../../mail/series/patch-mark.ts';
import { isIn, type Span, spanBefore } from '../../publication/calendar.ts';
import type { Told } from '../briefs.ts';
import type { Discussion, Site } from '../model.ts';
import { type Activity, activityIn, foundInHeaders, namesOf, wasWrittenTo } from './activity.ts';
import type { Coverage } from './coverage.ts';
import { maintainersIn } from './maintainers.ts';
import { type Covered, movedSince, outcomeIn } from './moved.ts';
import { type Found, type Reason, reasonsFor, scoreOf } from './reasons.ts';
import { type Background, inOrder } from './shortlist.ts';

/** A thread that an issue may tell of. */
export interface Candidate {
  readonly discussion: Discussion;
  /** As it stood at the end of the time that is looked at. */
  readonly told: Brought;
  /** Of the time that is looked at, and after what an issue has told. */
  readonly active: Activity;
  readonly score: number;
  readonly reasons: readonly Reason[];
  /** The last section that told of it, and what came since. */
  readonly covered: Covered | undefined;
  /** The last section that told of an earlier version of its patches. */
  readonly earlier: Coverage | undefined;
  /** Its place among the candidates of the time before; undefined where it was none, or has been told. */
  readonly carriedOver: number | undefined;
  /** The place of a better candidate that is another version of the same patches: a section tells of both. */
  readonly sameSeries: number | undefined;
  /** How many messages people wrote after the time that is looked at. */
  readonly later: number;
}

/** What of a thread's brief the desk needs. */
export type Brought = Pick<Told, 'brief' | 'prose' | 'errors'>;

/** The first so many of the time before may be carried over. */
const CARRIED = 10;
/** The candidates for an issue about `span`, the best first. `briefs` has those of the shortlist. */
export function findCandidates(
  site: Site,
  span: Span,
  briefs: ReadonlyMap<Discussion, Brought>,
  background: Background,
): readonly Candidate[] {
  const context: Context = { site, briefs, maintainers: maintainersIn(briefs), ...background };
  const before = candidatesIn(context, spanBefore(span), new Map())
    .filter(({ covered, earlier }) => !covered && !earlier)
    .slice(0, CARRIED);
  return candidatesIn(context, span, new Map(before.map(({ discussion }, at) => [discussion, at + 1])));
}

interface Context extends Background {
  readonly site: Site;
  readonly briefs: ReadonlyMap<Discussion, Brought>;
  /** The keys of people who take patches, or refuse them. */
  readonly maintainers: ReadonlySet<string>;
}

function candidatesIn(
  context: Context,
  span: Span,
  carried: ReadonlyMap<Discussion, number>,
): readonly Candidate[] {
  const isOne = (discussion: Discussion) =>
    activityIn(discussion, span).posts.length > 0 ||
    (context.coverage.has(discussion) && wasWrittenTo(discussion, span));
  const ranked = [...context.briefs]
    .filter(([discussion]) => isOne(discussion))
    .map(([discussion, told]) => candidate(context, span, discussion, told, carried.get(discussion)))
    .sort((a, b) => b.score - a.score || inOrder(a.discussion, b.discussion));
  const best = new Map<string, number>();
  return ranked.map((one, at) => {
    const slug = seriesOf(context.site, one.discussion);
    const sameSeries = slug === undefined ? undefined : best.get(slug);
    if (slug !== undefined && sameSeries === undefined) best.set(slug, at + 1);
    return { ...one, sameSeries };
  });
}

/** The name of the series that a thread is a version of; undefined where it is of none. */
export function seriesOf(site: Site, { posts }: Discussion): string | undefined {
  return site.series.of(posts[0]!.message)?.told.slug;
}

function candidate(
  context: Context,
  span: Span,
  discussion: Discussion,
  told: Brought,
  carriedOver: number | undefined,
): Omit<Candidate, 'sameSeries'> {
  const coverage = context.coverage.get(discussion)?.at(-1);
  const time = coverage ? { ...span, from: Math.max(span.from, coverage.until + 1) } : span;
  const active = activityIn(discussion, time);
  const covered = coverage && movedSince(context.site, discussion, told.brief, coverage, span.to);
  const earlier = coverage ? undefined : earlierVersion(context, discussion);
  const maintainers = active.voices.filter(({ author }) => context.maintainers.has(author.key));
  const objections = told.brief.objections.filter(({ quotation }) =>
    isIn(time, context.site.postOf.get(quotation.message)?.message.received),
  );
  const outcome = outcomeIn(told.brief, time);
  const version = covered?.version
    ? [covered.version.label]
    : earlier
      ? newVersion(context, discussion, span)
      : [];
  const found: readonly Found[] = [
    ...foundInHeaders(active, context.first),
    { kind: 'maintainers', count: maintainers.length, names: namesOf(maintainers) },
    { kind: 'objections', count: objections.length },
    { kind: 'outcome', count: outcome ? 1 : 0, names: outcome ? [outcome] : [] },
    { kind: 'new version', count: version.length, names: version },
    { kind: 'carried over', count: carriedOver === undefined ? 0 : 1 },
  ];
  const reasons = reasonsFor(found);
  const later = activityIn(discussion, { from: span.to, to: Number.POSITIVE_INFINITY }).posts.length;
  return { discussion, told, active, score: scoreOf(reasons), reasons, covered, earlier, carriedOver, later };
}

/** The last section that told of an earlier version of a thread's patches. */
function earlierVersion({ site, coverage }: Context, { posts }: Discussion): Coverage | undefined {
  const place = site.series.of(posts[0]!.message);
  if (!place) return undefined;
  const { versions } = place.told.series;
  return versions
    .slice(0, versions.indexOf(place.version))
    .flatMap(({ set }) => coverage.get(site.discussionOf.get(set.head.message.id)!) ?? [])
    .toSorted((a, b) => a.issue.number - b.issue.number)
    .at(-1);
}

/** The version that a thread's patches are, where they were posted in this time. */
function newVersion({ site }: Context, { posts }: Discussion, span: Span): readonly string[] {
  const set = site.series.of(posts[0]!.message)?.version.set;
  return set && isIn(span, set.first) ? [versionLabel(set.mark)] : [];
}
