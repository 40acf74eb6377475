/** The parts of `process` that the command line uses, so that it can be run from a test. */
export interface Terminal {
  readonly argv: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean };
}

/** Says how far long work is; results go to standard output, this goes to standard error. */
export interface Report {
  /** A sentence that stays. */
  say(sentence: string): void;
  /** Takes away a line of progress that stands, so that something else can be printed. */
  clear(): void;
  /** How much of `what` is done; on a terminal each overwrites the one before. */
  progress(what: string, done: number, total?: number): void;
}

/** A terminal's eye needs no more; a log needs far less. */
const TERMINAL_MILLISECONDS = 100;
const LOG_MILLISECONDS = 5_000;

/** A report to standard error, or one that says nothing where `quiet`. */
export function createReport(terminal: Terminal, quiet: boolean): Report {
  if (quiet) return { say() {}, clear() {}, progress() {} };
  const { stderr } = terminal;
  const wait = stderr.isTTY ? TERMINAL_MILLISECONDS : LOG_MILLISECONDS;
  let shown = Date.now();
  let lineOpen = false;
  const endLine = () => {
    if (lineOpen) stderr.write('\r\u001b[K');
    lineOpen = false;
  };
  return {
    clear: endLine,
    say(sentence) {
      endLine();
      stderr.write(`${sentence}\n`);
    },
    progress(what, done, total) {
      if (Date.now() - shown < wait) return;
      shown = Date.now();
      const text = `${what}: ${count(done)}${total === undefined ? '' : ` of ${count(total)}`}`;
      if (stderr.isTTY) stderr.write(`\r\u001b[K${text}`);
      else stderr.write(`${text}\n`);
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
