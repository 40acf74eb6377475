// Levels: runs of documents by time, the newest short, older ones many times as long as the next. Where they
// begin is told by the documents themselves, so that the same documents have the same levels however they came.

/** What places a document: the order of documents is that of their keys. */
export interface DocumentKey {
  readonly kind: DocumentKind;
  /** Seconds since 1970 UTC; of a thread, when its last message was received; of a section, the date. */
  readonly received: number;
  /** A Message-ID; of a thread, that of its root; of a section, `12/syscalls`. */
  readonly id: string;
}

/** What documents are: messages, threads with what their briefs say, and sections of issues. */
export type DocumentKind = 'message' | 'thread' | 'section';
export const DOCUMENT_KINDS: readonly DocumentKind[] = ['message', 'thread', 'section'];

/**
 * The order of documents, as `sort` wants it: messages, threads, sections, each by time, then id. A thread moves with
 * each reply: among the messages it would change the numbers of all that were sent since its last one.
 */
export function compareKeys(a: DocumentKey, b: DocumentKey): number {
  if (a.kind !== b.kind) return DOCUMENT_KINDS.indexOf(a.kind) - DOCUMENT_KINDS.indexOf(b.kind);
  if (a.received !== b.received) return a.received - b.received;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

/** One document in so many may begin a level: the newest level is rewritten with every message, and is that long. */
const PERIOD = 16;
/** Each level is about so many times as long as the next one. With 2 a query would read four times as many files. */
const GROWTH = 16;

/**
 * The index at which each level begins, given all documents in order, or those of them that may begin one: the first
 * of each kind and whatever `mayBegin`. No level has documents of two kinds.
 *
 * Some documents are marked by their ids alone, few of them by a high mark; from the newest document backwards a
 * level begins wherever a higher mark is met than before. So a new message that has no mark makes the newest level
 * longer by one; one with a mark closes it; one with a high mark joins all levels that began with lower ones. Like
 * the carry of a counter, that happens the more rarely the more it joins. Mail that comes late changes the level of
 * its time and no other.
 */
export function levelStarts(keys: readonly DocumentKey[]): readonly number[] {
  const starts: number[] = [];
  let highest = 0;
  for (let index = keys.length - 1; index >= 0; index--) {
    const mark = markOf(keys[index]!.id);
    const isFirst = keys[index - 1]?.kind !== keys[index]!.kind;
    if (mark > highest || isFirst) starts.push(index);
    highest = isFirst ? 0 : Math.max(highest, mark);
  }
  return starts.reverse();
}

/** Whether a document may begin a level wherever it stands. */
export function mayBegin({ id }: DocumentKey): boolean {
  return markOf(id) > 0;
}

/** 0 for most ids; 1 for one in `PERIOD`, 2 for one in `GROWTH` times as many, and so on. */
function markOf(id: string): number {
  const hash = hashOf(id);
  let mark = 0;
  for (let divisor = PERIOD; divisor <= 2 ** 30 && hash % divisor === 0; divisor *= GROWTH) mark++;
  return mark;
}

/** FNV-1a over UTF-16 code units, its bits mixed as MurmurHash3 does, as those of FNV are poor at the low end. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
