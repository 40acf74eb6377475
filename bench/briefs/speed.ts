import path from 'node:path';
import { rankSentences } from '../../briefs/rank/rank.ts';
import { sentencesOf } from '../../briefs/sentences/sentences.ts';
import type { BriefThread } from '../../briefs/thread.ts';
import { listThreads } from '../../test/support/brief-threads.ts';
import { counted, print, printTable, whole } from '../report.ts';
import { compare, median } from '../statistics.ts';
import { plainScore } from './plain-score.ts';

/** Each thread alone is measured so often; the shortest counts. */
const TIMES_ALONE = 9;

/** Measures the ranking of the threads at `place`, from classified bodies in memory, beside the plain score of the same sentences. */
export async function speed(place: string, runs: number): Promise<void> {
  const threads = await listThreads(place);
  const messages = threads.reduce((sum, thread) => sum + thread.messages.length, 0);
  print(`\n${path.basename(place)}: ${counted(threads.length, 'thread')}, ${counted(messages, 'message')}`);
  const times = { ours: [] as number[], plain: [] as number[] };
  // The first round is for the compiler and is not counted.
  for (let round = 0; round <= runs; round++) {
    for (const [name, rank] of [
      ['ours', rankSentences],
      ['plain', plainScore],
    ] as const) {
      const taken = milliseconds(() => {
        for (const thread of threads) rank(thread, thread.messages.map(sentencesOf));
      });
      if (round > 0) times[name].push(taken);
    }
  }
  const rate = (taken: readonly number[]) => whole((threads.length * 1000) / median(taken));
  const { ofMedians, pairwise } = compare(times.plain, times.ours);
  printTable(
    ['sentences and ranking', 'median ms', 'threads/s'],
    [
      ['ours', whole(median(times.ours)), rate(times.ours)],
      ['plain score', whole(median(times.plain)), rate(times.plain)],
    ],
  );
  print(
    `Ours: ${ofMedians.toFixed(1)} times the rate (pairs: ${pairwise.min.toFixed(1)} to ${pairwise.max.toFixed(1)}).`,
  );
  sayAlone(threads);
}

function sayAlone(threads: readonly BriefThread[]): void {
  const perMessage = threads.map(thread => {
    const alone = Array.from({ length: TIMES_ALONE }, () =>
      milliseconds(() => rankSentences(thread, thread.messages.map(sentencesOf))),
    );
    return Math.min(...alone) / thread.messages.length;
  });
  const usual = median(perMessage);
  const most = perMessage.reduce((a, b) => Math.max(a, b), 0);
  print(
    `Per message: ${usual.toFixed(3)} ms in the median thread, ${most.toFixed(3)} ms in the slowest, ${(most / usual).toFixed(1)} times as long.`,
  );
}

function milliseconds(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}
