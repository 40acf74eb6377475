import { printable } from '../mail/printable.ts';
import { count, cutToWidth, progressNumbers, speedometer, tookTime } from './progress-line.ts';

/** The parts of `process` that the command line uses, so that it can be run from a test. */
export interface Terminal {
  readonly argv: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };
}

/** How much is said. */
export interface Loudness {
  /** Warnings, but nothing else. */
  readonly quiet?: boolean;
  /** Every warning, where otherwise the first of a kind stand for all. */
  readonly verbose?: boolean;
}

/** Says how far long work is; results go to standard output, this goes to standard error. */
export interface Report {
  /** A sentence that stays. */
  say(sentence: string): void;
  /**
   * A sentence that stays, and that `--quiet` does not take away: what an editor should know. Those of a kind, where
   * one is given, are kept for the end, counted, and the first of them shown.
   */
  warn(sentence: string, kind?: string): void;
  /** Takes away a line of progress that stands, so that something else can be printed. */
  clear(): void;
  /** How much of `what` is done; on a terminal each overwrites the one before. `about` where the total is a guess. */
  progress(what: string, done: number, total?: number, about?: boolean): void;
  /** Begins a phase of so many things to do; the time until the next one is its. */
  phase(what: string, total?: number): Phase;
  /** Ends a piece of work: what was done, how long it took and which phases took it, and what was kept for the end. */
  summary(done: string): void;
  /** Takes away a line of progress, and tells what was kept for an end that did not come. */
  close(): void;
}

/** A phase of long work. */
export interface Phase {
  /** So much is done now. */
  at(done: number): void;
  end(): void;
}

/** A terminal's eye needs no more; a log needs far less. */
const TERMINAL_MILLISECONDS = 100;
const LOG_MILLISECONDS = 5_000;
/** The width of a terminal that does not tell it. */
const COLUMNS = 80;
/** How many warnings of a kind are shown. */
const SHOWN = 5;
/** Phases that took less are not worth a word; of the others so many are, the longest. */
const WORTH_MILLISECONDS = 500;
const MOST_PHASES = 8;

/** A report to standard error. `clock` gives milliseconds. */
export function createReport(
  terminal: Terminal,
  { quiet = false, verbose = false }: Loudness,
  clock: () => number = Date.now,
): Report {
  const { stderr } = terminal;
  const wait = stderr.isTTY ? TERMINAL_MILLISECONDS : LOG_MILLISECONDS;
  const speed = speedometer();
  const kept = new Map<string, string[]>();
  let timer = phaseTimer(clock());
  let shown = clock();
  let lineOpen = false;
  const clear = () => {
    if (lineOpen) stderr.write('\r\u001b[K');
    lineOpen = false;
  };
  const write = (sentence: string) => {
    clear();
    stderr.write(`${sentence}\n`);
  };
  const say = (sentence: string) => {
    if (!quiet) write(sentence);
  };
  const tellKept = () => {
    for (const [kind, sentences] of kept) {
      write(`${counted(sentences.length, 'warning')}: ${kind}`);
      const some = verbose ? sentences : sentences.slice(0, SHOWN);
      for (const sentence of some) write(`  ${sentence}`);
      if (some.length < sentences.length)
        write(`  and ${count(sentences.length - some.length)} more; --verbose lists them all`);
    }
    kept.clear();
  };
  const progress: Report['progress'] = (what, done, total, about = false) => {
    const now = clock();
    timer.passed(what, now);
    const perSecond = speed(what, done, now);
    // A clock that was set back must not silence the report until it has caught up.
    if (quiet || (now >= shown && now - shown < wait)) return;
    shown = now;
    const numbers = progressNumbers(done, total, perSecond, about);
    const room = stderr.isTTY ? (stderr.columns || COLUMNS) - 1 : Number.POSITIVE_INFINITY;
    const line = cutToWidth(printable(what), numbers, room);
    stderr.write(stderr.isTTY ? `\r\u001b[K${line}` : `${line}\n`);
    lineOpen = Boolean(stderr.isTTY);
  };
  return {
    clear,
    say,
    warn(sentence, kind) {
      if (kind === undefined) write(sentence);
      else if (kept.has(kind)) kept.get(kind)!.push(sentence);
      else kept.set(kind, [sentence]);
    },
    progress,
    phase(what, total) {
      timer.begins(what, clock());
      progress(what, 0, total);
      return { at: done => progress(what, done, total), end: () => timer.passed(what, clock()) };
    },
    summary(done) {
      const { took, phases } = timer.times(clock());
      const parts = phases.map(([what, time]) => `${printable(what)} ${tookTime(time)}`);
      say(`${done} in ${tookTime(took)}${parts.length > 1 ? ` (${parts.join(', ')})` : ''}`);
      tellKept();
      timer = phaseTimer();
    },
    close() {
      clear();
      tellKept();
    },
  };
}

/** Tells which phases time went into: what passed since the last word goes to the phase that the word is of. */
function phaseTimer(start?: number) {
  const times = new Map<string, number>();
  let began = start;
  let last: number | undefined;
  let current: string | undefined;
  const passed = (what: string, now: number) => {
    began ??= now;
    times.set(what, (times.get(what) ?? 0) + Math.max(0, now - (last ?? now)));
    last = now;
    current = what;
  };
  return {
    passed,
    /** A phase begins: what passed is that of the phase before; before the first it is nobody's. */
    begins(what: string, now: number) {
      if (current !== undefined) passed(current, now);
      passed(what, now);
    },
    /** How long all took, and the phases worth naming, in their order. */
    times(now: number) {
      const long = [...times].filter(([, time]) => time >= WORTH_MILLISECONDS);
      const least = long.map(([, time]) => time).sort((a, b) => b - a)[MOST_PHASES - 1] ?? 0;
      return { took: Math.max(0, now - (began ?? now)), phases: long.filter(([, time]) => time >= least) };
    },
  };
}

/** `1 message`, `2,380 messages`. */
export function counted(number: number, noun: string, plural = `${noun}s`): string {
  return `${count(number)} ${number === 1 ? noun : plural}`;
}
