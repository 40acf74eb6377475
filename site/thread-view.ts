import type { MessageId } from '../mail/message-id.ts';
import type { OutlineEntry } from '../templates/outline.ts';
import type { ThreadView } from '../templates/thread.ts';
import type { Body } from './bodies.ts';
import { briefView } from './briefs.ts';
import { gistOf } from './gists.ts';
import { discussionPath, isMasked, type MailViews } from './mail-views.ts';
import { labelOf, messageView, type ReadThread } from './message-view.ts';
import type { Discussion, Post } from './model.ts';
import type { PageOf } from './people.ts';
import { anchor, besideThread, listPath, partPath, type SitePath } from './permalinks.ts';
import { shellQuoted } from './reply.ts';

/** A page of a thread. */
export interface ThreadPage {
  readonly path: SitePath;
  readonly view: ThreadView;
}

/** A thread's pages: one, or several where it is long. */
export function threadPages(views: MailViews, thread: ReadThread): readonly ThreadPage[] {
  const { discussion, bodies, pageOf, told } = thread;
  const path = discussionPath(views, discussion);
  const masked = isMasked(views);
  const mbox = masked ? undefined : views.link(besideThread(path, 't.mbox.gz'));
  const whole = {
    href: views.link(path),
    tag: discussion.subject.tags.join(' '),
    title: discussion.subject.title,
    lists: discussion.lists.map(name => ({ name, href: views.link(listPath(name)) })),
    people: namesOf(discussion, pageOf),
    posts: discussion.posts.length,
    first: discussion.first,
    last: discussion.last,
    ghost: discussion.rootIsGhost ? discussion.root : undefined,
    sections: thread.sections,
    series: thread.series,
    doubts: thread.doubts,
    status: gistOf(told).status,
    brief: briefView(views, told, thread),
    moments: discussion.posts.map(({ message, patch }) => ({ received: message.received, patch })),
    parts: discussion.parts.map((posts, index) => ({
      href: views.link(partPath(path, index + 1)),
      from: posts[0]!.number,
      to: posts.at(-1)!.number,
    })),
    mbox,
    apply: applyCommands(discussion, bodies, mbox),
    feed: views.link(besideThread(path, 't.atom')),
  };
  return discussion.parts.map((posts, index) => ({
    path: partPath(path, index + 1),
    view: {
      ...whole,
      part: index + 1,
      outline: outlineOf(discussion, posts),
      messages: posts.map(post => messageView(views, thread, post)),
      elsewhere: index === 0 ? elsewhere(discussion) : [],
    },
  }));
}

/** The names of who wrote in a thread; a name of two people leads to the first of them who has a page. */
function namesOf({ people, posts }: Discussion, pageOf: PageOf): ThreadView['people'] {
  const hrefs = new Map<string, string>();
  for (const { author } of posts) {
    const href = pageOf(author);
    if (href !== undefined && !hrefs.has(author.name)) hrefs.set(author.name, href);
  }
  return people.map(name => ({ name, href: hrefs.get(name) }));
}

/** The messages of a thread's other pages, so that their anchors on the first lead to them. */
function elsewhere({ parts }: Discussion): ThreadView['elsewhere'] {
  return parts.slice(1).map(posts =>
    posts.map(({ message, number, author }) => ({
      anchor: anchor(message.id),
      number,
      author: author.name,
    })),
  );
}

/** The lines of a page's outline. What was answered and never received stands above the answers to it. */
function outlineOf({ root, rootIsGhost }: Discussion, posts: readonly Post[]): readonly OutlineEntry[] {
  const entries: OutlineEntry[] = [];
  /** The missing messages that the present one stands below. */
  const ghosts: { readonly depth: number; readonly missing: string }[] = [];
  for (const post of posts) {
    const { depth, answers } = post;
    // The ghost at the top of a thread is told once, above its messages.
    const missing =
      typeof answers === 'string' && !(rootIsGhost && answers === root) ? String(answers) : undefined;
    const isOver = (ghost: { readonly depth: number; readonly missing: string }) =>
      ghost.depth > depth || (ghost.depth === depth && ghost.missing !== missing);
    while (ghosts.length > 0 && isOver(ghosts.at(-1)!)) ghosts.pop();
    const last = ghosts.at(-1);
    if (missing !== undefined && !(last?.depth === depth && last.missing === missing)) {
      entries.push({ depth: depth + ghosts.length, missing });
      ghosts.push({ depth, missing });
    }
    entries.push({
      anchor: anchor(post.message.id),
      depth: depth + ghosts.length,
      label: labelOf(post),
      patch: post.patch,
      received: post.message.received,
    });
  }
  return entries;
}

/** The hosts of lists that lore.kernel.org keeps, which is where b4 looks. */
const LORE = /@([\w-]+\.)*(kernel\.org|linux\.dev|infradead\.org|kvack\.org)$/i;

/** The commands that apply a thread's patches; none where it has none. */
function applyCommands(
  { posts }: Discussion,
  bodies: ReadonlyMap<MessageId, Body>,
  mbox: string | undefined,
): ThreadView['apply'] {
  const patch = posts.find(post => post.patch);
  if (!patch) return [];
  const { listAddress, recipients } = bodies.get(patch.message.id)!;
  const id = shellQuoted(patch.message.id);
  return [
    ...([listAddress, ...recipients].some(address => LORE.test(address)) ? [`b4 am ${id}`] : []),
    ...(mbox === undefined ? [] : [`gunzip t.mbox.gz && b4 am -m t.mbox ${id}`]),
  ];
}
