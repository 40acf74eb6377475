import type { MessageId } from './message-id.ts';

/** What the lines of a block are. */
export type BlockKind =
  | 'text' // the writer's own words
  | 'greeting' // `Hi Ada,`
  | 'attribution' // the line that says who is quoted, or what was attached and follows
  | 'quote' // lines that begin with `>`, or that were pasted
  | 'code' // a program, a log, a table: what keeps its lines and columns
  | 'trailers' // `Signed-off-by:` and its like
  | 'notes' // what stands between `---` and a patch: for reviewers, not for the history
  | 'changelog' // in a patch, what changed since its last version
  | 'diffstat'
  | 'diff'
  | 'pgp' // armour around and under what is signed; keys
  | 'signature' // what `-- ` begins
  | 'footer'; // what the list server added

/** Neighbouring lines of one kind. No line of a body is lost: the blocks' lines are the body's lines. */
export interface Block {
  readonly kind: BlockKind;
  readonly lines: readonly string[];
  /** Of a quotation whose sources were looked for, where its lines come from; together they are all of its lines. */
  readonly runs?: readonly QuotedRun[];
}

/** Neighbouring lines of a quotation that come from one message, or of which none is known. */
export interface QuotedRun {
  /** Indices into the block's lines. */
  readonly start: number;
  readonly end: number;
  /** How often it is quoted: 1 for what is quoted from the message that wrote it. */
  readonly depth: number;
  /** The message whose own words the lines are, word for word; undefined where none was found. */
  readonly source: MessageId | undefined;
}

/** `block` cut where the kinds of its lines change. */
export function cutBlock(block: Block, kinds: readonly BlockKind[]): readonly Block[] {
  if (kinds.length > 0 && kinds.every(kind => kind === block.kind)) return [block];
  const starts = kinds.flatMap((kind, at) => (kind === kinds[at - 1] ? [] : [at]));
  return starts.map((start, at) => ({
    kind: kinds[start]!,
    lines: block.lines.slice(start, starts[at + 1]),
  }));
}

/** Whether a block holds nothing but empty lines. */
export function isBlank({ lines }: Block): boolean {
  return lines.every(line => line.trim() === '');
}
