import type { Exchanges } from '../facts/exchanges.ts';
import type { Hearing, Said } from '../facts/statements.ts';
import type { RankedSentence } from '../rank/rank.ts';
import { canBeQuoted, MAX_SENTENCE_WORDS, needsContext, pointsBack } from '../sentences/quotable.ts';
import type { Sentence } from '../sentences/sentences.ts';
import { contextOf } from './context.ts';
import type { Passage } from './passage.ts';

/** Sentences that begin with the same letters are the same. */
const SAME_LETTERS = 60;
/** So many characters of prose have as many letters. */
const LIKELY_CHARACTERS = 85;
/** What is understood only beside words that cannot be quoted is worth so much. */
const UNCLEAR = 0.4;

/** A sentence that may be quoted. */
export interface Candidate {
  readonly sentence: Sentence;
  readonly worth: number;
  /** Whether somebody understands it who has not read what it answers, or will be shown that. */
  readonly clear: boolean;
}

/**
 * What may be quoted, the best first. The texts of patches are told by their cover letter, and speak for themselves
 * where that says nothing, or `withPatches`.
 */
export function candidatesIn(
  hearing: Hearing,
  ranked: readonly RankedSentence[],
  exchanges: Exchanges,
  withPatches = false,
): readonly Candidate[] {
  const { of, thread } = hearing;
  const first = of.get(thread.messages[0]!.id)!;
  const speak = withPatches || first.statements.length === 0;
  const isTold = (one: Said) => !one.message.author.robot && (one === first || speak || !isPatch(one));
  const title = lettersOf(first.message.subject.title);
  const candidates: (Candidate & { readonly letters: string })[] = [];
  for (const { sentence, score } of ranked) {
    const one = of.get(sentence.message)!;
    const statement = one.statements[sentence.index]!;
    if (!isTold(one) || !canBeQuoted(sentence) || statement.cues.has('pings')) continue;
    const letters = lettersOf(sentence.text);
    if (letters === title) continue;
    const clear = one === first || isClear({ said: one, statements: [statement] }, hearing, exchanges);
    candidates.push({ sentence, clear, worth: clear ? score : score * UNCLEAR, letters });
  }
  candidates.sort((a, b) => b.worth - a.worth);
  // Patches of one series say the same of each file.
  const seen = new Set<string>();
  return candidates.filter(({ letters }) => !seen.has(letters) && seen.add(letters));
}

/** The sentence before one that points back to it. */
export function sentencesBefore({ statements }: Said, sentence: Sentence): readonly Sentence[] {
  if (sentence.opens || !pointsBack(sentence)) return [];
  const before = statements[sentence.index - 1]?.sentence;
  if (before?.paragraph !== sentence.paragraph || !canBeQuoted(before)) return [];
  return before.words + sentence.words > MAX_SENTENCE_WORDS ? [] : [before];
}

function isClear(passage: Passage, hearing: Hearing, exchanges: Exchanges): boolean {
  const { sentence } = passage.statements[0]!;
  if (!needsContext(sentence)) return true;
  if (!sentence.opens) return !pointsBack(sentence) || sentencesBefore(passage.said, sentence).length > 0;
  return contextOf(passage, { hearing, exchanges }) !== undefined;
}

/** By what a sentence is told from others: how its letters begin. */
export function lettersOf(text: string): string {
  const lower = text.toLowerCase();
  const near = onlyLetters(lower.slice(0, LIKELY_CHARACTERS));
  const isShort = near.length < SAME_LETTERS && lower.length > LIKELY_CHARACTERS;
  return (isShort ? onlyLetters(lower) : near).slice(0, SAME_LETTERS);
}

function onlyLetters(text: string): string {
  return text.replace(/[^\p{L}\p{N}]+/gu, '');
}

function isPatch({ byProposer, message }: Said): boolean {
  return byProposer && !message.subject.reply && message.blocks.some(({ kind }) => kind === 'diff');
}
