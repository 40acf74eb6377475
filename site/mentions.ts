import type { BlockKind } from '../mail/block.ts';
import { parseBody } from '../mail/body.ts';
import { addTo } from '../mail/group-by.ts';
import { madeOnce } from '../mail/held.ts';
import { mailLinks } from '../mail/mail-link.ts';
import type { Memo } from '../mail/memo.ts';
import type { MessageId } from '../mail/message-id.ts';
import { parseContent } from '../mail/mime.ts';
import { byReceived } from '../mail/thread.ts';
import type { Texts } from './bodies.ts';
import type { Post, Site } from './model.ts';

/** The messages that link to those of a thread or name their ids in their own words, by these, each in the order of the mail. */
export type MentionsOfThread = ReadonlyMap<MessageId, readonly MessageId[]>;

/** Those of all threads, by their places among the site's discussions; most have none. */
export type Mentions = ReadonlyMap<number, MentionsOfThread>;

/** A thread's message, by its place, and the id of one that it mentions. */
type Mention = readonly [at: number, id: MessageId];

/**
 * Who mentions whom on a site. What a message answers it need not mention, and itself neither. Of threads that `memo`
 * knows no text is read.
 */
export async function readMentions(
  archive: Texts,
  { discussions, postOf }: Pick<Site, 'discussions' | 'postOf'>,
  memo: Memo,
): Promise<Mentions> {
  const found = new Map<MessageId, Post['message'][]>();
  for (const { posts, mails } of discussions) {
    for (const [at, id] of await memo.of(['mentions', mails], () => mentionsIn(archive, posts))) {
      const { message, answers } = posts[at]!;
      const answered = typeof answers === 'object' ? answers.message.id : answers;
      if (id !== message.id && id !== answered) addTo(found, id, message);
    }
  }
  const mentions = new Map<number, Map<MessageId, readonly MessageId[]>>();
  for (const [id, all] of found) {
    const thread = postOf.get(id)?.thread;
    if (thread === undefined) continue;
    const ofThread = madeOnce(mentions, thread, () => new Map());
    ofThread.set(
      id,
      all.sort(byReceived).map(one => one.id),
    );
  }
  return mentions;
}

async function mentionsIn(archive: Texts, posts: readonly Post[]): Promise<readonly Mention[]> {
  const mentions: Mention[] = [];
  for (const [at, { message }] of posts.entries()) {
    const raw = archive.text(message.hash);
    if (!mayMention(raw)) continue;
    const linking = parseBody((await parseContent(raw)).text)
      .filter(({ kind }) => !OTHERS.has(kind))
      .flatMap(({ lines }) => lines.filter(line => LINK.test(line)));
    for (const id of new Set(mailLinks(linking.join('\n')).map(link => link.id))) mentions.push([at, id]);
  }
  return mentions;
}

/** What is not the writer's, and patches: an address in a program's text mentions nobody. */
const OTHERS: ReadonlySet<BlockKind> = new Set(['quote', 'attribution', 'diff', 'diffstat', 'pgp', 'footer']);

/** An id in brackets is most often somebody's address: what mentions a message is a link with its id. */
const LINK = /\bmid:|:\/\/[^\s<>@%]{1,200}(?:@|%40)/i;

/**
 * Whether the text of a raw mail may have a link to a message outside of quotations: few do, and the others need not
 * be parsed. Lines may be broken for the transport, or all of the text encoded.
 */
function mayMention(raw: Uint8Array): boolean {
  const text = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength).toString('latin1');
  if (/^content-transfer-encoding:\s*base64/im.test(text)) return true;
  const body = text.slice(Math.max(0, text.search(/\r?\n\r?\n/))).replace(/=\r?\n/g, '');
  // Most mail has none at all, and need not be looked at line by line.
  return LINK.test(body) && body.split('\n').some(line => line[0] !== '>' && LINK.test(line));
}
