/** A line that stands over a list of what changed between versions of a patch. */
export interface VersionHeading {
  /**
   * Whose changes stand under it: `in` of the version named, `since` of the one behind it, `latest` of the one at
   * hand (`Changes since the last version:`), `title` of whichever the lines below tell (`Changelog:`).
   */
  readonly kind: 'in' | 'since' | 'latest' | 'title';
  /** The version that is named; 0 where none is. */
  readonly version: number;
  /** Whether an RFC is named. */
  readonly rfc: boolean;
  /** A change on the line of the heading, as `v2: fixed the build` has it, or empty. */
  readonly rest: string;
}

/** No heading is longer, and no expression below is let loose on more. */
const MAX_HEADING = 120;
/** An underline, or a rule. */
const RULE = /^\s*(?:[=~]{3,}|-{2,}|\* \* \*)\s*$/;
/** A bullet or a number, and an item behind it; `Patch 3:` and `3/7:` are left in the item. */
const BULLET = /^(?:[-*+•o~]|->|\(?\d{1,2}[.)]|#\d{1,3}:?)\s+(?=\S)/;

const MARKS = String.raw`^[\s*#=\-_:>[+•]{0,12}`;
const RFC = '(rfc[ -]?(?:patch )?)?';
const WHOLE = String.raw`(\d{1,3})(?![\d.]?\d)\]?`;
const NUMBER = String.raw`(\d{1,3})(?:\.\d)?(?![\d.]?\d)\]?`;
const VERSION = '(?:v ?|version |rev(?:ision)? )-?';
const LETTER = `${RFC}-?${VERSION}`;
const NAMED = `${LETTER}${NUMBER}`;
const PATCHES = String.raw`(?:the |this )?(?:[\w.]{1,20}(?:'s|’s) )?(?:patch\w* |series |set )?\[?`;
const CHANGES = String.raw`(?:(?:\w+ ){0,2}(?:chang(?:es?|ed|ing|e ?logs?)|differences?|diff|updates?|modifications?|what(?:['’]s| is)? (?:new|changed)|new)\b(?: [\w/]+){0,3}? ?)`;

/** The heading's beginning up to the version it names; of two versions, the latter is behind the former. */
const GRAMMAR: readonly (readonly [kind: VersionHeading['kind'], expression: RegExp])[] = [
  // `v1 -> v2:`, `v2..v3`, `v2 <- v1`, `Changes from v1 to v2`; without a `v`, `1..1` is a test's plan
  [
    'in',
    new RegExp(
      `${MARKS}${CHANGES}?(?:from |between )?${NAMED}\\s{0,3}(?:[-=]{0,3}>|<[-=]{0,3}|\\.{2,3}|to|and|→)\\s{0,3}(?:rfc[ -]?)?(?:v ?|version |rev )?${NUMBER}`,
      'i',
    ),
  ],
  // `Changes since v2:`, `Since v2:`, `Changes from V3`, `Differences to v1`
  [
    'since',
    new RegExp(
      `${MARKS}(?:${CHANGES}(?:since|from|over|vs\\.?|to|against|compared to|relative to|after)|since|from|vs\\.?|compared to) ${PATCHES}${NAMED}`,
      'i',
    ),
  ],
  // `Changes in v3:`, `Changelog V3`, `New in v4`; `updates for v5.5` are for a kernel
  ['in', new RegExp(`${MARKS}${CHANGES}(?:(?:in|for|of|with) |: ?)?${PATCHES}${LETTER}${WHOLE}`, 'i')],
  // `net-next v3:`
  ['in', new RegExp(`${MARKS}[\\w-]{2,20} ${NAMED}(?=:\\s{0,3}$)`, 'i')],
  // `v2:`, `v3 (2018-03-05):`, `Version 2`, `= v6 notes =`
  ['in', new RegExp(`${MARKS}(?:in |patch |series )?${NAMED}`, 'i')],
];
/** What all of these have, and few other lines. */
const NUMBERED = new RegExp(`${VERSION}\\d`, 'i');
/** What a heading may end in behind its version: nothing, a remark in brackets, or words up to a colon. */
const CLOSED = /^(?:\s{0,3}[([][^)\]]{0,60}[)\]])?\s{0,3}(?:changes|notes|changelog)?[\s=*#_~-]*$/i;
const COLON =
  /^(?:\s{0,3}[([][^)\]]{0,60}[)\]])?(?: (?:changes|notes)\b)?(?:,? [^:?!.,;[\]]{1,50})?\s{0,3}:(?:\s+|$)/i;
const DASH = /^\s{0,3}-\s+(?=\S)/;

/** `Changes in this version:`, `Changes since last revision:`, `Changes since RFC:`. */
const LATEST = new RegExp(
  `${MARKS}(?:${CHANGES}(?:in|since|from|over|to|after)|since) (?:the |my |our )?(?:(?:this|last|previous|first|prior|earlier|original) (?:version|revision|series|posting|round|iteration|submission|patch ?set|rfc)|rfc|then)\\b[^:.?!]{0,30}`,
  'i',
);
/** `Changelog:`, `Changes:`, `Revision history:`: over the versions, or over the changes themselves. */
const TITLE = new RegExp(
  `${MARKS}(?:change ?-?logs?|change ?list|(?:version|revision|patch|change) (?:history|log)|changes?|history|revisions?)\\b`,
  'i',
);

/**
 * The heading at `lines[at]`; undefined where there is none. A line without a colon is one only where it stands
 * over a list or an underline, or names a version and stands alone: else a sentence may go on below.
 */
export function versionHeadingAt(lines: readonly string[], at: number): VersionHeading | undefined {
  const line = lines[at]!;
  if (line.length > MAX_HEADING || !/[vhrcn]/i.test(line)) return undefined;
  const found = named(line) ?? unnumbered(line);
  if (!found) return undefined;
  const isNamed = found.heading.version > 0;
  const stands =
    found.closed ||
    isOverList(lines, at) ||
    (isNamed && (isRule(lines[at + 1] ?? '') || isParagraph(lines, at)));
  return stands ? found.heading : undefined;
}

interface Found {
  readonly heading: VersionHeading;
  /** Whether a colon, or what stands behind it, makes it a heading whatever follows. */
  readonly closed: boolean;
}

function named(line: string): Found | undefined {
  if (!NUMBERED.test(line)) return undefined;
  for (const [kind, expression] of GRAMMAR) {
    const match = expression.exec(line);
    if (!match) continue;
    const tail = line.slice(match[0].length);
    const numbers = [match[2], match[3]].filter(one => one !== undefined).map(Number);
    const heading = { kind, version: Math.max(...numbers), rfc: match[1] !== undefined };
    if (CLOSED.test(tail)) return { heading: { ...heading, rest: '' }, closed: false };
    const behind = COLON.exec(tail) ?? (expression === GRAMMAR.at(-1)![1] ? DASH.exec(tail) : null);
    if (behind) return { heading: { ...heading, rest: restOf(tail.slice(behind[0].length)) }, closed: true };
  }
  return undefined;
}

/** The address of a version, or its date, is no change; nor is the bracket that closes `[v2: fixed the build]`. */
function restOf(text: string): string {
  return /^\W*https?:|^<\S*>$|^\([^()]*\)$/i.test(text) ? '' : text.trim().replace(/^([^[\]]*)\]$/, '$1');
}

function unnumbered(line: string): Found | undefined {
  const latest = LATEST.exec(line);
  const match = latest ?? TITLE.exec(line);
  const tail = match && /^\s{0,3}(:?)[\s=*#_~-]*$/.exec(line.slice(match[0].length));
  if (!tail) return undefined;
  return {
    heading: { kind: latest ? 'latest' : 'title', version: 0, rfc: false, rest: '' },
    closed: tail[1] === ':' || (latest !== null && line.startsWith('#')),
  };
}

/** Whether items of a list stand under a line and its underline; under one that is an item itself, items of its own. */
function isOverList(lines: readonly string[], at: number): boolean {
  const under = isRule(lines[at + 1] ?? '') ? at + 2 : at + 1;
  const next = lines.slice(under, under + 2).find(line => line.trim() !== '');
  if (next === undefined || !isListItem(next)) return false;
  return !isListItem(lines[at]!) || indentOf(next) > indentOf(lines[at]!);
}

/** Whether a line has empty lines around it. */
function isParagraph(lines: readonly string[], at: number): boolean {
  return [lines[at - 1] ?? '', lines[at + 1] ?? ''].every(line => line.trim() === '');
}

/** Whether a line is an item of a list: has a bullet or a number. */
export function isListItem(line: string): boolean {
  return BULLET.test(line.trimStart());
}

/** The text of an item without its bullet; undefined where a line is no item. */
export function itemText(line: string): string | undefined {
  const text = line.trim();
  const bullet = BULLET.exec(text);
  return bullet ? text.slice(bullet[0].length) : undefined;
}

/** Whether a line is a rule or an underline. */
export function isRule(line: string): boolean {
  return RULE.test(line);
}

/** How many blanks a line begins with; a tab is one. */
export function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
