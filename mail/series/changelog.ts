import { type MailLink, mailLinks } from '../mail-link.ts';

/** What a patch or cover letter says of the versions before it. */
export interface Changelog {
  /** What its author says has changed since the version before, as written, blanks at line ends apart; none where nothing is said. */
  readonly changes: readonly string[];
  /** Messages that it names as earlier versions of itself. */
  readonly earlier: readonly MailLink[];
  /** Messages that it names otherwise: what it rests on, answers or mentions. */
  readonly mentions: readonly MailLink[];
  /** What `b4 prep` calls the series through all its versions. */
  readonly changeId: string | undefined;
}

/** No heading is longer, and no expression below is let loose on more. */
const MAX_HEADING = 120;
/** Longer lists of changes are cut where a page shows them; a changelog of a whole life is no list of one version's changes. */
const MAX_LINES = 60;

const CHANGE_ID = /^change-id:\s*(\S+)/im;
const MARKS = String.raw`[\s*#=\-_:>]*`;
const VERSION = String.raw`(?:rfc|patch(?:set)?|series|version|rev(?:ision)?)?[\s-]*-?v?(\d{1,3})(?:\.\d+)?`;
/** `v2:`, `v3 (2018-03-05):`, `Version 2`. */
const PLAIN = new RegExp(
  `^${MARKS}(?:in )?(?:v|version |rev(?:ision)? |rfc ?v?)(\\d{1,3})(?:\\.\\d+)?\\s*(?:\\([^)]*\\)|changes)?\\s*[:\\-]?\\s*$`,
  'i',
);
/** `v2: fixed the build`, with a change on the same line; a link there is the version's address. */
const INLINE = new RegExp(
  `^${MARKS}(?:in )?v(\\d{1,3})(?:\\.\\d+)?\\s*(?:\\([^)]*\\))?\\s*[:-]\\s+(?!\\W*https?:)\\S`,
  'i',
);
/** `v1 -> v2:`, `v2..v3`, `v2 <- v1`, `V1=>V2`. */
const ARROW = new RegExp(
  `^${MARKS}(?:changes?\\w*\\s+|changelog\\s+|from\\s+)?${VERSION}\\s*(?:[-=]*>|<[-=]*|\\.\\.+|to|→)\\s*${VERSION}\\s*(?:\\([^)]*\\))?\\s*:?\\s*`,
  'i',
);
/** `Changes in v3:`, `Changelog V3`, `New in v4`. */
const IN = new RegExp(
  `^${MARKS}(?:chang\\w*|differences?|updates?|new|modifications?)[\\w ]*?\\s*(?:in|for|of|:)?\\s+(?:this\\s+)?(?:series\\s+)?(?:rfc\\s*)?(?:v|version |rev )(\\d{1,3})(?:\\.\\d+)?\\b`,
  'i',
);
/** `Changes since v2:`, `Since v2:`, `Changes from V3`, `Differences to v1`. */
const SINCE = new RegExp(
  `^${MARKS}(?:(?:\\w+ )?(?:chang\\w*|differences?|diff|updates?|modifications?|what(?:'s|’s| is)? (?:new|changed))[\\w ]*?\\s+)?(?:since|from|over|vs\\.?|compared to|relative to|between|after)\\s+(?:the\\s+)?(?:patch\\w*\\s*|series\\s*|rfc\\s*)?-?(?:v|version |rev )-?(\\d{1,3})(?:\\.\\d+)?\\b`,
  'i',
);
/** `Changes in this version:`, `Changes since last revision:`, `Changes since RFC:`. */
const LATEST = new RegExp(
  `^${MARKS}(?:chang\\w*|differences?|updates?|what(?:'s|’s| is)? (?:new|changed))\\b[\\w ]*?(?:(?:this|last|previous|first|prior) (?:version|revision|series|posting|round|iteration|submission)|(?:since|from|after) (?:the )?(?:rfc|then))\\b.{0,30}:?\\s*$`,
  'i',
);
/** `Changelog:`, `Changes:`, `History:`: over the versions, or over the changes themselves. */
const TITLE = new RegExp(
  `^${MARKS}(?:changes?|change ?logs?|change ?list|(?:version|revision|patch|change) history|history|revisions?)\\s*:?\\s*[-=]*\\s*$`,
  'i',
);

/** Words of a line with a link that make it the same work at an earlier time, and those that make it another. */
const SAME =
  /\bv\d{1,3}\b|\brfc\b|\bversion|\bprevious|\bearlier|\bprior|\bfirst (?:post|series|submission)|\blast (?:post|series|time)|\bold(?:er)?\b|\boriginal(?:ly)? (?:post|series|patch|rfc|submission)|\bresen[dt]|\brespin|\bsupersedes?\b|\breplaces?\b/i;
const OTHER =
  /\bdepend|\bbased on|\bon top of|\bprerequisite|\brequire|\bappl(?:y|ies)\b|\bfollow(?:s|ing)?[- ]?up\b|\binspired|\bsuggest|\bdiscuss|\breport|\brebased? (?:on|onto|to)|\bsimilar|\balternative|\bcompanion|\btogether with|\bFixes:|\bCloses:|\bReported/i;

/**
 * What the text of a patch or cover letter says of earlier versions. `version` is its own. Where only whole
 * histories are written, the part of this version is found; `Changes in v3`, `v2 -> v3`, `Since v2` and bare `v3:`
 * all begin it, the next version's heading or the end of the list ends it.
 */
export function changelog(text: string, version: number): Changelog {
  const lines = text.split('\n').map(line => line.trimEnd());
  const links = mailLinks(text);
  const isEarlier = ({ line }: MailLink) => SAME.test(withoutLinks(line)) && !OTHER.test(line);
  const inHistory = historyOf(lines);
  const changes = changesIn(lines, version);
  // "Changes since v1" with nothing but a link under it links to v1.
  const bare = new Set(changes.map(line => line.trim()).filter(line => withoutLinks(line).trim() === ''));
  const earlier = links.filter(link => isEarlier(link) || inHistory.has(link.line) || bare.has(link.line));
  return {
    changes,
    earlier,
    mentions: links.filter(link => !earlier.includes(link)),
    changeId: CHANGE_ID.exec(text)?.[1],
  };
}

/** A version in a link's own address says nothing of the line. */
function withoutLinks(line: string): string {
  return line.replace(/\bhttps?:\S+|<[^<>]*>/g, ' ');
}

/** Lines that are nothing but a link under a heading such as "Previous versions:". */
function historyOf(lines: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  let inside = false;
  for (const line of lines) {
    const bare = withoutLinks(line).trim();
    if (
      /^(?:\W*)(?:previous|earlier|prior|old(?:er)?|former|past)\b.{0,40}(?:version|posting|series|submission|revision|discussion|link)s?\b.{0,20}:?$/i.test(
        bare,
      )
    )
      inside = true;
    else if (inside && line.trim() !== '' && !/^\W*(?:v\d+|rfc|\[\w+\])?\W*$/i.test(bare)) inside = false;
    if (inside) found.add(line.trim());
  }
  return found;
}

function changesIn(lines: readonly string[], version: number): readonly string[] {
  const start = lines.findIndex(line => headingVersion(line, version) === version);
  if (start !== -1) return block(lines, start, version);
  // A version that nobody numbered: "Changes:" over a plain list.
  const title = lines.findIndex(
    line => line.length <= MAX_HEADING && (LATEST.test(line) || TITLE.test(line)),
  );
  const next = lines.findIndex((line, index) => index > title && line.trim() !== '');
  if (title === -1 || next === -1 || headingVersion(lines[next]!, version) !== undefined) return [];
  return block(lines, title, version);
}

/** The version whose changes stand under a line; undefined where it is no heading. */
function headingVersion(line: string, own: number): number | undefined {
  if (line.length > MAX_HEADING) return undefined;
  const arrow = ARROW.exec(line);
  if (arrow) return Math.max(Number(arrow[1]), Number(arrow[2]));
  const since = SINCE.exec(line);
  if (since) return Number(since[1]) + 1;
  const named = IN.exec(line) ?? PLAIN.exec(line) ?? INLINE.exec(line);
  if (named) return Number(named[1]);
  return LATEST.test(line) ? own : undefined;
}

/** The lines under the heading at `start`, up to the next heading, a rule, trailers, or a paragraph that is no item. */
function block(lines: readonly string[], start: number, version: number): readonly string[] {
  const found: string[] = [];
  const behind = restOfHeading(lines[start]!);
  if (behind !== '') found.push(behind);
  const indent = /^\s*/.exec(lines[start]!)![0].length;
  for (let index = start + 1; index < lines.length && found.length < MAX_LINES; index++) {
    const line = lines[index]!;
    // A rule right under the heading underlines it.
    if (isEnd(line, version) && !(index === start + 1 && /^[=~-]{3,}$/.test(line))) break;
    if (found.length === 0 && /^[=~-]{3,}$/.test(line)) continue;
    if (line.trim() === '') {
      const next = lines.slice(index + 1, index + 3).find(one => one.trim() !== '');
      // Behind a blank only further items belong to the list, or what is set in deeper than its heading.
      const goesOn = next !== undefined && (isItem(next) || /^\s*/.exec(next)![0].length > indent);
      if (found.length > 0 && !goesOn) break;
    }
    found.push(line);
  }
  while (found.at(-1)?.trim() === '') found.pop();
  while (found[0]?.trim() === '') found.shift();
  return found;
}

/** `v2: fixed the build` has its change on the line of the heading. */
function restOfHeading(line: string): string {
  return /^[^:]{0,60}\bv?\d[^:]{0,20}:\s+(?!\([^()]*\)$)(\S.*)$/i.exec(line)?.[1] ?? '';
}

function isItem(line: string): boolean {
  return /^\s*(?:[-*+•o]|\(?\d{1,2}[.)]|#\d+)\s+\S/.test(line);
}

function isEnd(line: string, version: number): boolean {
  return (
    headingVersion(line, version) !== undefined ||
    /^(?:---|-- |===|\* \* \*)/.test(line) ||
    /^(?:[A-Z][a-z]+(?:-[a-z]+)*-by|Cc|CC|base-commit|change-id|To|prerequisite-\w+): /.test(line) ||
    /^\s*-?\s*Link to v\d+:/i.test(line) ||
    /^\p{Lu}[\p{L} .'-]+ \(\d+\):$/u.test(line) ||
    /^ \S.*\|\s+\d+ [-+]*$|^ \d+ files? changed/.test(line)
  );
}

/** The changes one by one: the lines of each item joined, without its bullet; words as written. */
export function changeItems(changes: readonly string[]): readonly string[] {
  const items: string[][] = [];
  let fresh = true;
  for (const line of changes) {
    const text = line.trim();
    if (text === '') {
      fresh = true;
      continue;
    }
    const item = /^(?:[-*+•o~]|\(?\d{1,2}[.)]|#\d+:?)\s+(\S.*)$/.exec(text);
    if (item || fresh) items.push([item?.[1] ?? text]);
    else items.at(-1)!.push(text);
    fresh = false;
  }
  return items.map(lines => lines.join(' '));
}
