import { citation, inlineQuotation } from '../citations.ts';
import type { Hearing, Said, Statement } from '../facts/statements.ts';
import type { BriefMessage } from '../thread.ts';
import type { Cast } from './cast.ts';
import { type Passage, wordsOf } from './passage.ts';
import type { Telling } from './telling.ts';
import { isEarlierDay, later, nth, onDay, uncapitalized, vary } from './wording.ts';

/** What a story has come to when somebody is about to be quoted. */
export interface Scene {
  /** Whose words were told last, and of which message. */
  readonly last: Said | undefined;
  /** When that was, in seconds since 1970 UTC. */
  readonly time: number;
  /** The people who were quoted, by key. */
  readonly heard: ReadonlySet<string>;
  /** Whether the paragraph may yet say whom somebody answers. */
  readonly mayAddress: boolean;
  readonly lastVerb: string;
  /** How the story last passed on to another day. */
  readonly lastDay: string | undefined;
}

/** All that stands before a quotation. */
export interface Lead {
  readonly words: string;
  readonly verb: string;
  /** Whether it says whom somebody answers. */
  readonly addresses: boolean;
  /** How it passes on to another day. */
  readonly day?: string | undefined;
}

/** Verbs for a quotation, by how somebody comes to speak; none says what they felt. */
const MANNERS = {
  begin: ['wrote', 'explained'],
  reply: ['replied', 'answered', 'said'],
  speak: ['wrote', 'said', 'noted', 'remarked'],
  goesOn: ['added', 'continued'],
} as const;
type Manner = keyof typeof MANNERS;
const ASKS = ['asked'];
const ASKS_ON = ['also asked', 'went on to ask'];
const REASON = /\b(?:because|the reason)\b/i;

/** Who says a passage, when, and to what; `answered` is what it answers, where the story puts that in front. */
export function leadOf(telling: Telling, scene: Scene, passage: Passage, answered?: Passage): Lead {
  const { cast } = telling;
  const { message } = passage.said;
  const verb = verbOf(passage.statements[0]!, mannerOf(telling, scene, passage, answered), scene, message.id);
  if (scene.last === passage.said)
    return { words: `${cast.name(message.author)} ${verb}`, verb, addresses: false };
  const patch = answered ? undefined : patchWords(telling, scene, passage.said);
  const whom = answered
    ? answeredWords(answered, cast)
    : patch
      ? undefined
      : whomWords(telling, scene, passage.said);
  const when = dayOn(scene, message.received);
  const words = [
    patch ?? whom ?? dayWords(when, isEarlierDay(message.received, scene.time)),
    cast.name(message.author),
    verb,
    (patch ?? whom) && when && uncapitalized(when),
  ];
  return { words: words.filter(Boolean).join(' '), verb, addresses: whom !== undefined, day: when };
}

/** How the story passes on to a day, not in the same words twice. */
function dayOn({ time, lastDay }: Scene, to: number): string | undefined {
  const when = later(time, to);
  return when === lastDay ? when && onDay(to, time) : when;
}

function dayWords(when: string | undefined, isBack: boolean): string | undefined {
  return when && (isBack ? `Elsewhere, ${uncapitalized(when)},` : `${when},`);
}

/** How somebody speaks who does nothing that has a verb of its own. */
function mannerOf(
  { hearing }: Telling,
  { last, heard }: Scene,
  { said: { message } }: Passage,
  answered: Passage | undefined,
): Manner {
  if (answered) return 'reply';
  const parent = parentOf(hearing, message);
  const ownWords = [last, parent].some(one => one?.message.author.key === message.author.key);
  if (ownWords && heard.has(message.author.key)) return 'goesOn';
  if (ownWords && !last) return 'begin';
  if (parent && parent === (last ?? hearing.said[0])) return 'reply';
  return last ? 'speak' : 'begin';
}

function verbOf({ cues, sentence }: Statement, manner: Manner, { lastVerb }: Scene, seed: string): string {
  const choices = (): readonly string[] => {
    if (cues.has('asks') || sentence.text.endsWith('?')) return manner === 'goesOn' ? ASKS_ON : ASKS;
    if (cues.has('agrees')) return ['agreed'];
    if (cues.has('suggests')) return ['suggested', 'proposed'];
    if (cues.has('measures')) return ['reported'];
    if (cues.has('promises') && manner === 'reply') return ['promised'];
    return manner === 'reply' && REASON.test(sentence.text) ? ['explained', 'replied'] : MANNERS[manner];
  };
  return vary(choices(), seed, lastVerb);
}

/** What somebody answers, in front of their own words. */
function answeredWords(answered: Passage, cast: Cast): string {
  const { id, author } = answered.said.message;
  const words = wordsOf(answered);
  const who = cast.name(author);
  return words.endsWith('?')
    ? `${who} had asked, ${inlineQuotation(words, id)}`
    : `Where ${who} had written, ${inlineQuotation(words, id, true)},`;
}

/** The patch that somebody speaks in or of, where that was not told last. */
function patchWords({ hearing }: Telling, { last }: Scene, said: Said): string | undefined {
  if (said !== hearing.said[0] && patchNumber(said) > 0) return `In ${patchCitation(said)},`;
  const parent = newParent(hearing, last, said);
  return parent && patchNumber(parent) > 0 ? `On ${patchCitation(parent)},` : undefined;
}

/** To whom somebody speaks, where it is neither whoever was told last nor whoever began. */
function whomWords({ hearing, cast }: Telling, scene: Scene, said: Said): string | undefined {
  const parent = newParent(hearing, scene.last, said);
  if (!parent?.message.subject.reply || !scene.mayAddress) return undefined;
  const { author } = parent.message;
  const isOther = [said, scene.last].every(one => one?.message.author.key !== author.key);
  return isOther && scene.heard.has(author.key) ? `To ${cast.name(author)},` : undefined;
}

/** What a message answers, where readers cannot tell: of several answers to one message, the first has said to what. */
function newParent(hearing: Hearing, last: Said | undefined, said: Said): Said | undefined {
  const parent = parentOf(hearing, said.message);
  return parent === last || (last && parent === parentOf(hearing, last.message)) ? undefined : parent;
}

function patchCitation(said: Said): string {
  return citation(`the ${nth(patchNumber(said))} patch`, said.message.id);
}

/** The place of the patch that a message offers in its series; 0 where it offers none, or a cover letter. */
function patchNumber({ offers, patch }: Said): number {
  return offers ? patch : 0;
}

function parentOf({ of }: Hearing, { parent }: BriefMessage): Said | undefined {
  return parent === undefined ? undefined : of.get(parent);
}
