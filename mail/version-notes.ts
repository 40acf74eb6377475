import { type Block, type BlockKind, cutBlock, isBlank } from './block.ts';

/** Notes are not longer; a rule so far above a patch parts something else. */
const MAX_NOTES = 400;

/**
 * The blocks of a patch, what is for reviewers told apart: the notes between `---` and the patch, which git leaves
 * out of the history, and in them or above them the lists of changes since earlier versions.
 */
export function withVersionNotes(blocks: readonly Block[]): readonly Block[] {
  if (!blocks.some(isPatch)) return blocks;
  return withNotes(blocks)
    .flatMap(block =>
      block.kind === 'text' || block.kind === 'notes' ? cutBlock(block, changelogKinds(block)) : [block],
    )
    .map(block => (block.kind === 'notes' && isBlank(block) ? { ...block, kind: 'text' } : block));
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

const MARKS = String.raw`^[\s*#=\-_:>[]{0,8}`;
const VERSION = String.raw`(?:rfc|patch(?:set)?|series|version|rev(?:ision)?)?[\s-]{0,2}v?\d{1,3}(?:\.\d+)?`;
/** What stands over a list of changes; `mail/series/changelog.ts` reads the versions out of such lines. */
const HEADINGS: readonly RegExp[] = [
  // `v3:`, `v2 (2018-03-05):`, `v2: fixed the build`
  `${MARKS}(?:in |rfc |[\\w-]{2,20} )?(?:v|version |rev )\\d{1,3}(?:\\.\\d+)?\\s{0,3}(?:\\([^)]{0,60}\\))?\\s{0,3}(?:changes)?[:\\]](?!\\S)`,
  // `v1 -> v2:`, `Changes from v1 to v2`
  `${MARKS}(?:chang\\w{1,6} |changelog |from )?(?:from )?${VERSION}\\s{0,3}(?:[-=]{0,3}>|<[-=]{0,3}|\\.{2,3}|to|→)\\s{0,3}${VERSION}\\b`,
  // `Changes in v3:`, `Changelog v2`, `Changes since v1:`, `Since RFC`
  `${MARKS}(?:(?:main |major |other )?(?:chang\\w{1,6}|differences?|updates?|modifications?|new|what['’]?s (?:new|changed))\\s(?:log )?(?:\\w+ ){0,2})?(?:in|for|of|since|from|over|vs\\.?|to|between|against)\\s(?:the )?(?:patch\\w* |series |rfc ?)?(?:v ?\\d|version \\d|rev \\d|rfc\\b|(?:last|previous|first|prior) (?:version|revision|series|posting|round|submission))`,
  `${MARKS}chang\\w{1,6} (?:rfc ?)?v\\d`,
  // `Changelog:`, `Revision history:`
  `${MARKS}(?:changes?|change ?logs?|(?:version|revision|patch|change) history|history)\\s{0,3}:\\s*[-=]*$`,
].map(source => new RegExp(source, 'i'));
const MAX_HEADING = 120;

function isHeading(line: string): boolean {
  return line.length <= MAX_HEADING && HEADINGS.some(heading => heading.test(line));
}

/** `block`'s kind or `changelog`, by line: a heading and what stands under it up to a paragraph that is no item. */
function changelogKinds({ kind, lines }: Block): readonly BlockKind[] {
  let inside = false;
  let blank = false;
  let indent = 0;
  const kinds = lines.map((line): BlockKind => {
    const text = line.trim();
    if (text === '') {
      blank = true;
      return inside ? 'changelog' : kind;
    }
    const set = /^\s*/.exec(line)![0].length;
    if (isHeading(line)) {
      inside = true;
      indent = set;
    } else if (inside) inside = !/^(?:---|-- |===)/.test(line) && (!blank || isItem(text) || set > indent);
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

function isItem(text: string): boolean {
  return /^(?:[-*+•o~]|\(?\d{1,2}[.)]|#\d+)\s+\S/.test(text);
}
