import { type Run, TimeLimit } from './process.ts';
import { megabytes, note, print, printTable, whole } from './report.ts';
import { compare, median } from './statistics.ts';

/** A program that takes part: how it is made ready, unmeasured, and run, measured. */
export interface Contestant {
  readonly name: string;
  /** Puts everything back to where it was before the first run. */
  prepare(): Promise<void> | void;
  /** @throws TimeLimit where it has not ended after so many seconds. */
  run(limitSeconds?: number): Promise<Run>;
  /** What the last run has made: a program that does less is no rival. */
  made(): Made;
}

/** What a program has made, as far as that is told. */
export interface Made {
  readonly messages?: number;
  readonly files?: number;
  readonly bytes?: number;
}

/** What a contestant's runs took, and what the last one made. */
export interface Result {
  readonly name: string;
  /** None where it did not finish in time. */
  readonly runs: readonly Run[];
  readonly made: Made;
}

/** Has the contestants take turns, `runs` times each. One that is too slow is not asked again. */
export async function takeTurns(
  title: string,
  contestants: readonly Contestant[],
  runs: number,
  limitSeconds?: number,
): Promise<readonly Result[]> {
  const results = contestants.map(({ name }) => ({ name, runs: [] as Run[], made: {} as Made }));
  const late = new Set<Contestant>();
  for (let round = 1; round <= runs; round++) {
    for (const [index, contestant] of contestants.entries()) {
      if (late.has(contestant)) continue;
      await contestant.prepare();
      try {
        const run = await contestant.run(limitSeconds);
        results[index]!.runs.push(run);
        note(`${title} ${round} of ${runs}: ${contestant.name} ${run.seconds.toFixed(2)} s`);
      } catch (error) {
        if (!(error instanceof TimeLimit)) throw error;
        late.add(contestant);
        results[index]!.runs = [];
        note(error.message);
      }
      if (round === runs && !late.has(contestant)) results[index]!.made = contestant.made();
    }
  }
  return results;
}

/** Has the contestants take turns, `runs` times each, and prints what each took. */
export async function contest(
  title: string,
  messages: number,
  contestants: readonly Contestant[],
  runs: number,
): Promise<void> {
  const results = await takeTurns(title, contestants, runs);
  printTable(
    [title, 'min s', 'median s', 'max s', 'messages/s', 'CPU s', 'peak MB', 'made', 'files', 'MB'],
    results.map(({ name, runs, made }) => {
      const seconds = runs.map(run => run.seconds);
      return [
        name,
        Math.min(...seconds).toFixed(2),
        median(seconds).toFixed(2),
        Math.max(...seconds).toFixed(2),
        whole(messages / median(seconds)),
        cpu(runs),
        peak(runs),
        ...madeCells(made),
      ];
    }),
  );
  const [ours, ...others] = results;
  for (const other of others) {
    printRatio('Time', ours!, other, run => run.seconds);
    if (ours!.runs[0]!.usage) printRatio('Processor time', ours!, other, run => run.usage!.cpuSeconds);
  }
}

/** Messages, files and megabytes for a table. */
export function madeCells({ messages, files, bytes }: Made): readonly string[] {
  const told = (value: number | undefined, words: (value: number) => string) =>
    value === undefined ? '-' : words(value);
  return [told(messages, whole), told(files, whole), told(bytes, megabytes)];
}

function printRatio(what: string, ours: Result, theirs: Result, measure: (run: Run) => number): void {
  const { ofMedians, pairwise } = compare(ours.runs.map(measure), theirs.runs.map(measure));
  const [least, middle, most] = [pairwise.min, pairwise.median, pairwise.max].map(ratio => ratio.toFixed(2));
  print(
    `${what}, ${ours.name} to ${theirs.name}: ratio of medians ${ofMedians.toFixed(2)}; ` +
      `of pairs ${least} to ${most}, median ${middle}.`,
  );
}

/** The processor time of some runs, in seconds, the median of them. */
export function cpu(runs: readonly Run[]): string {
  const seconds = runs.flatMap(({ usage }) => usage?.cpuSeconds ?? []);
  return seconds.length === 0 ? '-' : median(seconds).toFixed(2);
}

/** The highest peak of some runs, in MB. */
export function peak(runs: readonly Run[]): string {
  const peaks = runs.flatMap(({ usage }) => usage?.peakBytes ?? []);
  return peaks.length === 0 ? '-' : megabytes(Math.max(...peaks));
}
