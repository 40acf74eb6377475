import { type Span, spanBefore } from '../../publication/calendar.ts';
import type { Discussion, Site } from '../model.ts';
import { activityIn, type FirstPosts, foundInHeaders, wasWrittenTo } from './activity.ts';
import type { Coverage } from './coverage.ts';
import { reasonsFor, scoreOf } from './reasons.ts';

/** What the desk knows of all threads: who began to write when, and what issues told. */
export interface Background {
  readonly first: FirstPosts;
  readonly coverage: ReadonlyMap<Discussion, readonly Coverage[]>;
}

/** Briefs cost time: of more threads than this, those for which the headers alone say most are told. */
const SHORTLIST = 100;

/**
 * The threads whose briefs `findCandidates` needs: of the time that is looked at, and of as long a time before; and
 * those that issues tell of and that anybody, be it a program, wrote to in that time.
 */
export function shortlist(site: Site, span: Span, { first, coverage }: Background): ReadonlySet<Discussion> {
  const covered = [...coverage.keys()].filter(one => wasWrittenTo(one, span));
  const of = (time: Span) =>
    site.discussions
      .filter(({ first: begun, last }) => begun < time.to && last >= time.from)
      .map(discussion => ({ discussion, active: activityIn(discussion, time) }))
      .filter(({ active }) => active.posts.length > 0)
      .map(one => ({ ...one, score: scoreOf(reasonsFor(foundInHeaders(one.active, first))) }))
      .sort((a, b) => b.score - a.score || inOrder(a.discussion, b.discussion))
      .slice(0, SHORTLIST)
      .map(({ discussion }) => discussion);
  return new Set([...of(span), ...of(spanBefore(span)), ...covered]);
}

/** Orders threads that are worth the same: the longest, the first, by id. */
export function inOrder(a: Discussion, b: Discussion): number {
  return b.posts.length - a.posts.length || a.first - b.first || (a.root < b.root ? -1 : 1);
}
