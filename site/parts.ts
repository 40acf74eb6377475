import type { Archive } from '../ingest/archive/archive.ts';
import type { Message } from '../ingest/merge.ts';
import type { Memo } from '../mail/memo.ts';

/** A longer thread is cut into pages: what a browser lays out at once, and a reader scrolls through. */
const PART_MESSAGES = 200;
/** What the messages of a page weigh together: about 1.3 MB of markup. */
const PART_WEIGHT = 900_000;
/** What a message weighs beside its text: its heading, its links, its line of the outline. */
const MESSAGE_WEIGHT = 1500;
/** The text of a message that is nearly all attachment says nothing of its page. */
const MAX_TEXT_WEIGHT = 100_000;
/** The first page has a line for each message of the others, so that its anchors hold for ever. */
const LINE_WEIGHT = 95;
const MIN_FIRST_WEIGHT = 100_000;

/** What decides where a thread is cut. */
export interface Cuttable {
  readonly depth: number;
  readonly weight: number;
}

/**
 * Where the pages of a thread begin, as places in `posts`, which come in the order of the walk. A subthread stands
 * whole on one page wherever a page has room for it; a larger one is cut between its own subthreads.
 */
export function partStarts(posts: readonly Cuttable[]): readonly number[] {
  const ends = subthreadEnds(posts);
  const weights = weightsBefore(posts);
  const firstWeight = posts.length > PART_MESSAGES ? PART_WEIGHT - LINE_WEIGHT * posts.length : PART_WEIGHT;
  const fits = (from: number, to: number) => {
    const room = from === 0 ? Math.max(firstWeight, MIN_FIRST_WEIGHT) : PART_WEIGHT;
    return to - from <= PART_MESSAGES && weights[to]! - weights[from]! <= room;
  };
  const starts: number[] = posts.length > 0 ? [0] : [];
  for (let at = 0; at < posts.length; ) {
    const start = starts.at(-1)!;
    const end = ends[at]!;
    if (fits(start, end)) at = end;
    else if (start === at || (!fits(at, end) && fits(start, at + 1))) at++;
    else starts.push(at);
  }
  return starts;
}

/** Shorter threads are a page, however heavy: to weigh them would be to read all mail twice. */
const WEIGHED_FROM = PART_MESSAGES / 4 + 1;

/**
 * Where the pages of a thread of a site begin, as `partStarts` tells. `mails` is the digest of its mails in their order:
 * they are read where `memo` does not know them.
 */
export async function pageStarts(
  archive: Archive,
  posts: readonly { readonly message: Message; readonly depth: number }[],
  mails: string,
  memo: Memo,
): Promise<readonly number[]> {
  if (posts.length < WEIGHED_FROM) return [0];
  const depths = posts.map(({ depth }) => depth);
  return memo.of(['page starts', mails, depths.join()], () =>
    partStarts(
      posts.map(({ message, depth }) => ({
        depth,
        weight: MESSAGE_WEIGHT + Math.min(textBytes(archive.text(message.hash)), MAX_TEXT_WEIGHT),
      })),
    ),
  );
}

/** The bytes behind the header: servers differ in what they put into that. */
function textBytes(raw: Uint8Array): number {
  const end = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength).indexOf('\n\n');
  return end === -1 ? 0 : raw.byteLength - end - 2;
}

/** The place behind the last post of the subthread of each. */
function subthreadEnds(posts: readonly Cuttable[]): Int32Array {
  const ends = new Int32Array(posts.length).fill(posts.length);
  const open: number[] = [];
  for (const [at, { depth }] of posts.entries()) {
    while (open.length > 0 && posts[open.at(-1)!]!.depth >= depth) ends[open.pop()!] = at;
    open.push(at);
  }
  return ends;
}

/** The weight of all posts before each place. */
function weightsBefore(posts: readonly Cuttable[]): Float64Array {
  const weights = new Float64Array(posts.length + 1);
  for (const [at, { weight }] of posts.entries()) weights[at + 1] = weights[at]! + weight;
  return weights;
}
