import type { Block } from '../block.ts';
import { appliedBy, listedIn, mergedBy, namesTree, type Scope } from './applied.ts';
import { isNack, isObjection, speaksOfSeries } from './objections.ts';
import { ownSentences, type Sentence } from './own-sentences.ts';
import { withdrawnBy } from './withdrawals.ts';

/** What a message says of the patches it answers. */
export interface Review {
  readonly kind: ReviewKind;
  /** The sender's own words that say it, word for word, wraps folded: a sentence, or a trailer. */
  readonly words: string;
  /** Which patches it is of. */
  readonly scope: Scope;
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

/** Who says it: a program; or the patches' own author, who does not review them. And where, as far as that is known. */
export interface Reviewer {
  readonly robot: boolean;
  readonly author: boolean;
  /** Whether a patch or cover letter is answered, and not an answer to one. */
  readonly direct?: boolean;
  /** The version of the patches. */
  readonly version?: number;
}

/**
 * What an answer says of patches, in the order of its lines, each kind's first but for trailers. Read from the
 * sender's own lines alone: most that says NAK in a mail is quoted. The expressions are narrow, since a verdict
 * that nobody gave is worse than one that is missed.
 */
export function reviewsOf(blocks: readonly Block[], reviewer: Reviewer): readonly Review[] {
  const said = ownSentences(blocks).flatMap(sentence => {
    const review = reviewIn(sentence, reviewer);
    return review ? [review] : [];
  });
  const given = reviewer.author || reviewer.robot ? [] : trailersOf(blocks);
  return [...given, ...withList(firstOf(said), blocks)];
}

function reviewIn(
  sentence: Sentence,
  { robot, author, direct = false, version }: Reviewer,
): Review | undefined {
  const { words, next, underQuote } = sentence;
  if (robot) {
    const scope = mergedBy(words);
    return scope && { kind: 'merged', words, scope };
  }
  if (author) {
    const withdrawn = withdrawnBy(words, version);
    // "Please ignore this" under an answer is about that answer.
    if (withdrawn && (direct || withdrawn !== 'answered'))
      return { kind: 'withdrawn', words, scope: withdrawn };
    const applied = appliedBy(words);
    // "Applied, thanks" may be of advice; maintainers say where they put their own patches, too.
    return applied && namesTree(words) ? { kind: 'applied', words, scope: applied } : undefined;
  }
  if (isNack(words)) return { kind: 'nacked', words: withReason(words, next), scope: scopeOf(words) };
  const scope = appliedBy(words);
  if (scope) return { kind: 'applied', words, scope };
  if (!isObjection(words, direct && underQuote)) return undefined;
  return { kind: 'objected', words, scope: scopeOf(words) };
}

function scopeOf(words: string): Scope {
  return speaksOfSeries(words) ? 'all' : 'answered';
}

/** A verdict that is shorter is shown with the sentence behind it, which says why. */
const SHORT_VERDICT = 20;

function withReason(verdict: string, reason: string | undefined): string {
  return verdict.length < SHORT_VERDICT && reason !== undefined ? `${verdict} ${reason}` : verdict;
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

const SIGNED_OFF = /^\s{0,20}Signed-off-by:/i;

/** Whether the words of a review are a trailer. */
export function isTrailer({ words }: Review): boolean {
  return TRAILER.test(words);
}

/** The trailers by which an answer acks, reviews, tests or refuses patches, in order. */
export function trailersOf(blocks: readonly Block[]): readonly Review[] {
  const found: Review[] = [];
  for (const { kind, lines } of blocks) {
    // Some set them in, or put words around them, so that they are no block of trailers.
    if (kind !== 'trailers' && kind !== 'text') continue;
    const words = lines.map(line => line.trim()).filter(line => TRAILER.test(line));
    // Beside a sign-off they are those of a patch that was pasted, and others gave them.
    if (words.length === 0 || lines.some(line => SIGNED_OFF.test(line))) continue;
    for (const one of words) found.push({ kind: trailerKind(one), words: one, scope: 'answered' });
  }
  return found;
}

function trailerKind(trailer: string): ReviewKind {
  return TRAILER_KINDS[TRAILER.exec(trailer)![1]!.toLowerCase()]!;
}

/** Where it is listed what was taken, the list knows better than a sentence. */
function withList(reviews: readonly Review[], blocks: readonly Block[]): readonly Review[] {
  const isTaken = ({ kind }: Review) => kind === 'applied' || kind === 'merged';
  const listed = reviews.some(isTaken) ? listedIn(blocks) : undefined;
  return listed ? reviews.map(one => (isTaken(one) ? { ...one, scope: listed } : one)) : reviews;
}

function firstOf(reviews: readonly Review[]): readonly Review[] {
  return [...new Map(reviews.toReversed().map(review => [review.kind, review])).values()].toReversed();
}
