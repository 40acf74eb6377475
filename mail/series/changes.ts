import {
  indentOf,
  isListItem,
  isRule,
  itemText,
  type VersionHeading,
  versionHeadingAt,
} from '../version-headings.ts';

/** Longer lists of changes are cut where a page shows them; a changelog of a whole life is no list of one version's changes. */
const MAX_LINES = 60;

/** The lines that say what changed in `version`, as written; none where nothing is said. */
export function changesIn(lines: readonly string[], version: number): readonly string[] {
  const headings = lines.map((_, at) => versionHeadingAt(lines, at));
  for (const start of startsOf(headings, version)) {
    const found = block(lines, headings, start);
    // "v3: https://…" above tells where v3 is, not what changed.
    if (found.length > 0) return found;
  }
  // A version that nobody numbered: "Changes:" over a plain list.
  const title = headings.findIndex(heading => heading?.kind === 'title');
  const next = lines.findIndex((line, at) => at > title && line.trim() !== '' && !isRule(line));
  if (title === -1 || next === -1 || headings[next] !== undefined) return [];
  return block(lines, headings, title);
}

/** Where lists of the changes of `version` begin, the likeliest first. */
function startsOf(headings: readonly (VersionHeading | undefined)[], version: number): readonly number[] {
  const where = (test: (heading: VersionHeading) => boolean) =>
    headings.flatMap((heading, at) => (heading && test(heading) ? [at] : []));
  return [
    // v4.1 repairs a patch of v4: only there is something new since its own number.
    ...where(({ kind, version: named }) => kind === 'since' && named === version),
    ...where(({ kind, version: named, rfc }) => {
      if (kind === 'since') return named === version - 1 || (rfc && version === 1);
      return kind === 'latest' || (kind === 'in' && named === version);
    }),
  ];
}

/** The lines under the heading at `start`, up to the next heading, a rule, trailers, or a paragraph that is no item. */
function block(
  lines: readonly string[],
  headings: readonly (VersionHeading | undefined)[],
  start: number,
): readonly string[] {
  const { rest } = headings[start]!;
  const found: string[] = rest === '' ? [] : [rest];
  const indent = indentOf(lines[start]!);
  for (let index = start + 1; index < lines.length && found.length < MAX_LINES; index++) {
    const line = lines[index]!;
    // A rule right under the heading underlines it.
    if (index === start + 1 && isRule(line)) continue;
    if (headings[index] !== undefined || isEnd(line)) break;
    if (line.trim() === '') {
      const next = lines.slice(index + 1, index + 3).find(one => one.trim() !== '');
      // Behind a blank only further items belong to the list, or what is set in deeper than its heading.
      const goesOn = next !== undefined && (isListItem(next) || indentOf(next) > indent);
      if (found.length > 0 && !goesOn) break;
    }
    found.push(line);
  }
  while (found.at(-1)?.trim() === '') found.pop();
  while (found[0]?.trim() === '') found.shift();
  return found;
}

function isEnd(line: string): boolean {
  return (
    isRule(line) ||
    /^-- /.test(line) ||
    /^(?:[A-Z][a-z]+(?:-[a-z]+)*-by|Cc|CC|base-commit|change-id|To|prerequisite-\w+): /.test(line) ||
    /^(?:[\s*+-]{0,8}links? to\b[^:]{0,30}|link):/i.test(line) ||
    /^\s{0,8}\[\d{1,3}\]:?(?:\s|$)/.test(line) ||
    /^\p{Lu}[\p{L} .'-]{0,60} \(\d+\):$/u.test(line) ||
    /^ \S[^|]*\|\s+\d+ [-+]*$|^ \d+ files? changed/.test(line)
  );
}

/** A line that ends before this could have held the next one's first word: it was ended on purpose. */
const SHORT = 58;

/**
 * The changes one by one: the lines of each item joined, without its bullet; words as written. Of lines without
 * bullets each is an item, unless it goes on with one that was wrapped.
 */
export function changeItems(changes: readonly string[]): readonly string[] {
  const items: { readonly bulleted: boolean; readonly lines: string[] }[] = [];
  let last = '';
  for (const [at, line] of changes.entries()) {
    const text = itemText(line);
    const open = items.at(-1);
    if (text !== undefined) items.push({ bulleted: true, lines: [text] });
    else if (line.trim() !== '') {
      if (!open || last === '' || (!open.bulleted && !isWrapped(last, line, at === 1)))
        items.push({ bulleted: false, lines: [line.trim()] });
      else open.lines.push(line.trim());
    }
    last = line.trimEnd();
  }
  return items.map(({ lines }) => lines.join(' '));
}

/**
 * Whether `next` goes on with `line`: had to begin a line, since `line` had no room for its first word, or is set in
 * under it. That says nothing under the first line, which may have stood behind its heading.
 */
function isWrapped(line: string, next: string, underFirst: boolean): boolean {
  const word = next.trimStart().split(' ', 1)[0]!;
  if (line.trimStart().length + 1 + word.length > SHORT) return true;
  return !underFirst && indentOf(next) > indentOf(line) && !/[.;]$/.test(line);
}
