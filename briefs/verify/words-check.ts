import type { MessageId } from '../../mail/message-id.ts';
import type { Person } from '../../mail/people.ts';
import { speakerOfSaidUrl } from '../citations.ts';
import { plainBrackets } from './brackets.ts';
import { fold } from './folding.ts';
import type { Held, HeldMessage } from './held.ts';
import { findWords, literalWords, longestStart, MAX_CUTS, MAX_GAP } from './matching.ts';
import type { ReadQuotation } from './passages.ts';

/** Whether the words of a quotation are the cited message's. */
export type Verdict =
  | 'ok'
  | 'unverified' // it names a speaker and no message: an old newsletter's, of mail that is not held
  | 'no-source' // a block without a last line that names its source
  | 'elsewhere' // it links to something else than mail
  | 'bad-id' // the `mid:` URL cannot be read
  | 'no-such-message'
  | 'unread' // the message is of a thread that was not given
  | 'empty' // there are no words of the mail
  | 'markup' // there are tags, pictures, struck words: a page would not show what the mail says
  | 'quoted-by-cited' // the message quotes them from somebody else
  | 'wrong-message' // they are another message's
  | 'not-found';

/** What was found of a quotation's words. */
export interface WordCheck {
  readonly verdict: Verdict;
  /** One sentence, or empty where all is well. */
  readonly why: string;
  /** Of words that are the cited message's, that message. */
  readonly source?: HeldMessage;
  /** How many of them are the mail's: those in an editor's brackets are not. */
  readonly words?: number;
  /** Whether they are the mail's only without the emphasis they have here. */
  readonly emphasized?: boolean;
  /** Whether an editor's brackets stand for a word that denies. */
  readonly negated?: boolean;
}

/** Checks whether a quotation's words are the cited message's. `isSpeaker` is asked for whom they are meant to be. */
export function checkWords(
  quotation: ReadQuotation,
  held: Held,
  isSpeaker: (person: Person) => boolean,
): WordCheck {
  const { text } = quotation;
  const message = citedMessage(quotation, held);
  if (!('message' in message)) return message;
  if (text.markup) return MARKUP;
  const [written, shown] = [fold(text.written), fold(text.shown)];
  if (countWords(shown) === 0) return EMPTY;
  const readings = written === shown ? [shown] : [written, shown];
  const found = readings.find(reading => findWords(message.own, reading));
  if (found === undefined) return notHere(message, readings, held, isSpeaker);
  const emphasized = text.emphasis && found !== written;
  // Whole in brackets they stand in the mail as they are, brackets and all.
  const words = countWords(literalWords(shown)) || countWords(shown);
  const negated = hidesNegation(message.own, found);
  return { verdict: 'ok', why: '', source: message, words, emphasized, negated };
}

const DENIES = /\b(?:not|never|no|nor|cannot|without|hardly)\b|n't\b/gi;
/** Of a longer cut, what it denies is mostly said of something else. */
const MAX_HIDDEN = 60;

/** Whether the mail denies more than `words` show, folded, that leave out little of it. */
function hidesNegation(own: string, words: string): boolean {
  if (!words.includes('[')) return false;
  const { start, end } = findWords(own, words)!;
  const said = own.slice(start, end);
  const count = (text: string) => text.match(DENIES)?.length ?? 0;
  return said.length - literalWords(words).length <= MAX_HIDDEN && count(said) > count(words);
}

const MARKUP: WordCheck = {
  verdict: 'markup',
  why: 'The quotation has tags, pictures or struck words, which no mail has; write "\\<", "\\!" or "\\~" for its own characters.',
};
const EMPTY: WordCheck = {
  verdict: 'empty',
  why: 'The quotation has no words; quote some, or cite without quotation marks.',
};

export function badId(url: string): string {
  return `${url} names no Message-ID; write "mid:" and the id, percent-encoded.`;
}

export function noSuchMessage(id: MessageId): string {
  return `The archive has no message <${id}>; correct the id, or import the mail.`;
}

function countWords(text: string): number {
  return text.split(' ').filter(word => /[\p{L}\p{N}]/u.test(word)).length;
}

function citedMessage({ url, id, name }: ReadQuotation, held: Held): HeldMessage | WordCheck {
  if (speakerOfSaidUrl(url) !== undefined || (url === undefined && name !== undefined))
    return { verdict: 'unverified', why: '' };
  if (url === undefined) {
    const why = 'The quotation names no source; end it with a line "> — [Name](mid:ID)".';
    return { verdict: 'no-source', why };
  }
  if (!/^mid:/i.test(url)) {
    const why = `The quotation is of ${url}, which is not checked; quote mail by "mid:ID".`;
    return { verdict: 'elsewhere', why };
  }
  if (id === undefined) return { verdict: 'bad-id', why: badId(url) };
  const message = held.message(id);
  if (message) return message;
  return held.exists(id)
    ? { verdict: 'unread', why: `<${id}> is of a thread that was not read; check with that thread too.` }
    : { verdict: 'no-such-message', why: noSuchMessage(id) };
}

/** Tells of words that are not the cited message's own whose they are, as far as its thread tells. */
function notHere(
  cited: HeldMessage,
  readings: readonly string[],
  held: Held,
  isSpeaker: (person: Person) => boolean,
): WordCheck {
  const { id, author } = cited.message;
  const has = (text: string) => readings.some(reading => findWords(text, reading));
  const sources = held.threadOf(id)!.messages.filter(one => one !== cited && has(one.own));
  const source = (sources.find(one => isSpeaker(one.message.author)) ?? sources[0])?.message;
  if (has(cited.quoted)) {
    const whose = source
      ? `they are ${source.author.name}'s, of <${source.id}>; cite that message.`
      : 'whose they are is not known; quote them from their own message.';
    return { verdict: 'quoted-by-cited', why: `${author.name} only quotes these words in <${id}>: ${whose}` };
  }
  if (source) {
    const why = `The words are not of <${id}> but of <${source.id}>, by ${source.author.name}; cite that message.`;
    return { verdict: 'wrong-message', why };
  }
  const why = `${author.name} does not say that in <${id}>: ${difference(cited.own, readings[0]!)}`;
  return { verdict: 'not-found', why };
}

/** Less than that agrees by chance. */
const AGREEING_WORDS = 3;
const SHOWN_CHARACTERS = 40;

/** Where the words part from the mail, and what to do. */
function difference(own: string, words: string): string {
  if (words.split('[').length - 1 > MAX_CUTS) return `it has more than ${MAX_CUTS} brackets; quote less.`;
  const plain = plainBrackets(words);
  const { length, next } = longestStart(own, plain);
  const agreed = plain.slice(0, length).lastIndexOf(' ') + 1;
  if (countWords(plain.slice(0, agreed)) < AGREEING_WORDS) return 'quote its words as they stand there.';
  const before = plain.slice(Math.max(0, agreed - SHOWN_CHARACTERS), agreed).trim();
  const from = next - (length - agreed);
  const behind = own
    .slice(from, from + SHOWN_CHARACTERS)
    .replace(/\ufffc.*/s, '')
    .trim();
  return `behind "…${before}" the mail goes on "${behind}…"; quote that, or mark a cut of at most ${MAX_GAP} characters by […].`;
}
