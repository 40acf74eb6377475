import type { Message } from '../ingest/merge.ts';
import { groupBy } from '../mail/group-by.ts';
import { madeOnce } from '../mail/held.ts';
import type { MessageId } from '../mail/message-id.ts';
import { changeItems } from '../mail/series/changes.ts';
import { partOf, type Said } from '../mail/series/ending.ts';
import { versionLabel } from '../mail/series/patch-mark.ts';
import { isSamePerson, type Patch, type PatchSet } from '../mail/series/patch-set.ts';
import { isTrailer, type Review, type Reviewer, type ReviewKind } from '../mail/series/review.ts';
import { seriesEnding } from '../mail/series/series-ending.ts';
import type { Version } from '../mail/series.ts';
import type { OutcomeView, SaidView, SeriesView, ThanksView, VersionView } from '../templates/series.ts';
import type { SeriesRow } from '../templates/series-list.ts';
import type { ThreadView } from '../templates/thread.ts';
import { answeredPatch } from './answered-patch.ts';
import { linkWords } from './link-words.ts';
import { discussionPath, postHref } from './mail-views.ts';
import type { Discussion, Post, Site } from './model.ts';
import { anchor } from './permalinks.ts';
import { neighbours, type Place, type ToldSeries } from './series.ts';
import type { Views } from './views.ts';

/** What answers say of patches, by message: what a build finds out while it has the bodies. */
export type Reviews = Pick<ReadonlyMap<MessageId, readonly Review[]>, 'get'>;

/** As whom a post speaks of the patches that it answers; undefined where it is one of them, or answers another's patch. */
export function reviewerOf(site: Site, post: Post): Reviewer | undefined {
  const { message, author } = post;
  const set = site.series.of(message)?.version.set;
  const answered = set && answeredPatch(site, post, set);
  if (!answered) return undefined;
  return {
    robot: author.robot,
    author: isSamePerson(author, set.head.author),
    direct: answered.direct,
    version: set.mark.version[0],
  };
}

/** The page of a series: its versions, what was said of each, and how it ended, each with the message that shows it. */
export function seriesView(views: Views, told: ToldSeries, reviews: Reviews): SeriesView {
  const { versions, absent, possible } = told.series;
  const first = versions[0]!;
  const all = versions.map(version => discussed(views.site, version, reviews));
  return {
    ...seriesFacts(views, told, all),
    first: first.set.first,
    versions: all.map(one => versionView(views, one)),
    absent: absent.map(({ version, named }) => ({ label: `v${version}`, named: named?.id })),
    possible: possible && {
      label: `${versionLabel(possible.to.mark)} of ${possible.to.head.subject.title}`,
      href: headHref(views, possible.to),
      why: linkWords(possible, first.set),
    },
  };
}

/** A series in the list of all. */
export function seriesRow(views: Views, told: ToldSeries, reviews: Reviews): SeriesRow {
  const { versions } = told.series;
  const all = versions.map(version => discussed(views.site, version, reviews));
  return { ...seriesFacts(views, told, all), versions: versions.length };
}

/** What both the page of a series and its row in the list of all tell. */
function seriesFacts(
  views: Views,
  { path, series: { versions } }: ToldSeries,
  all: readonly Discussed[],
): Pick<SeriesView, 'href' | 'title' | 'author' | 'outcome' | 'last'> {
  // Who sends one patch anew sends it under its own title.
  const titled = versions.findLast(({ link }) => link?.kind !== 'part')!;
  return {
    href: views.link(path),
    title: titled.set.head.subject.title,
    author: author(views, versions.at(-1)!.set),
    outcome: outcome(views, all),
    last: lastOf(all),
  };
}

/** The versions of the series that a thread is of, for its page; none where there is but one. */
export function threadVersions(views: Views, discussion: Discussion): ThreadView['series'] {
  const place = placeIn(views.site, discussion);
  if (!place) return undefined;
  const { series, path } = place.told;
  const rows = neighbours(place).map(version => {
    const { row, isIn } = namedVersion(views, version);
    if (isIn !== discussion) return row;
    return { ...row, messages: views.site.series.messagesOf(version).length, current: true };
  });
  return { href: views.link(path), versions: rows.length > 1 ? rows : [], count: series.versions.length };
}

/** All that `threadVersions` tells, as text. */
export function threadVersionsText(views: Views, discussion: Discussion): string {
  const place = placeIn(views.site, discussion);
  if (!place) return '';
  const { series, path } = place.told;
  const rows = neighbours(place).map(version => {
    const { text, isIn } = namedVersion(views, version);
    return isIn === discussion ? `${text}${views.site.series.messagesOf(version).length}` : text;
  });
  return [path, series.versions.length, ...rows].join('\n');
}

/** Where a thread is in a series; undefined where no message of it is in one. */
function placeIn({ series }: Site, { posts }: Discussion): Place | undefined {
  for (const { message } of posts) {
    const place = series.of(message);
    if (place) return place;
  }
  return undefined;
}

type VersionRow = NonNullable<ThreadView['series']>['versions'][number];

/** A version as other threads than its own name it. */
interface NamedVersion {
  readonly row: VersionRow;
  /** The row as JSON. */
  readonly text: string;
  /** Its own thread. */
  readonly isIn: Discussion;
}

/** Threads name the versions before and after their own, so that each is named by many. */
const namedVersions = new WeakMap<Views, Map<Version<Message>, NamedVersion>>();

function namedVersion(views: Views, version: Version<Message>): NamedVersion {
  const known = madeOnce(namedVersions, views, () => new Map());
  return madeOnce(known, version, () => {
    const { set } = version;
    const row: VersionRow = {
      label: versionLabel(set.mark),
      href: headHref(views, set),
      state: stateWords(version),
      first: set.first,
      patches: set.patches.length,
      promised: set.total,
      // An answer to one version would change the pages of all.
      messages: undefined,
      current: false,
    };
    return { row, text: JSON.stringify(row), isIn: placeOf(views.site, set.head).discussion };
  });
}

/** What is said of a version by one message. */
interface Event extends Said {
  readonly post: Post;
}

/** A version and what was written of it. */
interface Discussed {
  readonly version: Version<Message>;
  readonly posts: readonly Post[];
  /** By time. */
  readonly events: readonly Event[];
}

function discussed(site: Site, version: Version<Message>, reviews: Reviews): Discussed {
  const posts: Post[] = [];
  const events: Event[] = [];
  for (const { at, id } of site.series.messagesOf(version)) {
    const post = site.posts[at]!;
    posts.push(post);
    const said = reviews.get(id);
    const answered = said && answeredPatch(site, post, version.set)?.patch;
    if (!answered) continue;
    const index = answered.mark.place?.index ?? 1;
    for (const review of said) events.push({ review, by: post.author.key, index, post });
  }
  events.sort((a, b) => a.post.message.received - b.post.message.received);
  return { version, posts, events };
}

/** When the last message of any version came. */
function lastOf(all: readonly Discussed[]): number {
  let last = -Infinity;
  for (const { version, posts } of all) {
    last = Math.max(last, version.set.first);
    for (const { message } of posts) last = Math.max(last, message.received);
  }
  return last;
}

function versionView(views: Views, { version, posts, events }: Discussed): VersionView {
  const { set, link } = version;
  return {
    id: anchor(set.head.message.id),
    label: versionLabel(set.mark),
    state: stateWords(version),
    tag: set.head.subject.tags.join(' '),
    title: set.head.subject.title,
    href: headHref(views, set),
    threadHref: views.link(discussionPath(views, placeOf(views.site, set.head).discussion)),
    first: set.first,
    patches: set.patches.length,
    promised: set.total,
    messages: posts.length,
    people: new Set(posts.filter(({ author }) => !author.robot).map(({ author }) => author.key)).size,
    link: link && {
      label: versionLabel(link.to.mark),
      href: `#${anchor(link.to.head.message.id)}`,
      why: linkWords(link, set),
      confidence: link.confidence,
    },
    changes: {
      items: changeItems(version.changelog?.changes ?? []),
      ...sourceOf(views, placeOf(views.site, set.head).post),
    },
    thanks: thanks(views, events),
    said: events.filter(({ review }) => !isTrailer(review)).map(event => said(views, set, event)),
  };
}

function stateWords({ state, by }: Version<Message>): string {
  if (!by) return '';
  if (state === 'sent again') return 'Sent again';
  return `${state === 'superseded' ? 'Superseded' : 'Partly superseded'} by ${versionLabel(by.mark)}`;
}

const THANKS: Partial<Record<ReviewKind, string>> = {
  reviewed: 'Reviewed by',
  acked: 'Acked by',
  tested: 'Tested by',
  nacked: 'Nacked by',
};

/** Who reviewed, acked, tested or refused by a trailer, each with all messages in which they do. */
function thanks(views: Views, events: readonly Event[]): readonly ThanksView[] {
  const given = events.filter(({ review }) => isTrailer(review));
  const byPerson = groupBy(given, ({ review, post }) => `${review.kind}\0${thanked(views, review, post)}`);
  return [...byPerson.values()]
    .map(same => ({
      label: THANKS[same[0]!.review.kind]!,
      name: thanked(views, same[0]!.review, same[0]!.post),
      sources: [...new Set(same.map(({ post }) => post))]
        .sort((a, b) => a.number - b.number)
        .map(post => sourceOf(views, post)),
    }))
    .sort((a, b) => LABELS.indexOf(a.label) - LABELS.indexOf(b.label));
}

const LABELS = Object.values(THANKS);

/** The name in a trailer, which is nearly always its sender's. */
function thanked({ site }: Views, { words }: Review, { author: sender }: Post): string {
  return site.trailerName(words) ?? sender.name;
}

function said(views: Views, set: PatchSet<Message>, event: Event): SaidView {
  const { review, post } = event;
  // The address in a trailer stays where it is.
  const words = isTrailer(review)
    ? `${review.words.split(':', 1)[0]}: ${thanked(views, review, post)}`
    : review.words;
  return { kind: review.kind, words, part: partOf(set.total, event), ...sourceOf(views, post) };
}

function sourceOf(views: Views, post: Post) {
  return {
    href: postHref(views, views.site.discussions[post.thread]!, post),
    number: post.number,
    received: post.message.received,
    speaker: post.author.name,
  };
}

/** How a series ended, as far as the archive tells. */
function outcome(views: Views, all: readonly Discussed[]): OutcomeView {
  const events = new Map(all.map(one => [one.version, one.events]));
  const found = seriesEnding([...events.keys()], version => events.get(version)!);
  if (found) {
    const { version, ending } = found;
    const { kind, part, shown } = ending;
    return { kind, part, said: said(views, version.set, shown), of: versionLabel(version.set.mark) };
  }
  const last = all.at(-1)!;
  const { set } = last.version;
  const others = last.posts.filter(({ author }) => author.key !== set.head.author.key && !author.robot);
  const unknown = { part: undefined, said: undefined, of: versionLabel(set.mark) };
  if (last.events.some(({ review }) => isTrailer(review) && review.kind !== 'nacked'))
    return { kind: 'reviewed', ...unknown };
  return { kind: others.length > 0 ? 'discussed' : 'no reply', ...unknown };
}

function author({ site }: Views, { head }: PatchSet<Message>): string {
  return site.posts[head.message.at]!.author.name;
}

function headHref(views: Views, { head }: PatchSet<Message>): string {
  const { discussion, post } = placeOf(views.site, head);
  return postHref(views, discussion, post);
}

/** Where a patch stands. */
function placeOf({ posts, discussions }: Site, { message }: Patch<Message>) {
  const post = posts[message.at]!;
  return { post, discussion: discussions[post.thread]! };
}
