import { type Block, type BlockKind, cutBlock, isBlank } from './block.ts';
import { indentOf, isListItem, versionHeadingAt } from './version-headings.ts';

/** Notes are not longer; a rule so far above a patch parts something else. */
const MAX_NOTES = 400;

/**
 * The blocks of a patch, what is for reviewers told apart: the notes between `---` and the patch, which git leaves
 * out of the history, and in them or above them the lists of changes since earlier versions.
 */
export function withVersionNotes(blocks: readonly Block[]): readonly Block[] {
  if (!blocks.some(isPatch)) return blocks;
  return withChangelogs(withNotes(blocks)).map(block =>
    block.kind === 'notes' && isBlank(block) ? { ...block, kind: 'text' } : block,
  );
}

/** Blocks with the lists of changes since earlier versions told apart, for what is known to offer patches. */
export function withChangelogs(blocks: readonly Block[]): readonly Block[] {
  return blocks.flatMap(block =>
    block.kind === 'text' || block.kind === 'notes' ? cutBlock(block, changelogKinds(block)) : [block],
  );
}

function isPatch({ kind }: Block): boolean {
  return kind === 'diff' || kind === 'diffstat';
}

function withNotes(blocks: readonly Block[]): readonly Block[] {
  const kinds = blocks.map(({ kind, lines }) => lines.map(() => kind));
  let cut: { readonly block: number; readonly line: number } | undefined;
  let length = 0;
  for (const [at, block] of blocks.entries()) {
    if (isPatch(block)) {
      if (cut && length <= MAX_NOTES) markNotes(blocks, kinds, cut, at);
      cut = undefined;
    } else if (block.kind === 'quote' || block.kind === 'signature') cut = undefined;
    else if (cut) length += block.lines.length;
    else if (block.kind === 'text') {
      const line = block.lines.findIndex(one => one.trimEnd() === '---');
      if (line === -1) continue;
      cut = { block: at, line };
      length = block.lines.length - line;
    }
  }
  return blocks.flatMap((block, at) => cutBlock(block, kinds[at]!));
}

/** The lines of text from behind `cut` to the block `end` are notes, unless they are empty. */
function markNotes(
  blocks: readonly Block[],
  kinds: BlockKind[][],
  cut: { readonly block: number; readonly line: number },
  end: number,
): void {
  for (let at = cut.block; at < end; at++) {
    const { kind, lines } = blocks[at]!;
    const from = at === cut.block ? cut.line + 1 : 0;
    if (kind !== 'text' || lines.slice(from).every(line => line.trim() === '')) continue;
    for (let line = from; line < lines.length; line++)
      if (lines[line]!.trimEnd() !== '---') kinds[at]![line] = 'notes';
  }
}

/** `block`'s kind or `changelog`, by line: a heading and what stands under it up to a paragraph that is no item. */
function changelogKinds({ kind, lines }: Block): readonly BlockKind[] {
  let inside = false;
  let blank = false;
  let indent = 0;
  const kinds = lines.map((line, at): BlockKind => {
    const text = line.trim();
    if (text === '') {
      blank = true;
      return inside ? 'changelog' : kind;
    }
    const set = indentOf(line);
    if (versionHeadingAt(lines, at)) {
      inside = true;
      indent = set;
    } else if (inside)
      inside = !/^(?:---|-- |===)/.test(line) && (!blank || isListItem(line) || set > indent);
    blank = false;
    return inside ? 'changelog' : kind;
  });
  return withoutTail(lines, kinds, kind);
}

/** Empty lines under a list go with what follows it, unless it is the end. */
function withoutTail(
  lines: readonly string[],
  kinds: readonly BlockKind[],
  kind: BlockKind,
): readonly BlockKind[] {
  const fixed = [...kinds];
  for (let at = lines.length - 2; at >= 0; at--)
    if (lines[at]!.trim() === '' && fixed[at + 1] === kind) fixed[at] = kind;
  return fixed;
}
