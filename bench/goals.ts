import type { Result } from './contest.ts';
import type { Mail } from './mail.ts';
import { whole } from './report.ts';
import { median } from './statistics.ts';

/** All results at one size. */
export interface Measured {
  readonly mail: Mail;
  readonly results: readonly Result[];
}

/** What is wanted of a measure. */
export interface Goal {
  readonly name: string;
  readonly wanted: number;
  /** Whether more than that is wanted, or less. */
  readonly atLeast: boolean;
  /** Digits behind the point. */
  readonly digits: number;
  /** The messages from which on it is wanted: with fewer, the start of a program is most of what it takes. */
  readonly from: number;
  /** Undefined where something is missing that it is made of. `base` are the results at `BASE` messages. */
  readonly measure: (size: Measured, base: Measured | undefined) => number | undefined;
}

/** How far costs may rise is asked from here on. */
export const BASE = 20_000;
/** A list that has grown large. */
const LARGE = 100_000;

/** What `goal` measures in the results at one of `sizes`; undefined where it wants nothing of that size, or something is missing. */
export function measured(goal: Goal, size: Measured, sizes: readonly Measured[]): number | undefined {
  if (size.mail.messages < goal.from) return undefined;
  return goal.measure(
    size,
    sizes.find(({ mail }) => mail.messages === BASE),
  );
}

/** The name of the incremental build in the results. */
const REPLY = 'one reply: traffic import, build';
/** What has to scale: each by its name in the results. */
const PHASES = ['traffic import', 'traffic threads', 'traffic brief --all', 'traffic build'];

/** What is wanted, as ratios in one run on the same mail. */
export const GOALS: readonly Goal[] = [
  faster('import: times the rate of notmuch new', 10, 'traffic import', 'notmuch new'),
  faster('import: times the rate of mu index', 6, 'traffic import', 'mu index'),
  faster('full build: times the rate of mhonarc', 3, 'traffic build', 'mhonarc'),
  {
    name: 'one reply: % of the time of a full build',
    wanted: 2,
    atLeast: false,
    digits: 2,
    from: LARGE,
    measure: size => percentOf(secondsOf(size, REPLY), secondsOf(size, 'traffic build')),
  },
  {
    name: 'one reply: files written outside of search',
    wanted: 20,
    atLeast: false,
    digits: 0,
    from: 0,
    measure: size => resultOf(size, REPLY)?.made.files,
  },
  ...['traffic import', 'traffic build'].map(
    (phase): Goal => ({
      name: `${phase}: % more time a message than at ${whole(BASE)}`,
      wanted: 15,
      atLeast: false,
      digits: 1,
      from: LARGE,
      measure: (size, base) => {
        const percent = percentOf(costOf(size, phase), base && costOf(base, phase));
        return percent === undefined ? undefined : percent - 100;
      },
    }),
  ),
  {
    name: `peak memory of any part: times that at ${whole(BASE)}`,
    wanted: 1.5,
    atLeast: false,
    digits: 2,
    from: LARGE,
    measure: (size, base) => {
      const ratios = PHASES.map(phase => ratioOf(peakOf(size, phase), base && peakOf(base, phase)));
      return most(ratios);
    },
  },
  {
    name: 'peak memory of any part, MB',
    wanted: 1500,
    atLeast: false,
    digits: 0,
    from: 0,
    measure: size => ratioOf(most(PHASES.map(phase => peakOf(size, phase))), 1e6),
  },
];

function faster(name: string, wanted: number, ours: string, theirs: string): Goal {
  const measure = (size: Measured) => ratioOf(secondsOf(size, theirs), secondsOf(size, ours));
  return { name, wanted, atLeast: true, digits: 2, from: 0, measure };
}

function resultOf({ results }: Measured, name: string): Result | undefined {
  return results.find(result => result.name === name && result.runs.length > 0);
}

function secondsOf(size: Measured, name: string): number | undefined {
  const result = resultOf(size, name);
  return result && median(result.runs.map(({ seconds }) => seconds));
}

function costOf(size: Measured, name: string): number | undefined {
  return ratioOf(secondsOf(size, name), size.mail.messages);
}

function peakOf(size: Measured, name: string): number | undefined {
  return most(resultOf(size, name)?.runs.map(({ usage }) => usage?.peakBytes) ?? []);
}

function percentOf(part: number | undefined, whole: number | undefined): number | undefined {
  const ratio = ratioOf(part, whole);
  return ratio && 100 * ratio;
}

function ratioOf(value: number | undefined, other: number | undefined): number | undefined {
  return value === undefined || other === undefined ? undefined : value / other;
}

function most(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter(value => value !== undefined);
  return known.length === 0 ? undefined : Math.max(...known);
}
