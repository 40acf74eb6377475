import type { Message } from '../ingest/merge.ts';
import type { Doubt } from '../mail/doubts/doubt.ts';
import { NO_SUBJECT } from '../mail/subject.ts';
import { type DoubtedView, type DoubtView, doubtsPage, type ThreadDoubt } from '../templates/doubts.ts';
import { discussionPath, postHref } from './mail-views.ts';
import type { Discussion } from './model.ts';
import { fixedPath } from './permalinks.ts';
import type { Views } from './views.ts';

export const DOUBTS = fixedPath('/desk/doubts/');

/** The page that tells an editor what may be wrong with threads. */
export function doubtsMarkup(views: Views): string {
  const { frame, dates, site } = views;
  const doubts = site.doubts.map(doubt => doubtView(views, doubt));
  return String(doubtsPage(frame, dates, { href: views.link(DOUBTS), doubts }));
}

function doubtView(views: Views, doubt: Doubt<Message>): DoubtView {
  const { kind, certainty, reason, quoted, followers } = doubt;
  return {
    kind,
    certainty,
    message: doubted(views, doubt.message),
    other: doubted(views, doubt.other),
    reason,
    quoted,
    followers,
    entries: threadsYamlEntries(doubt),
  };
}

function doubted(views: Views, message: Message): DoubtedView {
  const discussion = views.site.discussionOf.get(message.id)!;
  const post = views.site.postOf.get(message.id)!;
  return {
    href: postHref(views, discussion, post),
    author: post.author.name,
    subject: message.subject || NO_SUBJECT,
    received: message.received,
  };
}

/** The items that an editor would add to lists of `threads.yaml`, to change what is doubted or else to keep it. */
export function threadsYamlEntries({ kind, message, other }: Doubt<Message>): DoubtView['entries'] {
  const id = JSON.stringify(message.id);
  const change =
    kind === 'split'
      ? { list: 'join', item: `  - message: ${id}\n    to: ${JSON.stringify(other.id)}\n    reason: ` }
      : { list: 'split', item: `  - message: ${id}\n    reason: ` };
  return [change, { list: 'keep', item: `  - message: ${id}\n    reason: ` }];
}

/** The probable doubts about a thread, from each side. */
export function doubtsOf(views: Views, discussion: Discussion): readonly ThreadDoubt[] {
  return (views.site.doubtsOf.get(discussion.root) ?? []).map(doubt => {
    const { kind, message, other, root } = doubt;
    if (kind === 'join') {
      const post = views.site.postOf.get(message.id)!;
      return { kind: 'another', href: postHref(views, discussion, post), words: `#${post.number}` };
    }
    const isSplit = root === discussion.root;
    const elsewhere = views.site.discussionOf.get((isSplit ? other : message).id)!;
    const words = elsewhere.subject.title;
    const href = views.link(discussionPath(views, elsewhere));
    return { kind: isSplit ? 'same' : 'goes on', href, words };
  });
}
