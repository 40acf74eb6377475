import { type MailLink, mailLinks } from '../mail-link.ts';
import { changesIn } from './changes.ts';

/** What a patch or cover letter says of the versions before it. */
export interface Changelog {
  /** What its author says has changed since the version before, as written, blanks at line ends apart; none where nothing is said. */
  readonly changes: readonly string[];
  /** Messages that it names as earlier versions of itself. */
  readonly earlier: readonly MailLink[];
  /** What `b4 prep` calls the series through all its versions. */
  readonly changeId?: string;
}

const CHANGE_ID = /^change-id:[ \t]*(\S+)/im;

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
  const isEarlier = ({ line }: MailLink) => SAME.test(withoutLinks(line)) && !OTHER.test(line);
  const inHistory = historyOf(lines);
  const changes = changesIn(lines, version);
  // "Changes since v1" with nothing but a link under it links to v1.
  const isBare = (line: string) => withoutLinks(line).trim() === '';
  const bare = new Set(changes.filter(isBare).map(line => line.trim()));
  const first = changes.findIndex(line => !isBare(line));
  const changeId = CHANGE_ID.exec(text)?.[1];
  return {
    changes: first === -1 ? [] : changes.slice(first),
    earlier: mailLinks(text).filter(
      link => isEarlier(link) || inHistory.has(link.line) || bare.has(link.line),
    ),
    ...(changeId === undefined ? {} : { changeId }),
  };
}

/** A version in a link's own address says nothing of the line. */
function withoutLinks(line: string): string {
  return line.replace(/\bhttps?:\S+|<[^<>]*>/g, ' ');
}

/** `Previous versions:` */
const HISTORY =
  /^(?:previous|earlier|prior|old(?:er)?|former|past)\b.{0,40}(?:version|posting|series|submission|revision|discussion|link)s?\b.{0,20}$/i;
/** A heading has no more words. */
const MAX_WORDS = 12;
/** What stands beside a link under it: `v2:`, `[1]`, `RFC`. */
const LABEL = /^(?:v\d{1,3}|rfc|\d{1,3})?$/i;

/** Lines that are nothing but a link under a heading such as "Previous versions:". */
function historyOf(lines: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  let inside = false;
  for (const line of lines) {
    const words = withoutLinks(line).match(/\w+/g) ?? [];
    if (words.length <= MAX_WORDS && HISTORY.test(words.join(' '))) inside = true;
    else if (inside && line.trim() !== '' && !LABEL.test(words.join(' '))) inside = false;
    if (inside) found.add(line.trim());
  }
  return found;
}
