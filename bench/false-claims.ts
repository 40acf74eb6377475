import { createHash } from 'node:crypto';
import type { BriefMessage, BriefThread } from '../briefs/thread.ts';
import type { Block } from '../mail/body.ts';
import type { Person } from '../mail/people.ts';
import { withoutMarks } from '../mail/quote-marks.ts';

/** A sentence that somebody wrote. */
export interface Sample {
  readonly text: string;
  readonly message: BriefMessage;
  readonly thread: BriefThread;
}

/** What is said of a sentence: these words, of this message, by this person. */
export interface Claim {
  readonly text: string;
  readonly of: BriefMessage;
  readonly by: Person;
}

/** Makes a claim of a sample; undefined where none of its kind can be made of it. */
export type Claimant = (sample: Sample) => Claim | undefined;

/** True claims, by name. */
export const TRUE_CLAIMS: readonly (readonly [string, Claimant])[] = [
  ['as it stands', altered(text => text)],
  ['without its first and last word', altered(text => words(text, 5)?.slice(1, -1).join(' '))],
  ['with a cut', altered(cut)],
  ['in other quotation marks and blanks', altered(typeset)],
];

/** False claims, by name. */
export const FALSE_CLAIMS: readonly (readonly [string, Claimant])[] = [
  ['one word swapped', untrue(swapped)],
  [
    'one word left out',
    untrue(text =>
      words(text, 5)
        ?.filter((_, at, all) => at !== all.length >> 1)
        .join(' '),
    ),
  ],
  ['negation flipped', untrue(negated)],
  ['a number changed', untrue(text => changed(text, /\d/, digit => String((Number(digit) + 1) % 10)))],
  ['the case of a word changed', untrue(text => changed(text, /\b[a-z]{3}/, word => word.toUpperCase()))],
  ['a cut that turns the order', untrue(turned)],
  ['another speaker', otherSpeaker],
  ['another message of the thread', otherMessage],
  ['who only quotes it', quoter],
];

/** A number below `limit`, always the same for a seed. */
export function chance(seed: string, limit: number): number {
  return createHash('sha1').update(seed).digest().readUInt32BE() % limit;
}

/** Whether `text` stands in what a message says itself, white space aside, in its order where it is cut. */
function isSaid(text: string, { blocks }: BriefMessage): boolean {
  const own = flat(blocks.filter(({ kind }) => kind !== 'quote'));
  const [first, second] = text.split(' […] ');
  const at = own.indexOf(first!);
  return at !== -1 && (second === undefined || own.includes(second, at));
}

function flat(blocks: readonly Block[]): string {
  return blocks
    .flatMap(({ lines }) => lines.map(withoutMarks))
    .join(' ')
    .replace(/\s+/g, ' ');
}

function altered(change: (text: string) => string | undefined): Claimant {
  return ({ text, message }) => {
    const other = change(text);
    return other === undefined ? undefined : { text: other, of: message, by: message.author };
  };
}

/** What was changed may stand elsewhere in the message; then it is true. */
function untrue(change: (text: string) => string | undefined): Claimant {
  const claimant = altered(change);
  return sample => {
    const claim = claimant(sample);
    return claim && claim.text !== sample.text && !isSaid(claim.text, sample.message) ? claim : undefined;
  };
}

function words(text: string, least: number): readonly string[] | undefined {
  const all = text.split(' ');
  return all.length < least ? undefined : all;
}

/** A cut may leave out so many characters. */
const LONGEST_CUT = 600;

function cut(text: string): string | undefined {
  const all = text.length > LONGEST_CUT ? undefined : words(text, 9);
  return all && [...all.slice(0, 3), '[…]', ...all.slice(-3)].join(' ');
}

function turned(text: string): string | undefined {
  const all = words(text, 9);
  return all && [...all.slice(-4), '[…]', ...all.slice(0, 4)].join(' ');
}

function typeset(text: string): string {
  return text
    .replace(/"([^"]*)"/g, '“$1”')
    .replaceAll("'", '’')
    .replaceAll('...', '…')
    .replaceAll(' - ', ' — ')
    .replaceAll(' ', '\u00a0');
}

const SWAPS = ['however', 'timer', 'never', 'always', 'driver', 'removed', 'better', 'broken'];

function swapped(text: string): string | undefined {
  const all = text.split(' ');
  const places = all.flatMap((word, at) => (/^[a-z]{3,}$/.test(word) ? [at] : []));
  if (places.length === 0) return undefined;
  const at = places[chance(text, places.length)]!;
  const word = SWAPS[chance(`${text} `, SWAPS.length)]!;
  return all.with(at, word).join(' ');
}

function negated(text: string): string | undefined {
  const without = text.replace(/ not\b|n't\b| never\b/, '');
  if (without !== text) return without;
  return changed(
    text,
    /\b(?:is|are|was|were|will|can|could|should|would|must|may|do|does|did|has|have)\b/,
    verb => `${verb} not`,
  );
}

function changed(text: string, what: RegExp, change: (found: string) => string): string | undefined {
  return what.test(text) ? text.replace(what, change) : undefined;
}

function otherSpeaker({ text, message, thread }: Sample): Claim | undefined {
  const others = thread.messages
    .map(({ author }) => author)
    .filter(({ key, name }) => key !== message.author.key && name !== message.author.name);
  return others.length === 0 ? undefined : { text, of: message, by: others[chance(text, others.length)]! };
}

function otherMessage({ text, message, thread }: Sample): Claim | undefined {
  const others = thread.messages.filter(one => one !== message && !isSaid(text, one));
  return others.length === 0
    ? undefined
    : { text, of: others[chance(text, others.length)]!, by: message.author };
}

function quoter({ text, message, thread }: Sample): Claim | undefined {
  const quoting = thread.messages.find(
    one =>
      one.author.key !== message.author.key &&
      !isSaid(text, one) &&
      flat(one.blocks.filter(({ kind }) => kind === 'quote')).includes(text),
  );
  return quoting && { text, of: quoting, by: quoting.author };
}
