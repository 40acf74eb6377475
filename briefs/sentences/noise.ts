import { isGreeting } from './farewell.ts';
import { isOfProgram } from './programs.ts';
import { countWords } from './words.ts';

const SAID = /\b(?:wrote|writes|said|schrieb|écrit|escribió)\s?:$/iu;
/** `Ada Example stated the following on Mon, 5 Mar 2018 at 10:00 :` */
const ATTRIBUTION =
  /^(?=.{0,200}:$).*\b(?:wrote|writes|said|says|stated|typed|scribbled|opined)\b[^.?!]{0,90}\b\d{4}\b[^?!]{0,40}:$/i;
/** What trackers put over a quotation: `(In reply to Ada Example from comment #3)`. */
const IN_REPLY = /^\(in reply to [^)]{1,80}\)$/i;
/** What `git format-patch` puts on the first line for somebody else's patch. */
const IN_BODY_FROM = /^From: [^<>]{0,100}<[^<>\s]{1,200}>/;
/** `Changes since v2:`, `v3:`, `Changelog:`. */
const HEADING =
  /^[\s*#=-]{0,6}(?:(?:changes?|changelog|change log|differences|history|what's new)(?: (?:in|since|from|for|to|of|between) .{0,30})?\s?:|changes? (?:in|since|from) (?:v\d|rfc|last|previous).{0,30}|(?:patch ?|rfc ?)?v\d{1,3}(?: ?(?:->|→|=>) ?v\d{1,3})?\s?:?)$/i;
const CONTACT =
  /^(?:(?:tel|phone|mobile|mob|cell|fax|e-?mail|irc|gpg|pgp)\b.{0,12}:|\+?\d[\d ()/.-]{7,}$|<?[\w.+-]{1,64}@[\w.-]{1,200}>?$)/i;
const STATEMENT = /[;{}\\]$|^[{}]/;
/** What a shell shows, settings that are commented out; headings of Markdown. */
const PROMPT = /^(?:\$|#{1,6}) \S/;
const LETTER = /\p{L}/gu;
const PLAIN_WORD = /^["'“‘(]{0,2}\p{L}[\p{L}'’-]*[,.;:!?)"'”’。！？，、；：]{0,3}$/u;
/** Scripts without blanks have whole sentences where others have words. */
const UNPARTED = /^["'“‘「『（]{0,2}[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
const HAS_LETTER = /\p{L}/u;
const ENDS = /(?:[.!?…:。！？]["'”’)\]」』）]{0,3}|[.!?] [:;]-?[()DPp/|])$/u;

/** Of fewer plain words among its words a line is code or a log. */
const MIN_PLAIN = 0.4;
/** With fewer of them it must have letters enough besides, and must not end as a statement does. */
const ENOUGH_PLAIN = 3;
const MIN_LETTERS = 0.45;
/** Sentences of fewer words say something only beside others: `Applied, thanks.`, `Will do.` */
const MIN_WORDS = 3;
/** So many are judged. */
const MAX_JUDGED = 400;
/** A heading has no more words. */
const MAX_HEADING = 3;

/** Whether a line stands over a list of changes. */
export function isHeading(text: string): boolean {
  return text.length <= MAX_JUDGED && HEADING.test(text);
}

/** Whether words are none of a mail's matter: greetings, headings, addresses, rulers, lines of programs. */
export function isNoise(text: string): boolean {
  const judged = text.slice(0, MAX_JUDGED);
  const words = wordsOf(judged);
  if (PROMPT.test(text) || !isProse(words, text)) return true;
  if (isGreeting(text) || isHeading(text) || CONTACT.test(judged) || IN_REPLY.test(judged)) return true;
  if (IN_BODY_FROM.test(judged) || isOfProgram(judged)) return true;
  if (judged.endsWith(':') && ATTRIBUTION.test(judged)) return true;
  return text.endsWith(':') && (words.length <= MAX_HEADING || SAID.test(text.slice(-20)));
}

/** Whether `words`, those of a text that are judged, are prose. */
function isProse(words: readonly string[], text: string): boolean {
  const least = Math.max(1, words.length * MIN_PLAIN);
  const enough = Math.max(ENOUGH_PLAIN, least);
  let plain = 0;
  for (const word of words) {
    if (PLAIN_WORD.test(word) || UNPARTED.test(word)) plain++;
    if (plain >= enough) return true;
  }
  if (plain < least || STATEMENT.test(text)) return false;
  const judged = words.join(' ');
  return (judged.match(LETTER)?.length ?? 0) >= judged.length * MIN_LETTERS;
}

/** Whether a sentence says something by itself. */
export function isTelling(text: string): boolean {
  const words = wordsOf(text.slice(0, MAX_JUDGED)).filter(word => HAS_LETTER.test(word));
  return countWords(words.join(' ')) >= MIN_WORDS;
}

/** Whether words end as sentences do. */
export function isClosed(text: string): boolean {
  return ENDS.test(text.slice(-8));
}

/** What blanks part, but for addresses. */
function wordsOf(text: string): readonly string[] {
  const words = text.split(' ').filter(word => word !== '');
  return text.includes('://') ? words.filter(word => !word.includes('://')) : words;
}
