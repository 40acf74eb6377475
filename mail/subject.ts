import { onOneLine } from './blanks.ts';
import { held } from './held.ts';

/** A subject taken apart: what it is a reply to, its tags in brackets, and the words. */
export interface Subject {
  /** Whether it began with `Re:` or the like (RFC 5256, 2.1). */
  readonly reply: boolean;
  /** Whether it began with `Fwd:` or the like. */
  readonly forward: boolean;
  /** The leading tags with their brackets: `['[PATCH v3 2/7]']`. */
  readonly tags: readonly string[];
  /** What is left; `(no subject)` where nothing is. */
  readonly title: string;
}

/** The words for a message without a subject. */
export const NO_SUBJECT = '(no subject)';

// RFC 5256, 2.1: Re, perhaps with a count and blanks before the colon; and what mailers of other languages write.
const REPLY = /^(?:re|aw|sv|antw|vs|odp|r|回复|回覆|答复|答覆) ?(?:\[\d+\] ?|\(\d+\) ?)?[:：]\s*/i;
const FORWARD = /^(?:fwd?|wg|tr|转发|轉寄) ?[:：]\s*/i;
/** Some put brackets into brackets: `[PATCH [v4] 2/3]`. */
const TAG = /^\[((?:[^[\]]|\[[^[\]]{1,30}\]){1,60})\]\s*/;
/** What stands in brackets elsewhere: `PATCH v2 1/3:`, `GIT PULL:`. Who writes `Patch:` means a word. */
const BARE_TAG =
  /^((?:(?:RFC|RESEND) ){0,2}(?:PATCH|GIT PULL)(?: (?:RFC|RESEND|[vV]\d{1,3}|\d{1,4}\/\d{1,4})){0,4}):\s*/;
/** No honest subject has more prefixes; the bound keeps a hostile one from being read forever. */
const MAX_PREFIXES = 32;

/** A thread's messages have few subjects, and each is looked at again and again: some 20 MB are held. */
export const MOST_HELD = 50_000;

/** `subject` taken apart: reply and forward prefixes, tags and title, in any order of the first two. */
export const parseSubject: (subject: string) => Subject = held(takeApart, MOST_HELD);

function takeApart(subject: string): Subject {
  const tags: string[] = [];
  let rest = onOneLine(subject);
  let [reply, forward] = [false, false];
  for (let count = 0; count < MAX_PREFIXES; count++) {
    const replied = REPLY.exec(rest);
    const prefix = replied ?? FORWARD.exec(rest);
    const tag = TAG.exec(rest) ?? BARE_TAG.exec(rest);
    if (prefix) {
      if (replied) reply = true;
      else forward = true;
      rest = rest.slice(prefix[0].length);
    } else if (tag) {
      tags.push(`[${tag[1]!.trim()}]`);
      rest = rest.slice(tag[0].length);
    } else break;
  }
  // A subject of tags alone keeps them as its words.
  if (rest === '' && tags.length > 0) return { reply, forward, tags: tags.slice(0, -1), title: tags.at(-1)! };
  return { reply, forward, tags, title: rest === '' ? NO_SUBJECT : rest };
}

/** `(was: Close calls)`, `[was Re: Close calls]` at the end; some forget the bracket that closes. */
const WAS = /\s*[([]\s*was\b ?[:：]?\s*([^()[\]].*?)\s*[)\]]?\s*$/i;
/** What forwarding adds behind the words (RFC 5256, 2.1). */
const FORWARDED = /\s*\((?:fwd?)\)\s*$/i;

/**
 * The words of a title by which threads and series are compared: without what it was called before, in lower
 * case. Empty for `(no subject)`, which is like nothing else.
 */
export function baseTitle(title: string): string {
  if (title === NO_SUBJECT) return '';
  const now = title.replace(WAS, '').replace(FORWARDED, '');
  // A run of marks is looked at from its first alone: a subject may be nothing but dashes.
  return (now === '' ? title : now).replace(/(?<![\s.:;,!-])[\s.:;,!-]+$/, '').toLowerCase();
}

/** The base title of the discussion that a title says it comes from: `close calls` of `Sockets (was: Re: Close calls)`. */
export function formerTitle(title: string): string | undefined {
  const was = WAS.exec(title)?.[1];
  return was === undefined ? undefined : baseTitle(parseSubject(was).title);
}
