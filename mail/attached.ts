import type { Block, BlockKind } from './block.ts';
import { isDiffStart } from './diff.ts';

/** The line over an attached message that is shown, over its From, Date and Subject. */
export const MESSAGE_START = '---------- Attached message ----------';
/** The line under it, where more follows. */
export const MESSAGE_END = '---------- End of attached message ----------';

/** The line over an attached file that is shown: `[0001-fix.patch]`. */
export function fileLine(name: string): string {
  return `[${name}]`;
}

const FILE_LINE = /^\[[^\]]{1,255}\]$/;
const PATCH_LINE = /^\[[^\]]{1,249}\.(?:patch|diff)\]$/i;

/** Whether a line says that what follows was attached: a message, or a file that is a patch or begins with a diff. */
export function isAttachedLine(lines: readonly string[], index: number): boolean {
  const line = lines[index]!;
  if (line[0] !== '[' && line[0] !== '-') return false;
  if (line === MESSAGE_START || line === MESSAGE_END || PATCH_LINE.test(line)) return true;
  return FILE_LINE.test(line) && index + 1 < lines.length && isDiffStart(lines, index + 1);
}

/** The index behind what such a line begins: the heading of a message ends at an empty line. */
export function attachedLineEnd(lines: readonly string[], start: number): number {
  let end = start + 1;
  if (lines[start] === MESSAGE_START) while (end < lines.length && lines[end] !== '') end++;
  return end;
}

/** What others wrote in an attached message, whatever it would be of the writer's own. */
const SAID: ReadonlySet<BlockKind> = new Set(['text', 'trailers']);

/** `blocks` with what attached messages say as quotations: who sends a message on has not said it. */
export function withAttachedQuoted(blocks: readonly Block[]): readonly Block[] {
  let attached = false;
  return blocks.map(block => {
    if (block.kind === 'attribution' && block.lines[0] === MESSAGE_START) attached = true;
    else if (block.kind === 'attribution' && block.lines[0] === MESSAGE_END) attached = false;
    return attached && SAID.has(block.kind) ? { ...block, kind: 'quote' } : block;
  });
}
