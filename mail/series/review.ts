import type { Block } from '../body.ts';

/** What a message says of the patches it answers. */
export interface Review {
  readonly kind: ReviewKind;
  /** The sender's own words that say it, word for word, wraps folded: a sentence, or a trailer. */
  readonly words: string;
}

/** `merged` is a program's word, `applied` a maintainer's; `objected` is a sentence that argues, and no verdict. */
export type ReviewKind =
  | 'acked'
  | 'reviewed'
  | 'tested'
  | 'nacked'
  | 'objected'
  | 'applied'
  | 'merged'
  | 'withdrawn';

/** Who says it: a program; or the patches' own author, who neither reviews nor applies them. */
export interface Reviewer {
  readonly robot: boolean;
  readonly author: boolean;
}

/**
 * What an answer says of patches, in the order of its lines, each kind's first but for trailers. Read from the
 * sender's own lines alone: most that says NAK in a mail is quoted. The expressions are narrow, since a verdict
 * that nobody gave is worse than one that is missed.
 */
export function reviewsOf(blocks: readonly Block[], { robot, author }: Reviewer): readonly Review[] {
  if (robot) return firstOf(mergedBy(blocks));
  const own = blocks.filter(block => block.kind === 'text').flatMap(block => paragraphs(block.lines));
  const said = own.flatMap(paragraph => {
    const all = sentences(paragraph);
    return all.flatMap((words, index) => {
      const kind = author ? authorsWord(words) : readersWord(words, index === 0);
      return kind ? [{ kind, words: kind === 'nacked' ? withReason(all, index) : words }] : [];
    });
  });
  return [...(author ? [] : trailers(blocks)), ...firstOf(said)];
}

const TRAILER = /^(Acked|Reviewed|Tested|Nacked|NAKed|Nak)(?:-and-(?:Acked|Reviewed|Tested))?-by:\s*\S/i;
const TRAILER_KINDS: Readonly<Record<string, ReviewKind>> = {
  acked: 'acked',
  reviewed: 'reviewed',
  tested: 'tested',
  nacked: 'nacked',
  naked: 'nacked',
  nak: 'nacked',
};

function trailers(blocks: readonly Block[]): readonly Review[] {
  // Some set them in, or put words around them, so that they are no block of trailers.
  const lines = blocks
    .filter(({ kind }) => kind === 'trailers' || kind === 'text')
    .flatMap(block => block.lines);
  return lines.flatMap(line => {
    const words = line.trim();
    const tag = TRAILER.exec(words)?.[1]?.toLowerCase();
    return tag === undefined ? [] : [{ kind: TRAILER_KINDS[tag]!, words }];
  });
}

const MERGED =
  /\bhas been merged into\b.*|\b(?:patch|series|pull request|commit)\b.{0,40}\b(?:was|were|has been|have been) (?:applied|merged|added|pulled) (?:to|into)\b/i;

/** tip-bot, patchwork-bot and pr-tracker-bot say it in one line, before a branch or a commit. */
function mergedBy(blocks: readonly Block[]): readonly Review[] {
  const own = blocks.filter(block => block.kind === 'text').flatMap(block => paragraphs(block.lines));
  return own
    .filter(paragraph => MERGED.test(paragraph) && !/\bnot\b|\bfail|\bif\b/i.test(paragraph))
    .map(words => ({ kind: 'merged' as const, words: words.slice(0, MAX_WORDS) }));
}

const MAX_WORDS = 400;

const NACK =
  /^(?:.{0,60}[,:;] )?(?:so,? |but |then |big |one big |hard |strong |firm |a )?N(?:AC?K(?:ed)?)\b(?!\s*(?:first|it\b|and ask|packet|bit|frame))|\bconsider (?:this|that|it)(?: one)? NA/;
const NACK_NOT = /\b(?:to NA|been NA|was NA|why say|self-NA|not (?:a )?NA|enough)|\?$/;
/** Words that come before the verb of a maintainer who has taken a patch: "Thanks, all patches now applied". */
const LEAD = String.raw`(?:(?:ok(?:ay)?|thanks?(?: you)?(?:,? (?:[A-Z]\w+|both|all|a lot))?|great|nice|good|perfect|all|both|series|(?:whole )?patch(?:es)?(?: \d[\d,\- and]*)?|now|this (?:one|series|patch)|it(?:'s| is)|everything|the series|so|and|yes)[,.!:;-]*\s+){0,4}`;
const TAKEN = `(?:applied|queued(?: up)?|merged|pulled|committed|pushed(?: out)?|picked (?:this |it |that |them |these )?(?:patch(?:es)? |series |one )?up)`;
const APPLIED_START = new RegExp(
  `^${LEAD}(?:now |just |also |all )?${TAKEN}(?=[\\s.,!;:]|$)(?!\\s*\\?)`,
  'i',
);
const APPLIED_ANY = new RegExp(
  String.raw`\bI(?:'ve| have)?(?: now| just| also| only)? ${TAKEN}\b|\bI(?:'ll| will)(?: go ahead and)? (?:queue|apply|merge|pull|pick (?:this|it|that|them|these)(?: all)? up)\b|\bapplied to (?:the )?(?:[\w.-]+/[\w./-]+|[\w-]*next|[\w-]*fixes|my (?:tree|branch)|\S+ tree)\b|\b(?:this|the) (?:patch|series|commit) (?:was|has been) (?:applied|merged)(?: in)?to\b|\bqueued (?:up )?for v?\d\.\d+`,
  'i',
);
const APPLIED_NOT =
  /\b(?:on top of (?:linus|your|my|v?\d|the)|locally|and (?:tested|tried|booted|built|it (?:works|builds))|my changes|your fix in|cleanly|when i|if i|once|after|before i|haven'?t|not (?:yet )?(?:applied|merged)|(?:should|could|can) be|to be (?:applied|merged)|(?:patch|series) to over|pulled out|while I've)\b|\?$/i;
const OBJECTED =
  /^No[.,](?:\s|$)|^No,? (?:this|that|it|we|you|I)\b|^Nope\b|\b[Tt]his (?:patch |series |approach |change )?(?:is|looks) (?:just |simply |completely |totally |clearly |plain )?(?:wrong|broken|racy|bogus|buggy|a bad idea)\b|\bI (?:really |strongly |still )?(?:don't|do not) (?:like|agree|believe|see why)\b|\bI'?a?m (?:really |still )?not (?:at all )?convinced\b|(?<!not )\b(?:a|really|very) bad idea\b|\bmakes no sense\b|\bdoes(?:n't| not) make (?:any )?sense\b|\bwill break\b|\bbreaks (?:userspace|user space|the build|existing)\b|\bI'd (?:much )?(?:rather|prefer)\b|\bmy (?:main |biggest )?(?:concern|objection)\b|\bI (?:strongly )?object\b/;

/** "NAK." and the sentence behind it, which says why. */
function withReason(all: readonly string[], index: number): string {
  const [verdict, reason] = all.slice(index);
  return verdict!.length < MIN_OBJECTION && reason !== undefined ? `${verdict} ${reason}` : verdict!;
}

const OBJECTED_NOT =
  /\bnever mind\b|\bno (?:worries|problem|need|objection)\b|^No, (?:not yet|sorry|thanks)\b|\?$/i;
/** "No." alone says nothing to whoever does not read the question. */
const MIN_OBJECTION = 20;

function isObjection(sentence: string): boolean {
  const { length } = sentence;
  return (
    length >= MIN_OBJECTION && length <= MAX_WORDS && OBJECTED.test(sentence) && !OBJECTED_NOT.test(sentence)
  );
}

function readersWord(sentence: string, opening: boolean): ReviewKind | undefined {
  if (NACK.test(sentence) && !NACK_NOT.test(sentence)) return 'nacked';
  const applied = (opening && APPLIED_START.test(sentence)) || APPLIED_ANY.test(sentence);
  if (applied && !APPLIED_NOT.test(sentence)) return 'applied';
  return isObjection(sentence) ? 'objected' : undefined;
}

const WITHDRAWN =
  /\bplease (?:ignore|drop|disregard|don't apply|do not apply) (?:this|these|that|the|my) ?(?:patch|patches|series|one|version|set|pull request|email|thread)?(?=[\s.,!;:]|$)|^(?:I(?:'m| am) )?(?:withdrawing|withdrawn)\b|^I(?:'ll| will)? withdraw (?:this|the|my)\b|^self-NA/i;

function authorsWord(sentence: string): ReviewKind | undefined {
  return WITHDRAWN.test(sentence) && !/\bif\b|\?$/.test(sentence) ? 'withdrawn' : undefined;
}

/** Lines joined to paragraphs; what is set in is code or a log. */
function paragraphs(lines: readonly string[]): readonly string[] {
  return lines
    .map(line => (/^(?:\t| {4})/.test(line) ? '' : line))
    .join('\n')
    .split(/\n\s*\n/)
    .map(text => text.replace(/\s+/g, ' ').trim())
    .filter(text => text !== '');
}

function sentences(paragraph: string): readonly string[] {
  return paragraph.split(/(?<=[.!?])\s+(?=["'(]?\p{Lu})/u);
}

function firstOf(reviews: readonly Review[]): readonly Review[] {
  return [...new Map(reviews.toReversed().map(review => [review.kind, review])).values()].toReversed();
}
