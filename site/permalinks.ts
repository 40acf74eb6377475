import { createHash } from 'node:crypto';
import { held } from '../mail/held.ts';
import type { MessageId } from '../mail/message-id.ts';
import { inPlainLetters, slugWords } from '../publication/slug.ts';
import { topicKey } from '../publication/topic-words.ts';

// The URLs of a site are a contract: what stands here is promised for ever, above all `/LIST/MID/` and `#m…`.
// Paths are kept decoded, as they name files; `href` makes a link of one.

/** A page's path from the site's root, decoded: `/linux-example/20180305@example.org/`. */
export type SitePath = string & { readonly __brand: 'SitePath' };

/** A message's anchor is asked for by its own page, its thread's and those that lead to it. */
const ANCHORS = 20_000;

/** The anchor of a message on its thread's page: `m` and the SHA-1 of its id, as on lore.kernel.org. */
export const anchor: (id: MessageId) => string = held((id: MessageId) => `m${sha1(id)}`, ANCHORS);

/** Where messages lie on the site. */
export interface Permalinks {
  /** `/LIST/MID/`: one message. */
  message(list: string, id: MessageId): SitePath;
  /** `/LIST/MID/T/`: the thread whose root is `id`. */
  thread(list: string, id: MessageId): SitePath;
  /** `/r/MID/`: a message whose list one does not know. */
  anyList(id: MessageId): SitePath;
  /** The ids that lie under their hash because another differs from them by case alone. */
  readonly lookalikes: ReadonlySet<MessageId>;
}

/**
 * The permalinks of messages, given all their ids, each once, in order of (received time, id). An id that a static host
 * or a file system cannot be trusted with lies under its hash, `/LIST/h/SHA1/`; so do all but the first of ids
 * that differ only by case.
 */
export function permalinks(ids: readonly MessageId[]): Permalinks {
  // As a rule no two differ by case alone. Of two that do, one at least has capitals: only such are held.
  const folded = new Set<string>();
  let capitals = 0;
  for (const id of ids) {
    const lower = id.toLowerCase();
    if (lower === id) continue;
    capitals++;
    folded.add(lower);
  }
  const isUnlike = folded.size === capitals && !ids.some(id => folded.has(id));
  return permalinksBut(isUnlike ? new Set() : lookalikesIn(ids));
}

/** All ids but the first of each that differ only by case. */
function lookalikesIn(ids: Iterable<MessageId>): ReadonlySet<MessageId> {
  const firstOfCase = new Map<string, MessageId>();
  const lookalikes = new Set<MessageId>();
  for (const id of ids) {
    const folded = id.toLowerCase();
    const first = firstOfCase.get(folded);
    if (first === undefined) firstOfCase.set(folded, id);
    else if (first !== id) lookalikes.add(id);
  }
  return lookalikes;
}

/** The permalinks of messages, given those that lie under their hash because they look like others. */
export function permalinksBut(lookalikes: ReadonlySet<MessageId>): Permalinks {
  const segment = (id: MessageId) => (isPlain(id) && !lookalikes.has(id) ? id : `h/${sha1(id)}`);
  return {
    lookalikes,
    message: (list, id) => `/${list}/${segment(id)}/` as SitePath,
    thread: (list, id) => `/${list}/${segment(id)}/T/` as SitePath,
    anyList: id => `/r/${segment(id)}/` as SitePath,
  };
}

/**
 * A page of a long thread: `/LIST/MID/T/`, `/LIST/MID/T/2/`, … Only the first is promised: where the others begin
 * moves with each reply, so the first leads on to every message.
 */
export function partPath(thread: SitePath, part: number): SitePath {
  return part === 1 ? thread : (`${thread}${part}/` as SitePath);
}

/** `/LIST/`. */
export function listPath(list: string): SitePath {
  return `/${list}/` as SitePath;
}

/** `/LIST/2018-03/`. */
export function monthPath(list: string, month: string): SitePath {
  return `/${list}/${month}/` as SitePath;
}

/** `/issues/`: all issues of the newsletter. */
export const ISSUES = '/issues/' as SitePath;

/** `/issues/12/`: an issue; its sections are at their names, and at `#s3` by their number. */
export function issuePath(number: number): SitePath {
  return `${ISSUES}${number}/` as SitePath;
}

/** `/issues/12/issue.txt`: an issue as it is sent by mail. */
export function issueTextPath(number: number): SitePath {
  return beside(issuePath(number), 'issue.txt');
}

/** `/issues/12.json`: an issue as data. */
export function issueJsonPath(number: number): SitePath {
  return `${ISSUES}${number}.json` as SitePath;
}

/** The feeds of issues, as Atom and as JSON Feed. */
export const ISSUES_ATOM = '/feeds/issues.atom' as SitePath;
export const ISSUES_JSON = '/feeds/issues.json' as SitePath;

/** The feed of what was wrong in issues. */
export const CORRECTIONS_FEED = '/feeds/corrections.atom' as SitePath;

/** `/topics/`: all topics by which sections are filed. */
export const TOPICS = '/topics/' as SitePath;

/** `/topics/SLUG/`: the sections on a topic; names of it that differ in case and marks alone lead to one page. */
export function topicPath(name: string): SitePath {
  return `${TOPICS}${topicKey(name)}/` as SitePath;
}

/** `/corrections/`: what was wrong in issues. */
export const CORRECTIONS = '/corrections/' as SitePath;

/** The anchor of a correction among all: it stays, whatever is corrected later. */
export function correctionAnchor(
  issue: number,
  section: string | undefined,
  date: string,
  was: string,
): string {
  return `c${sha1([issue, section ?? '', date, was].join('/')).slice(0, 12)}`;
}

/** `/stats/`: what is counted, over all time. */
export const STATISTICS = '/stats/' as SitePath;

/** `/series/`: all series. */
export const SERIES_LIST = '/series/' as SitePath;

/**
 * `/series/SLUG/`: a series by the title and id of one of its versions, `remove-in-kernel-calls-3fa9c1d2`. The
 * digits keep two series with one title apart, and the address the same whatever else the archive holds.
 */
export function seriesPath(title: string, id: MessageId): SitePath {
  return `/series/${slug(slugWords(title), anchor(id).slice(1, 9))}/` as SitePath;
}

/** `/people/`: everybody who is quoted. */
export const PEOPLE_LIST = '/people/' as SitePath;

/** Somebody whose page needs an address: the key is nobody else's, and may be told. */
export interface Named {
  readonly key: string;
  readonly name: string;
}

/**
 * `/people/SLUG/` by key, given people by their first message. A name of several words, `ada-cedar`, goes to whoever
 * was the first to write under it, as they stay the first whatever mail comes later. Everybody else of that name has
 * digits of their key behind it, `ada-cedar-3fa9c1d2`, and so has whose name is one word, or none in Latin letters:
 * that is anybody's name, or one that a file system keeps for itself.
 */
export function personPaths(people: Iterable<Named>): ReadonlyMap<string, SitePath> {
  const paths = new Map<string, SitePath>();
  const taken = new Set<string>();
  for (const { key, name } of people) {
    const words = slugWords(inPlainLetters(name));
    const digits = sha1(key);
    // Eight digits can be forged to be somebody else's.
    const choices = [slug(words, digits.slice(0, 8)), slug(words, digits)];
    if (words.includes('-')) choices.unshift(words);
    const free = choices.find(one => !taken.has(one))!;
    taken.add(free);
    paths.set(key, `/people/${free}/` as SitePath);
  }
  return paths;
}

function slug(words: string, digits: string): string {
  return words === '' ? digits : `${words}-${digits}`;
}

/** A path or file that is no message's: `fixedPath('/feeds/threads.atom')`. */
export function fixedPath(path: `/${string}`): SitePath {
  return path as SitePath;
}

/** A file beside a page: `beside(page, 'raw.txt')`. */
export function beside(page: SitePath, file: string): SitePath {
  return `${page}${file}` as SitePath;
}

/** A file that lies beside a thread's `T/`: `besideThread(thread, 't.mbox.gz')`. */
export function besideThread(thread: SitePath, file: string): SitePath {
  return thread.replace(/T\/$/, file) as SitePath;
}

/**
 * A path as a link under the site's prefix. Kept as they are: letters, digits and `-._~!$&'()*+,;=:@`, the
 * characters of a path segment (RFC 3986, 3.3) and public-inbox's choice; the rest is percent-encoded UTF-8.
 */
export function href(prefix: string, path: SitePath, fragment = ''): string {
  const encoded = path.replace(/[^A-Za-z0-9\-._~!$&'()*+,;=:@/]/gu, encodeURIComponent);
  return `${prefix}${encoded.slice(1)}${fragment === '' ? '' : `#${fragment}`}`;
}

/** The file of a page in the output folder, relative to it: `linux-example/20180305@example.org/index.html`. */
export function outputFile(path: SitePath): string {
  const relative = path.slice(1);
  return relative === '' || relative.endsWith('/') ? `${relative}index.html` : relative;
}

/** The path of the page that is in a file of the site; undefined of a file that is no page in a folder of its own. */
export function pageIn(file: SitePath): SitePath | undefined {
  return file.endsWith('/index.html') ? (file.slice(0, -'index.html'.length) as SitePath) : undefined;
}

/** ext4 and most others hold names of 255 bytes; archives and Windows shares of the site need some of them. */
const MAX_SEGMENT_BYTES = 200;

/**
 * Whether an id can be a folder's name and a URL's segment on every host. Hosts decode `%2F` and `%25` on
 * their own accord, servers hide names with a leading dot, and an id without `@` could be a month or a page.
 */
function isPlain(id: MessageId): boolean {
  return (
    /^[^./%\\\p{Cc}\p{Cs}][^/%\\\p{Cc}\p{Cs}]*$/u.test(id) &&
    id.includes('@') &&
    Buffer.byteLength(id) <= MAX_SEGMENT_BYTES
  );
}

function sha1(text: string): string {
  return createHash('sha1').update(text, 'utf8').digest('hex');
}
