import type { Mail } from './mail.ts';
import type { Run } from './process.ts';
import { megabytes, note, print, printTable, whole } from './report.ts';
import { compare, median } from './statistics.ts';

/** A program that takes part: how it is made ready, unmeasured, and run, measured. */
export interface Contestant {
  readonly name: string;
  /** Puts everything back to where it was before the first run. */
  prepare(): Promise<void> | void;
  run(): Promise<Run>;
  /** What the last run has made, by column of the table: a program that does less is no rival. */
  made(): Readonly<Record<string, string>>;
}

/** Has the contestants take turns, `runs` times each, and prints what each took. */
export async function contest(
  title: string,
  mail: Mail,
  contestants: readonly Contestant[],
  runs: number,
): Promise<void> {
  const results = contestants.map(({ name }) => ({
    name,
    runs: [] as Run[],
    made: {} as Readonly<Record<string, string>>,
  }));
  for (let round = 1; round <= runs; round++) {
    for (const [index, contestant] of contestants.entries()) {
      await contestant.prepare();
      const run = await contestant.run();
      results[index]!.runs.push(run);
      note(`${title} ${round} of ${runs}: ${contestant.name} ${run.seconds.toFixed(2)} s`);
      if (round === runs) results[index]!.made = contestant.made();
    }
  }
  printTable(
    [title, 'min s', 'median s', 'max s', 'messages/s', 'CPU s', 'peak MB', ...Object.keys(results[0]!.made)],
    results.map(({ name, runs, made }) => {
      const seconds = runs.map(run => run.seconds);
      return [
        name,
        Math.min(...seconds).toFixed(2),
        median(seconds).toFixed(2),
        Math.max(...seconds).toFixed(2),
        whole(mail.messages / median(seconds)),
        cpu(runs),
        peak(runs),
        ...Object.values(made),
      ];
    }),
  );
  const [ours, ...others] = results;
  for (const other of others) {
    printRatio('Time', ours!, other, run => run.seconds);
    if (ours!.runs[0]!.usage) printRatio('Processor time', ours!, other, run => run.usage!.cpuSeconds);
  }
}

interface Result {
  readonly name: string;
  readonly runs: readonly Run[];
}

function printRatio(what: string, ours: Result, theirs: Result, measure: (run: Run) => number): void {
  const { ofMedians, pairwise } = compare(ours.runs.map(measure), theirs.runs.map(measure));
  const [least, middle, most] = [pairwise.min, pairwise.median, pairwise.max].map(ratio => ratio.toFixed(2));
  print(
    `${what}, ${ours.name} to ${theirs.name}: ratio of medians ${ofMedians.toFixed(2)}; ` +
      `of pairs ${least} to ${most}, median ${middle}.`,
  );
}

function cpu(runs: readonly Run[]): string {
  const seconds = runs.flatMap(({ usage }) => usage?.cpuSeconds ?? []);
  return seconds.length === 0 ? '-' : median(seconds).toFixed(2);
}

/** The highest peak of some runs, in MB. */
export function peak(runs: readonly Run[]): string {
  const peaks = runs.flatMap(({ usage }) => usage?.peakBytes ?? []);
  return peaks.length === 0 ? '-' : megabytes(Math.max(...peaks));
}
