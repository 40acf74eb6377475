import { diffEnd, isDiffStart } from './diff.ts';

/** How a text of format=flowed is to be read. */
export interface Flow {
  /** Whether the blank that makes a line flow is no part of the text (RFC 3676, 4.1). */
  readonly delSp?: boolean;
  /** Where unwrapped paragraphs are wrapped anew, not counting the marks that quotations keep on each line. */
  readonly width?: number;
}

const WIDTH = 78;
/** Nobody writes more; it stays as it stands, for the sake of time. */
const MAX_CHARACTERS = 1 << 21;
/** What is quoted oftener stays as it stands, or its marks before each line anew would fill the memory. */
const MAX_DEPTH = 100;

/** Neighbouring lines of one quote depth, without their marks. */
interface Run {
  readonly depth: number;
  readonly raw: string[];
  readonly said: string[];
}

/**
 * A text/plain; format=flowed text (RFC 3676) as lines that need no mail program to be read: paragraphs unwrapped
 * and wrapped anew, stuffing undone, quotations with a mark before each line. Diffs never flow: who sends one so
 * means its lines as they stand, and where it is not even stuffed, so does the rest of the mail.
 */
export function unflow(text: string, { delSp = false, width = WIDTH }: Flow = {}): string {
  if (text.length > MAX_CHARACTERS) return text;
  const lines = text.split('\n');
  const bare = hasBareDiff(lines);
  const out: string[] = [];
  const diffed = new Set<number>();
  for (const run of runsOf(lines)) {
    let index = 0;
    rejoin(run, diffed.has(run.depth));
    if ((bare && run.depth === 0) || run.depth > MAX_DEPTH) {
      for (const line of run.raw) out.push(line);
      continue;
    }
    // What an answer cut in two is a diff to its end.
    if (diffed.has(run.depth) && run.said.every(line => LIKE_DIFF.test(line))) index = run.said.length;
    keep(run, 0, index, out);
    while (index < run.said.length) {
      if (isDiffStart(run.said, index)) {
        diffed.add(run.depth);
        let end = diffEnd(run.said, index);
        // Who quotes a diff may have left out some of a hunk.
        if (run.depth > 0) while (end < run.said.length && LIKE_DIFF.test(run.said[end]!)) end++;
        keep(run, index, end, out);
        index = end;
      } else index = flow(run, index, { delSp, width }, out);
    }
  }
  return out.join('\n');
}

/** A line as it may stand in a hunk. */
const LIKE_DIFF = /^([ +\-@\\\t]|$)/;
/** A line of a diff that its mail program says flows into the next. */
const FLOWING = /^(?:[ +-]|@@ |diff --git ).* $/;
/** No mail program wraps at fewer characters. */
const NARROWEST = 66;
/** What is longer was not joined by a person's program. */
const LONGEST = 2_000;
const BEGINS_ANEW =
  /^(?:diff |index |Index: |(?:new|deleted) file |(?:old|new) mode |similarity |rename |copy |From |[\w-]+-by: )/;

/** Mail programs wrap the long lines of a diff: joins those again, which no mark begins. */
function rejoin(run: Run, inDiff: boolean): void {
  const from = inDiff ? 0 : run.said.findIndex((_, index) => isDiffStart(run.said, index));
  if (from === -1) return;
  const said = run.said.splice(from);
  const raw = run.raw.splice(from);
  for (const [index, line] of said.entries()) {
    const before = run.said.at(-1) ?? '';
    const full = before.length + line.split(' ', 1)[0]!.length > NARROWEST;
    if (
      full &&
      before.length < LONGEST &&
      FLOWING.test(before) &&
      !LIKE_DIFF.test(line) &&
      !BEGINS_ANEW.test(line)
    ) {
      run.said[run.said.length - 1] += line;
      run.raw[run.raw.length - 1] += line;
    } else {
      run.said.push(line);
      run.raw.push(raw[index]!);
    }
  }
}

/** Unquoted lines with their stuffing undone (RFC 3676, 4.4), quoted ones as they stand. */
function keep(run: Run, start: number, end: number, out: string[]): void {
  for (let index = start; index < end; index++)
    out.push(run.depth === 0 ? unstuffed(run.raw[index]!) : run.raw[index]!);
}

/** Puts out the paragraph that begins at `start`, or the fixed line; gives the index behind it. */
function flow(run: Run, start: number, { delSp, width }: Required<Flow>, out: string[]): number {
  let end = start;
  while (end + 1 < run.said.length && flows(run.said[end]!) && !isDiffStart(run.said, end + 1)) {
    // A signature stands for itself, whatever is said of the line before (RFC 3676, 4.3).
    if (run.said[end + 1] === '-- ') break;
    end++;
  }
  if (end === start) {
    const last = run.said[start]!;
    // A line that would flow but has nothing to flow into (RFC 3676, 4.5: improperly ended).
    if (run.depth === 0) out.push(flows(last) ? last.trimEnd() : last);
    else out.push(flows(last) ? run.raw[start]!.trimEnd() : run.raw[start]!);
    return start + 1;
  }
  const parts = run.said.slice(start, end + 1);
  const paragraph = parts
    .map((line, at) => (delSp && at < parts.length - 1 ? line.slice(0, -1) : line))
    .join('')
    // From the first of a run only: a line of a million blanks would else be walked a million times.
    .replace(/(?<! ) +$/, '');
  const mark = run.depth === 0 ? '' : `${'>'.repeat(run.depth)} `;
  for (const line of wrap(paragraph, width)) out.push(mark + line);
  return end + 1;
}

function flows(line: string): boolean {
  return line.endsWith(' ') && line !== '-- ';
}

/** `text` cut at blanks into lines of at most `width`; no line begins so that it would be taken for a quotation. */
function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let rest = text;
  while (rest.length > width) {
    let at = rest.lastIndexOf(' ', width);
    while (at > 0 && !breaks(rest, at)) at = rest.lastIndexOf(' ', at - 1);
    if (at <= 0) {
      at = rest.indexOf(' ', width);
      while (at !== -1 && !breaks(rest, at)) at = rest.indexOf(' ', at + 1);
    }
    if (at === -1) break;
    lines.push(rest.slice(0, at));
    rest = rest.slice(at + 1);
  }
  lines.push(rest);
  return lines;
}

/** Whether the blank at `at` can end a line: nothing is lost when it goes, and what follows means the same. */
function breaks(text: string, at: number): boolean {
  return text[at - 1] !== ' ' && !/^(?:[ >]|--? ?$)/.test(text.slice(at + 1, at + 4));
}

function runsOf(lines: readonly string[]): readonly Run[] {
  const runs: Run[] = [];
  for (const raw of lines) {
    // RFC 3676, 4.5 writes `>>`; those who write `> >` mean the same.
    const marks = /^>(?: ?>)*/.exec(raw)?.[0] ?? '';
    const depth = marks.replaceAll(' ', '').length;
    const said = unstuffed(raw.slice(marks.length));
    const run = runs.at(-1);
    if (run?.depth === depth) {
      run.raw.push(raw);
      run.said.push(said);
    } else runs.push({ depth, raw: [raw], said: [said] });
  }
  return runs;
}

function unstuffed(line: string): string {
  return line.startsWith(' ') ? line.slice(1) : line;
}

/**
 * Whether there is a diff whose context lines bear no stuffing: each stuffed one begins with two blanks. Its sender
 * only said format=flowed.
 */
function hasBareDiff(lines: readonly string[]): boolean {
  for (let index = 0; index < lines.length; ) {
    if (isDiffStart(lines, index)) {
      const end = diffEnd(lines, index);
      for (; index < end; index++) if (/^ (?! )/.test(lines[index]!)) return true;
    } else index++;
  }
  return false;
}
