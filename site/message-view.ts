import type { MessageId } from '../mail/message-id.ts';
import type { MessagePageView, MessageView, NeighbourView } from '../templates/message.ts';
import { attachmentPath } from './attachments.ts';
import type { Body } from './bodies.ts';
import type { Told } from './briefs.ts';
import type { Lead } from './elsewhere.ts';
import { trailersGiven } from './given-trailers.ts';
import { linksOf } from './mail-links.ts';
import { discussionPath, isMasked, type MailViews, postHref, postPath } from './mail-views.ts';
import { type Post, type PostIndex, partOf, repliesTo } from './model.ts';
import type { PageOf } from './people.ts';
import { anchor, beside, listPath } from './permalinks.ts';
import { replyView } from './reply.ts';
import type { ThreadInput } from './thread-input.ts';

/** A thread whose mail has been read. */
export interface ReadThread extends ThreadInput {
  /** The bodies of all of its messages, their quotations proved. */
  readonly bodies: ReadonlyMap<MessageId, Body>;
  readonly postOf: PostIndex;
  readonly told: Told;
  /** Whose names are links. */
  readonly pageOf: PageOf;
}

/** A message's own page. */
export function messagePageView(views: MailViews, thread: ReadThread, post: Post): MessagePageView {
  const { link, dates } = views;
  const { discussion, bodies } = thread;
  const hrefOf = (other: Post) => link(postPath(views, other));
  const neighbour = (other: Post): NeighbourView => ({
    href: hrefOf(other),
    label: labelOf(other),
    received: other.message.received,
    day: dates.dayOfYear(other.message.received),
  });
  const at = post.number - 1;
  const path = postPath(views, post);
  return {
    message: {
      ...messageView(views, thread, post),
      answers: answersOf(post, hrefOf),
      citedBy: citedBy(views, thread, post, hrefOf, ({ page }) => page),
      links: linksOf(views, thread, post, hrefOf, ({ page }) => page),
      given: trailersGiven(discussion, post, bodies, hrefOf),
    },
    lists: post.message.lists.map(name => ({ name, href: link(listPath(name)) })),
    sections: thread.sections,
    day: dates.day(post.message.received),
    threadTitle: discussion.subject.title,
    threadHref: link(discussionPath(views, discussion)),
    inThread: postHref(views, discussion, post),
    previous: discussion.posts[at - 1] && neighbour(discussion.posts[at - 1]!),
    next: discussion.posts[at + 1] && neighbour(discussion.posts[at + 1]!),
    replies: repliesTo(discussion, post).map(neighbour),
    variants: isMasked(views)
      ? []
      : post.message.variants.map(hash => ({ hash, href: link(beside(path, `${hash}.txt`)) })),
  };
}

/** A message as its thread's page shows it. */
export function messageView(views: MailViews, thread: ReadThread, post: Post): MessageView {
  const { link } = views;
  const { discussion, bodies, cited, pageOf } = thread;
  const { message } = post;
  const body = bodies.get(message.id)!;
  const path = postPath(views, post);
  const masked = isMasked(views);
  const part = partOf(discussion, post);
  const hrefOf = (other: Post) =>
    partOf(discussion, other) === part ? `#${anchor(other.message.id)}` : postHref(views, discussion, other);
  const neighbour = (other: Post | undefined) => other && { number: other.number, href: hrefOf(other) };
  const prefix = [post.subject.reply ? 'Re:' : '', ...post.subject.tags].join(' ').trim();
  return {
    id: message.id,
    anchor: anchor(message.id),
    number: post.number,
    author: { name: post.author.name, href: pageOf(post.author) },
    address: masked ? '' : post.author.address,
    prefix,
    title: post.subject.title,
    ownSubject: post.number > 1 && post.subject.title !== discussion.subject.title && !isSameAsParent(post),
    sent: message.sent,
    received: message.received,
    // The ghost at the top of a thread is told once, above its messages.
    answers: discussion.rootIsGhost && post.answers === discussion.root ? undefined : answersOf(post, hrefOf),
    previous: neighbour(discussion.posts[post.number - 2]),
    next: neighbour(discussion.posts[post.number]),
    blocks: body.blocks,
    cited: cited.get(message.id) ?? [],
    citedBy: citedBy(views, thread, post, hrefOf, ({ inThread }) => inThread),
    links: linksOf(views, thread, post, hrefOf, ({ inThread }) => inThread),
    given: trailersGiven(discussion, post, bodies, hrefOf),
    notes: body.notes,
    attachments: body.attachments.map((attachment, index) => ({
      name: attachment.name,
      type: attachment.type,
      bytes: attachment.content.length,
      href: link(attachmentPath(path, index + 1, attachment)),
    })),
    permalink: link(path),
    raw: masked ? undefined : link(beside(path, 'raw.txt')),
    reply: replyView(views.dates, post, body, masked),
  };
}

function isSameAsParent({ subject, answers }: Post): boolean {
  return typeof answers === 'object' && answers.subject.title === subject.title;
}

/** What a post answers, linked by `hrefOf`: on the thread's page an anchor, elsewhere a page. */
function answersOf({ answers }: Post, hrefOf: (post: Post) => string): MessageView['answers'] {
  if (answers === undefined) return undefined;
  if (typeof answers !== 'object') return { missing: answers };
  return { number: answers.number, href: hrefOf(answers), author: answers.author.name };
}

/** The messages that link to a post: those of its thread by `hrefOf`, others by `hrefOfLead`. */
function citedBy(
  { dates }: MailViews,
  { mentions, postOf }: ReadThread,
  post: Post,
  hrefOf: (post: Post) => string,
  hrefOfLead: (lead: Lead) => string,
): MessageView['citedBy'] {
  return (mentions.get(post.message.id) ?? []).map(mentioning => {
    const { id, author, received } = mentioning;
    const own = postOf.get(id);
    const href = own ? hrefOf(own) : hrefOfLead(mentioning);
    return { href, label: author, received, day: dates.day(received) };
  });
}

/** How a post is named among those of its thread: a patch by its number and words, as one person wrote them all. */
export function labelOf({ author, number, patch, subject }: Post): string {
  if (!patch || number === 1) return author.name;
  const numbered = /\b(\d+\/\d+)\b/.exec(subject.tags.join(' '))?.[1];
  return numbered ? `${numbered} ${subject.title}` : subject.title;
}
