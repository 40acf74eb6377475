import type { BriefThread } from '../briefs/thread.ts';
import { madeOnce } from '../mail/held.ts';
import type { MessageId } from '../mail/message-id.ts';
import type { Person } from '../mail/people.ts';
import type { Reviewer } from '../mail/series/review.ts';
import type { MessageView } from '../templates/message.ts';
import type { ThreadView } from '../templates/thread.ts';
import { reviewerOf, threadVersions, threadVersionsText } from './biography.ts';
import { laterVersion } from './briefs.ts';
import { doubtsOf } from './doubts.ts';
import { type Lead, leadText } from './elsewhere.ts';
import type { QuotedPlace } from './issues/quoted-in.ts';
import { discussionPath } from './mail-views.ts';
import type { Discussion, Post } from './model.ts';
import { issuePath, type SitePath } from './permalinks.ts';
import type { Views } from './views.ts';

/**
 * What a thread's pages are made from, beside the mail itself and what that asks of the rest of the site. Plain data:
 * it can be handed to a worker, and two of them can be compared.
 */
export interface ThreadInput {
  readonly discussion: Discussion;
  /** The versions of the series that it is of. */
  readonly series: ThreadView['series'];
  readonly supersededBy: BriefThread['supersededBy'];
  readonly doubts: ThreadView['doubts'];
  /** The sections of issues that tell of it. */
  readonly sections: ThreadView['sections'];
  /** Where issues quote or cite its messages. */
  readonly cited: ReadonlyMap<MessageId, MessageView['cited']>;
  /** The messages that link to its messages. */
  readonly mentions: ReadonlyMap<MessageId, readonly Mentioning[]>;
  /** The pages that those who wrote have once a brief quotes them, by their keys. */
  readonly pages: ReadonlyMap<string, SitePath>;
  /** As whom posts speak of patches that they answer. */
  readonly reviewers: ReadonlyMap<MessageId, Reviewer>;
}

/** A message that links to another. */
export interface Mentioning extends Lead {
  readonly id: MessageId;
  readonly received: number;
}

/** What a thread's pages are made from, by a site. */
export function threadInput(views: Views, discussion: Discussion): ThreadInput {
  const { site, people } = views;
  const series = threadVersions(views, discussion);
  const pages = new Map<string, SitePath>();
  const cited = new Map<MessageId, MessageView['cited']>();
  const reviewers = new Map<MessageId, Reviewer>();
  for (const post of discussion.posts) {
    const { author, message } = post;
    const contributor = pages.has(author.key) ? undefined : people.of(author);
    if (contributor) pages.set(author.key, contributor.path);
    const places = citedIn(views, message.id);
    if (places.length > 0) cited.set(message.id, places);
    const reviewer = series && reviewerOf(site, post);
    if (reviewer) reviewers.set(message.id, reviewer);
  }
  return {
    discussion,
    series,
    supersededBy: laterVersion(site, discussion),
    doubts: doubtsOf(views, discussion),
    sections: sectionsOf(views, discussion),
    cited,
    mentions: new Map(
      Array.from(views.mentions.get(discussion.posts[0]!.thread) ?? NONE, ([id, others]) => [
        id,
        mentioningOf(views, others),
      ]),
    ),
    pages,
    reviewers,
  };
}

function sectionsOf({ link, toldIn }: Views, { root }: Discussion): ThreadView['sections'] {
  return (toldIn.get(root) ?? []).map(place => ({
    href: link(issuePath(place.issue), place.section),
    label: placeLabel(place),
  }));
}

function citedIn({ link, quotedIn }: Views, id: MessageId): MessageView['cited'] {
  const places = quotedIn.get(id);
  if (!places) return NONE;
  return places.map(place => ({
    href: link(issuePath(place.issue), place.section),
    label: `${place.words.length > 0 ? 'Quoted' : 'Cited'} in ${placeLabel(place)}`,
    words: place.words,
  }));
}

function mentioningOf({ site, elsewhere }: Views, found: readonly MessageId[]): readonly Mentioning[] {
  return found.flatMap(other => {
    const lead = elsewhere.lead(other);
    return lead ? { ...lead, id: other, received: site.postOf.get(other)!.message.received } : [];
  });
}

/** Most messages are named nowhere. */
const NONE: readonly never[] = [];

function placeLabel({ issue, section, number }: Pick<QuotedPlace, 'issue' | 'section' | 'number'>): string {
  return `issue ${issue}${section === undefined ? '' : `, section ${number}`}`;
}

/**
 * Everything that a thread's input is made from and that can change, as text: of one text, what `threadInput` gives is
 * the same, and the pages are. It is made of every thread in each build.
 */
export function inputText(views: Views, discussion: Discussion): string {
  const { site, people, mentions } = views;
  const { root, lists, rootIsGhost, mails, people: names, first, last, posts, parts } = discussion;
  const authors = new Numbered<Person>();
  const listsOf = new Numbered<readonly string[]>();
  const series = threadVersionsText(views, discussion);
  const fields: unknown[] = [];
  for (const post of posts) {
    const { message } = post;
    fields.push(authors.numberOf(post.author), listsOf.numberOf(message.lists), answersOf(post));
    if (message.variants.length > 0) fields.push(message.variants);
    if (views.links.lookalikes.has(message.id)) fields.push(true);
    const reviewer = series === '' ? undefined : reviewerOf(site, post);
    if (reviewer) fields.push(reviewerText(reviewer));
    const places = citedIn(views, message.id);
    if (places.length > 0) fields.push(places);
  }
  const text = JSON.stringify([
    // With the id of a message, its lists tell under which paths it lies.
    discussionPath(views, discussion),
    // The digest of the mails stands for all that their headers say, too.
    [root, lists, rootIsGhost, mails, names, first, last],
    parts.map(part => part.length),
    fields,
    authors.all.map(author => [author, people.of(author)?.path]),
    listsOf.all,
    laterVersion(site, discussion),
    doubtsOf(views, discussion),
    sectionsOf(views, discussion),
    Array.from(mentions.get(posts[0]!.thread) ?? NONE, ([id, others]) => [
      id,
      others.map(other => [other, leadText(views, other), site.postOf.get(other)?.message.received]),
    ]),
  ]);
  return `${text}\n${series}`;
}

function reviewerText({ robot, author, direct, version }: Reviewer): string {
  return `${robot ? 'r' : ''}${author ? 'a' : ''}${direct ? 'd' : ''}${version}`;
}

/** What a post answers; where that is no post before it, what stands above it as well: `threads.yaml` may say something else than the header. */
function answersOf({ answers, depth, message }: Post): unknown {
  return typeof answers === 'object' ? answers.number : [depth, answers, ...message.references];
}

/** What many posts have in common, each once and by its number. */
class Numbered<One extends object> {
  readonly all: One[] = [];
  readonly #numbers = new Map<One, number>();

  numberOf(one: One): number {
    return madeOnce(this.#numbers, one, () => this.all.push(one));
  }
}
