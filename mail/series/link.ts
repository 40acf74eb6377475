import type { MessageId } from '../message-id.ts';
import { treesOf } from './patch-mark.ts';
import { isSamePerson, type Mailed, type PatchSet } from './patch-set.ts';
import { areAlike, type SharedWords, titleWords, wordsInCommon } from './title-words.ts';

/** What speaks for two patch sets being versions of one piece of work. */
export interface Evidence {
  readonly kind: EvidenceKind;
  /** The message that shows it. */
  readonly proof: MessageId;
  /** For `patches`: how many titles of patches are the same, and of how many; for `similar`: words of both titles. */
  readonly shared?: SharedWords;
}

/**
 * `change-id`: both bear the name that b4 gave the series; `cited`: the later one links to the earlier as its own
 * earlier version; `title`: the same base title; `was`: the later one says that it was called so; `reply`: it was
 * sent in answer to the earlier; `patches`: titles of their patches are the same; `similar`: the same author's titles
 * have most words in common.
 */
export type EvidenceKind = 'change-id' | 'cited' | 'title' | 'was' | 'reply' | 'patches' | 'similar';

/** How far a link can be trusted. Only `possible` ones are not followed. */
export type Confidence = 'editor' | 'certain' | 'probable' | 'possible';

/** A new version; the same sent again; or a new version of some of the patches alone, as `v5.1` is. */
export type LinkKind = 'version' | 'again' | 'part';

/** What `judge` finds. */
export interface Judgement {
  readonly kind: LinkKind;
  readonly confidence: Confidence;
}

const DAY = 86_400;
/** Who goes on with something after a longer time than this says so. */
const LONG = 365 * DAY;
/** Nobody sends the same again, without a word, after such a time; it is another with the same title. */
const SOON = 60 * DAY;

/** Whether `later` is `earlier` at a later time, by the evidence for it; undefined where it is not. */
export function judge<M extends Mailed>(
  later: PatchSet<M>,
  earlier: PatchSet<M>,
  evidence: readonly Evidence[],
): Judgement | undefined {
  if (later.mark.kind !== earlier.mark.kind || treesOf(later.mark) !== treesOf(earlier.mark))
    return undefined;
  const confidence = isNewer(later, earlier)
    ? asNewVersion(later, earlier, evidence)
    : isSameVersion(later, earlier)
      ? asSameAgain(later, earlier, evidence)
      : undefined;
  if (confidence === undefined) return undefined;
  const kind = isPart(later, earlier) ? 'part' : isNewer(later, earlier) ? 'version' : 'again';
  return { kind, confidence };
}

/** How two versions compare; an RFC comes before what is meant in earnest, whatever its number. */
export function compareVersions<M extends Mailed>(a: PatchSet<M>, b: PatchSet<M>): number {
  if (a.mark.rfc !== b.mark.rfc) return a.mark.rfc ? -1 : 1;
  return a.mark.version[0] - b.mark.version[0] || a.mark.version[1] - b.mark.version[1];
}

function isNewer<M extends Mailed>(later: PatchSet<M>, earlier: PatchSet<M>): boolean {
  // Some go on counting when the RFC is over, some begin anew; and some come back to an RFC with a higher number.
  return (
    compareVersions(later, earlier) > 0 || (later.mark.rfc && later.mark.version[0] > earlier.mark.version[0])
  );
}

function isSameVersion<M extends Mailed>(later: PatchSet<M>, earlier: PatchSet<M>): boolean {
  return compareVersions(later, earlier) === 0;
}

/** Whether `later` brings only some of the patches anew: `[PATCH v5.1 3/7]`, one patch of a v2 in answer to its v1, a patch taken out. */
export function isPart<M extends Mailed>(later: PatchSet<M>, earlier: PatchSet<M>): boolean {
  if (later.cover || later.patches.length >= earlier.patches.length) return false;
  if (later.mark.version[1] > 0 || later.patches.length < later.total) return true;
  // One patch with the title of all of them is what became of them.
  const isWhole = earlier.cover && areAlike(wordsInCommon(titleWords(later), titleWords(earlier)));
  return !later.head.mark.place && !isWhole;
}

function asNewVersion<M extends Mailed>(
  later: PatchSet<M>,
  earlier: PatchSet<M>,
  evidence: readonly Evidence[],
): Confidence | undefined {
  const has = (kind: EvidenceKind) => evidence.some(one => one.kind === kind);
  const alike = has('title') || has('was');
  const shared = sharedPatches(evidence);
  const gap = later.first - earlier.first;
  const step = later.mark.version[0] - earlier.mark.version[0];
  if (has('change-id') || has('cited')) {
    if (isSameAuthor(later, earlier)) return 'certain';
    return alike || shared ? 'probable' : 'possible';
  }
  if (!isSameAuthor(later, earlier)) {
    const takenOver =
      (alike && (has('reply') || (step === 1 && gap <= LONG / 2))) || (shared && has('reply'));
    return takenOver && isSpecific(later) ? 'possible' : undefined;
  }
  if (alike && (has('reply') || shared)) return 'certain';
  // v5.1 says itself that it mends v5.
  if (shared && step === 0 && later.mark.version[1] > 0) return 'certain';
  if (alike) {
    if (!isSpecific(later)) return 'possible';
    if (gap > LONG) return step === 1 && gap <= 2 * LONG ? 'probable' : 'possible';
    return step === 1 && gap <= LONG / 2 ? 'certain' : 'probable';
  }
  if (allShared(evidence) && step === 1 && gap <= LONG) return 'certain';
  if (shared) return gap <= LONG ? 'probable' : 'possible';
  if (has('reply')) return step <= 1 ? 'probable' : 'possible';
  return has('similar') && step <= 1 && gap <= LONG / 2 ? bySimilarity(evidence) : undefined;
}

/** The next version under a title that was put otherwise: "Use wrappers where possible", "Use all wrappers where possible". */
function bySimilarity(evidence: readonly Evidence[]): Confidence | undefined {
  const shared = evidence.find(one => one.kind === 'similar')!.shared!;
  const { count, of } = shared;
  if (areAlike(shared)) return 'probable';
  return count >= 2 && count / of >= 0.4 ? 'possible' : undefined;
}

function asSameAgain<M extends Mailed>(
  later: PatchSet<M>,
  earlier: PatchSet<M>,
  evidence: readonly Evidence[],
): Confidence | undefined {
  const has = (kind: EvidenceKind) => evidence.some(one => one.kind === kind);
  if (!isSameAuthor(later, earlier)) return undefined;
  const alone = later.all.length === 1 && earlier.all.length === 1;
  const same = has('title') && (alone || sharedPatches(evidence));
  if (has('change-id') || has('cited')) return 'probable';
  if (later.mark.resend)
    return same ? 'certain' : has('title') || sharedPatches(evidence) ? 'probable' : undefined;
  // Pull requests bear the same title each week.
  if (later.mark.kind === 'pull') return has('title') && has('reply') ? 'probable' : undefined;
  if (has('reply') && (has('title') || sharedPatches(evidence))) return 'probable';
  if (!same || later.first - earlier.first > SOON) return undefined;
  return !alone || isSpecific(later) ? 'probable' : undefined;
}

/** Whether half of the smaller set stands in the larger: where a cover letter was renamed, its patches were not. */
function sharedPatches(evidence: readonly Evidence[]): boolean {
  const shared = evidence.find(one => one.kind === 'patches')?.shared;
  return shared !== undefined && shared.count * 2 >= shared.of;
}

/** Whether three patches or more of the smaller set, and all of them, stand in the larger. */
function allShared(evidence: readonly Evidence[]): boolean {
  const shared = evidence.find(one => one.kind === 'patches')?.shared;
  return shared !== undefined && shared.count >= 3 && shared.count === shared.of;
}

/** Titles of one or two words, such as "Fixes", come again without meaning the same. */
function isSpecific<M extends Mailed>({ head }: PatchSet<M>): boolean {
  return head.title.split(/[\s/:]+/).filter(word => word.length > 1).length >= 3;
}

function isSameAuthor<M extends Mailed>({ head: a }: PatchSet<M>, { head: b }: PatchSet<M>): boolean {
  return isSamePerson(a.author, b.author);
}
