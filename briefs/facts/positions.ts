import { groupBy } from '../../mail/group-by.ts';
import type { ReviewKind } from '../../mail/series/review.ts';
import type { Position, Stance } from '../brief.ts';
import type { RankedSentence } from '../rank/rank.ts';
import { canBeQuoted } from '../sentences/quotable.ts';
import type { Cue } from './cues.ts';
import { type Hearing, quotationOf, type Said } from './statements.ts';

const STANCES: readonly Stance[] = [
  'author',
  'applies',
  'refuses',
  'objects',
  'reviewed',
  'acked',
  'tested',
  'agrees',
  'asks',
];

const OF_REVIEW: Readonly<Partial<Record<ReviewKind, Stance>>> = {
  applied: 'applies',
  nacked: 'refuses',
  objected: 'objects',
  reviewed: 'reviewed',
  acked: 'acked',
  tested: 'tested',
};

/** What each person had to say, by their first message; `ranked` has the best sentences first. */
export function positionsIn({ byTime, of }: Hearing, ranked: readonly RankedSentence[]): readonly Position[] {
  const people = groupBy(
    byTime.filter(({ message }) => !message.author.robot),
    ({ message }) => message.author.key,
  );
  const sentences = ranked.map(({ sentence }) => sentence);
  const said = groupBy(sentences, ({ message }) => of.get(message)!.message.author.key);
  return [...people].map(([key, all]) => {
    const own = said.get(key) ?? [];
    const best = own.find(canBeQuoted) ?? own[0];
    const held = new Set(all.flatMap(stancesOf));
    const stances = STANCES.filter(stance => held.has(stance));
    return {
      who: all[0]!.message.author.name,
      messages: all.length,
      stances: stances.length > 0 ? stances : ['comments'],
      quotation: best && quotationOf(of.get(best.message)!.message, best.text),
    };
  });
}

/** The stances that somebody takes in one message. */
export function stancesOf({ byProposer, reviews, statements }: Said): readonly Stance[] {
  const does = (cue: Cue) => statements.some(({ cues }) => cues.has(cue));
  return [
    ...(byProposer ? (['author'] as const) : []),
    ...reviews.flatMap(({ kind }) => OF_REVIEW[kind] ?? []),
    ...(!byProposer && (does('agrees') || does('approves')) ? (['agrees'] as const) : []),
    ...(does('asks') ? (['asks'] as const) : []),
  ];
}
