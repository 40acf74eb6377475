import type { Archive } from '../ingest/archive.ts';
import type { Message } from '../ingest/merge.ts';
import { type Block, ownText, parseBody } from '../mail/body.ts';
import { fieldValue, splitMessage } from '../mail/header.ts';
import type { MessageId } from '../mail/message-id.ts';
import { type Attachment, parseContent } from '../mail/mime.ts';

/** What a page needs of a message beyond its header facts. */
export interface Body {
  readonly blocks: readonly Block[];
  /** The writer's own words. */
  readonly own: string;
  readonly attachments: readonly Attachment[];
  /** What a reader should know of how the text came about. */
  readonly notes: readonly string[];
  /** The address to which the list takes posts, or empty. */
  readonly listAddress: string;
}

/** The bodies of `messages`, read from the archive and parsed. Held in memory: ask for a batch, not for all. */
export async function readBodies(
  archive: Archive,
  messages: Iterable<Message>,
): Promise<ReadonlyMap<MessageId, Body>> {
  const bodies = new Map<MessageId, Body>();
  for (const message of messages) bodies.set(message.id, await readBody(archive, message));
  return bodies;
}

async function readBody(archive: Archive, message: Message): Promise<Body> {
  const raw = archive.text(message.hash);
  const content = await parseContent(raw);
  const blocks = parseBody(content.text);
  return {
    blocks,
    own: ownText(blocks),
    attachments: content.attachments,
    notes: [...(content.fromHtml ? ['sent as HTML only; this is its text'] : []), ...content.warnings],
    listAddress: listAddress(raw, message.lists),
  };
}

/** The list's address: List-Post (RFC 2369), else the recipient whose local part is the list's name. */
function listAddress(raw: Uint8Array, lists: readonly string[]): string {
  const { fields } = splitMessage(raw);
  const post = /<mailto:([^>?]+)/i.exec(fieldValue(fields, 'list-post') ?? '');
  if (post) return post[1]!;
  const recipients = ['to', 'cc'].flatMap(
    name => (fieldValue(fields, name) ?? '').match(/[^\s<>,;:"()]+@[^\s<>,;:"()]+/g) ?? [],
  );
  return recipients.find(address => lists.includes(address.split('@')[0]!.toLowerCase())) ?? '';
}
