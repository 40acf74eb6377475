import type { BriefThread } from '../briefs/thread.ts';
import { madeOnce } from '../mail/held.ts';
import type { MessageId } from '../mail/message-id.ts';
import type { Reviewer } from '../mail/series/review.ts';
import type { MessageView } from '../templates/message.ts';
import type { ThreadView } from '../templates/thread.ts';
import { reviewerOf, threadVersions } from './biography.ts';
import { laterVersion } from './briefs.ts';
import { doubtsOf } from './doubts.ts';
import type { Lead } from './elsewhere.ts';
import type { QuotedPlace } from './issues/quoted-in.ts';
import { discussionPath, type MailViews } from './mail-views.ts';
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
  const mentions = new Map<MessageId, readonly Mentioning[]>();
  const reviewers = new Map<MessageId, Reviewer>();
  for (const post of discussion.posts) {
    const { author, message } = post;
    const contributor = pages.has(author.key) ? undefined : people.of(author);
    if (contributor) pages.set(author.key, contributor.path);
    const places = citedIn(views, message.id);
    if (places.length > 0) cited.set(message.id, places);
    const mentioning = mentioningOf(views, message.id);
    if (mentioning.length > 0) mentions.set(message.id, mentioning);
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
    mentions,
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

function mentioningOf({ site, elsewhere, mentions }: Views, id: MessageId): readonly Mentioning[] {
  const found = mentions.get(id);
  if (!found) return NONE;
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

/** Everything in a thread's input that can change, as text: two inputs of one text make the same pages. */
export function inputText(views: MailViews, input: ThreadInput): string {
  const { discussion, cited, mentions, pages, reviewers, ...beside } = input;
  const { posts, list, subject: _, parts, ...rest } = discussion;
  const shared = new Numbered();
  return JSON.stringify([
    discussionPath(views, discussion),
    rest,
    parts.map(part => part.length),
    postFields(views, posts, shared),
    shared.all,
    beside,
    [...cited],
    [...mentions],
    [...pages],
    [...reviewers],
  ]);
}

/**
 * The fields of all posts in one list: these are most of what all threads' texts hold. The hash of the mail stands for
 * all that its header says.
 */
function postFields({ links }: MailViews, posts: readonly Post[], shared: Numbered): readonly unknown[] {
  const fields: unknown[] = [];
  for (const { message, author, number, depth, answers } of posts) {
    // With the id, the lists tell under which paths it lies.
    fields.push(message.hash, shared.numberOf(author), shared.numberOf(message.lists), number, depth);
    if (message.variants.length > 0) fields.push(message.variants);
    if (links.lookalikes.has(message.id)) fields.push(true);
    if (typeof answers === 'object') fields.push(answers.number);
    // What is named of those above a post that answers none: `threads.yaml` may say something else than the header.
    else fields.push([answers, ...message.references]);
  }
  return fields;
}

/** What many posts have in common, each once and by its number. */
class Numbered {
  readonly all: object[] = [];
  readonly #numbers = new Map<object, number>();

  numberOf(one: object): number {
    return madeOnce(this.#numbers, one, () => this.all.push(one));
  }
}
