import { printable } from '../mail/printable.ts';

/** The parts of `process` that the command line uses, so that it can be run from a test. */
export interface Terminal {
  readonly argv: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };
}

/** Says how far long work is; results go to standard output, this goes to standard error. */
export interface Report {
  /** A sentence that stays. */
  say(sentence: string): void;
  /** A sentence that stays, and that `--quiet` does not take away: what an editor should know. */
  warn(sentence: string): void;
  /** Takes away a line of progress that stands, so that something else can be printed. */
  clear(): void;
  /** How much of `what` is done; on a terminal each overwrites the one before. */
  progress(what: string, done: number, total?: number): void;
}

/** A terminal's eye needs no more; a log needs far less. */
const TERMINAL_MILLISECONDS = 100;
const LOG_MILLISECONDS = 5_000;
/** The width of a terminal that does not tell it. */
const COLUMNS = 80;

/** A report to standard error, or one that says nothing but warnings where `quiet`. `clock` gives milliseconds. */
export function createReport(terminal: Terminal, quiet: boolean, clock: () => number = Date.now): Report {
  const { stderr } = terminal;
  const write = (sentence: string) => stderr.write(`${sentence}\n`);
  if (quiet) return { say() {}, warn: write, clear() {}, progress() {} };
  const wait = stderr.isTTY ? TERMINAL_MILLISECONDS : LOG_MILLISECONDS;
  const speed = speedometer();
  let shown = clock();
  let lineOpen = false;
  const endLine = () => {
    if (lineOpen) stderr.write('\r\u001b[K');
    lineOpen = false;
  };
  const say = (sentence: string) => {
    endLine();
    write(sentence);
  };
  return {
    clear: endLine,
    say,
    warn: say,
    progress(what, done, total) {
      const now = clock();
      const perSecond = speed(what, done, now);
      // A clock that was set back must not silence the report until it has caught up.
      if (now >= shown && now - shown < wait) return;
      shown = now;
      const numbers = progressOf(done, total, perSecond);
      if (stderr.isTTY)
        stderr.write(`\r\u001b[K${line(printable(what), numbers, (stderr.columns || COLUMNS) - 1)}`);
      else stderr.write(`${printable(what)}${numbers}\n`);
      lineOpen = Boolean(stderr.isTTY);
    },
  };
}

/** `1 message`, `2,380 messages`. */
export function counted(number: number, noun: string, plural = `${noun}s`): string {
  return `${count(number)} ${number === 1 ? noun : plural}`;
}

function count(number: number): string {
  return number.toLocaleString('en-US');
}

/** How long the past is that tells the rate, how finely it is kept, and how much of it there must be. */
const RATE_MILLISECONDS = 10_000;
const SAMPLE_MILLISECONDS = 500;
const LEAST_MILLISECONDS = 1_000;

/** What gives the rate a second of what was done lately; undefined until it is known, and where nothing was done. */
function speedometer(): (what: string, done: number, now: number) => number | undefined {
  let measured: string | undefined;
  let samples: { readonly done: number; readonly time: number }[] = [];
  return (what, done, now) => {
    const last = samples.at(-1);
    if (!last || what !== measured || done < last.done || now < last.time) {
      measured = what;
      samples = [{ done, time: now }];
      return undefined;
    }
    if (now - last.time >= SAMPLE_MILLISECONDS) samples.push({ done, time: now });
    while (samples.length > 1 && now - samples[1]!.time >= RATE_MILLISECONDS) samples.shift();
    const { done: before, time } = samples[0]!;
    if (now - time < LEAST_MILLISECONDS || done <= before) return undefined;
    return (1000 * (done - before)) / (now - time);
  };
}

/** `: 1,200 of 50,000 · 3,100/s · 16 s left`, as far as it is known. */
function progressOf(done: number, total: number | undefined, perSecond: number | undefined): string {
  const known = total !== undefined && Number.isFinite(total) ? total : undefined;
  const parts = [known === undefined ? count(done) : `${count(done)} of ${count(known)}`];
  if (perSecond !== undefined) parts.push(rate(perSecond));
  if (perSecond !== undefined && known !== undefined && known > done)
    parts.push(`${duration((known - done) / perSecond)} left`);
  return `: ${parts.join(' · ')}`;
}

/** Two digits are all that a rate is good for. */
function rate(perSecond: number): string {
  const [amount, unit] =
    perSecond >= 1
      ? [perSecond, 's']
      : perSecond * 60 >= 1
        ? [perSecond * 60, 'min']
        : [perSecond * 3600, 'h'];
  return `${count(Number(amount.toPrecision(2)))}/${unit}`;
}

function duration(seconds: number): string {
  if (seconds <= 90) return `${Math.ceil(seconds)} s`;
  if (seconds <= 90 * 60) return `${Math.round(seconds / 60)} min`;
  return `${count(Math.round(seconds / 3600))} h`;
}

/** What of a name is shown however narrow a terminal is, so that it still tells one from another. */
const LEAST_NAME = 12;

/** A line of at most `room` columns; rather than its numbers, what they are of is cut. */
function line(what: string, numbers: string, room: number): string {
  return cut(cut(what, Math.max(room - width(numbers), LEAST_NAME)) + numbers, room);
}

function cut(text: string, room: number): string {
  if (width(text) <= room) return text;
  let kept = '';
  let columns = 1; // For the ellipsis.
  for (const character of text) {
    columns += width(character);
    if (columns > room) break;
    kept += character;
  }
  return room > 0 ? `${kept}…` : '';
}

/** Characters that terminals give two columns, and those that stand on the one before. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/gu;
const COMBINING = /[\p{Mn}\p{Me}\p{Cf}]/gu;

/** How many columns a terminal needs for `text`. */
function width(text: string): number {
  const shown = text.replace(COMBINING, '');
  return [...shown].length + (shown.match(WIDE)?.length ?? 0);
}
