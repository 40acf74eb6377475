import type { Archive } from '../ingest/archive/archive.ts';
import type { Message } from '../ingest/merge.ts';
import { type Block, ownText, parseBody } from '../mail/body.ts';
import { fieldValue, splitMessage } from '../mail/header.ts';
import type { MessageId } from '../mail/message-id.ts';
import { type Attachment, parseContent } from '../mail/mime.ts';
import { visible } from '../mail/printable.ts';

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
  /** The addresses of To and Cc; none where the site masks addresses. */
  readonly recipients: readonly string[];
}

/** The bodies of `messages`, read from the archive and parsed. Held in memory: ask for a batch, not for all. */
export async function readBodies(
  archive: Archive,
  messages: Iterable<Message>,
  masked: boolean,
): Promise<ReadonlyMap<MessageId, Body>> {
  const bodies = new Map<MessageId, Body>();
  for (const message of messages) bodies.set(message.id, await readBody(archive, message, masked));
  return bodies;
}

async function readBody(archive: Archive, message: Message, masked: boolean): Promise<Body> {
  const raw = archive.text(message.hash);
  const content = await parseContent(raw);
  const blocks = parseBody(content.text);
  const { fields } = splitMessage(raw);
  const recipients = ['to', 'cc'].flatMap(
    name => (fieldValue(fields, name) ?? '').match(/[^\s<>,;:"()]+@[^\s<>,;:"()]+/g) ?? [],
  );
  const post = /<mailto:([^>?]+)/i.exec(fieldValue(fields, 'list-post') ?? '')?.[1];
  return {
    blocks,
    own: visible(ownText(blocks)),
    // An attached mail is raw mail, which a site that masks addresses does not show.
    attachments: content.attachments.filter(part => !masked || !part.type.startsWith('message/')),
    notes: [...(content.fromHtml ? ['sent as HTML only; this is its text'] : []), ...content.warnings],
    listAddress: post ?? (masked ? '' : addressOfList(recipients, message.lists)),
    recipients: masked ? [] : recipients.slice(0, MAX_RECIPIENTS),
  };
}

/** A reply to more people than this is no reply that a page should help to write. */
const MAX_RECIPIENTS = 30;

/** The recipient whose local part is a list's name, or empty: for lists that give no List-Post (RFC 2369). */
function addressOfList(recipients: readonly string[], lists: readonly string[]): string {
  return recipients.find(address => lists.includes(address.split('@')[0]!.toLowerCase())) ?? '';
}
