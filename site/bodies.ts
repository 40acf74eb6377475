import type { Archive } from '../ingest/archive/archive.ts';
import type { Message } from '../ingest/merge.ts';
import { type Block, ownProse, ownText, parseBody } from '../mail/body.ts';
import { fieldsNamed, fieldValue } from '../mail/header.ts';
import type { MessageId } from '../mail/message-id.ts';
import { type Attachment, parseContent } from '../mail/mime.ts';
import { visible } from '../mail/printable.ts';
import { type Ancestor, MAX_ABOVE, proveQuotations } from '../mail/quotes.ts';
import { ThreadWords } from '../mail/thread-words.ts';
import type { Discussion, Post, PostIndex } from './model.ts';

/** What has the bytes of mails by their hashes: an archive. */
export type Texts = Pick<Archive, 'text'>;

/** What a page needs of a message beyond its header facts. */
export interface Body {
  /** Of whole threads with their quotations proved. */
  readonly blocks: readonly Block[];
  /** What the writer wrote or added: what is searched. */
  readonly own: string;
  /** The writer's own words alone, without greeting, code and lists of changes. */
  readonly prose: string;
  readonly attachments: readonly Attachment[];
  /** What a reader should know of how the text came about. */
  readonly notes: readonly string[];
  /** The address to which the list takes posts, or empty. */
  readonly listAddress: string;
  /** The addresses of To and Cc; none where the site masks addresses. */
  readonly recipients: readonly string[];
}

/** The bodies of `messages`, read from the archive and parsed; quotations are not proved. Held in memory: ask for a batch, not for all. */
export async function readBodies(
  archive: Texts,
  messages: Iterable<Message>,
  masked: boolean,
): Promise<ReadonlyMap<MessageId, Body>> {
  const bodies = new Map<MessageId, Body>();
  for (const message of messages) {
    const { blocks, ...rest } = await readParts(archive, message, masked);
    bodies.set(message.id, { ...rest, ...textsOf(blocks) });
  }
  return bodies;
}

/** The bodies of whole threads, their quotations proved. Held in memory: ask for a batch, not for all. */
export async function readThreadBodies(
  archive: Texts,
  discussions: readonly Discussion[],
  masked: boolean,
): Promise<ReadonlyMap<MessageId, Body>> {
  const bodies = new Map<MessageId, Body>();
  for (const { posts } of discussions) {
    const words = new ThreadWords();
    const byId = new Map(posts.map(post => [post.message.id, post]));
    for (const post of byTime(posts, byId)) {
      const { blocks, ...rest } = await readParts(archive, post.message, masked);
      const proved = proveQuotations(words, { blocks, ancestors: ancestorsOf(post, byId) });
      words.add(post.message.id, proved);
      bodies.set(post.message.id, { ...rest, ...textsOf(proved) });
    }
  }
  return bodies;
}

/** What a post answers, or the nearest above it that was received. */
export function parentOf({ answers, message }: Post, byId: PostIndex): Post | undefined {
  if (typeof answers === 'object') return answers;
  return byId.get(message.references.findLast(id => byId.has(id))!);
}

/** Posts by when they can have been read: what was received before the post that it answers came after it all the same. */
function byTime(posts: readonly Post[], byId: ReadonlyMap<MessageId, Post>): readonly Post[] {
  const times = new Map<Post, number>();
  for (const post of posts) {
    const parent = parentOf(post, byId);
    times.set(post, Math.max(post.message.received, (parent && times.get(parent)) ?? 0));
  }
  return posts.toSorted((a, b) => times.get(a)! - times.get(b)! || a.number - b.number);
}

function ancestorsOf(post: Post, byId: ReadonlyMap<MessageId, Post>): readonly Ancestor[] {
  const ancestors: Ancestor[] = [];
  const seen = new Set<Post>();
  for (
    let above = parentOf(post, byId);
    above && !seen.has(above) && ancestors.length < MAX_ABOVE;
    above = parentOf(above, byId)
  ) {
    seen.add(above);
    ancestors.push({ id: above.message.id, samePerson: above.author.key === post.author.key });
  }
  return ancestors;
}

function textsOf(blocks: readonly Block[]): Pick<Body, 'blocks' | 'own' | 'prose'> {
  return { blocks, own: visible(ownText(blocks)), prose: visible(ownProse(blocks)) };
}

const addressFields = fieldsNamed('to', 'cc', 'list-post');

/** A body but for its texts, which are those of its blocks. */
async function readParts(
  archive: Texts,
  message: Message,
  masked: boolean,
): Promise<Omit<Body, 'own' | 'prose'>> {
  const raw = archive.text(message.hash);
  const content = await parseContent(raw);
  const fields = addressFields(raw);
  const recipients = ['to', 'cc'].flatMap(name => addressesIn(fieldValue(fields, name) ?? ''));
  const post = /<mailto:([^>?]+)/i.exec(fieldValue(fields, 'list-post') ?? '')?.[1];
  return {
    blocks: parseBody(content.text),
    // An attached mail is raw mail, which a site that masks addresses does not show.
    attachments: content.attachments.filter(part => !masked || !part.type.startsWith('message/')),
    notes: [
      ...(content.fromHtml ? ['sent as HTML only; this is its text'] : []),
      ...content.notes,
      ...content.warnings,
    ],
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

/** The bare addresses in a field of recipients. Cut at what parts them: a field that has none costs its length. */
function addressesIn(field: string): readonly string[] {
  return field.split(/[\s<>,;:"()]+/).filter(word => /.@./.test(word));
}
