/** A message cut out of an mbox, or told apart from it because it is too big to hold. */
export type MboxItem =
  | { readonly raw: Buffer; readonly size: number }
  | { readonly raw: undefined; readonly size: number };

/** How the lines of a mailbox file are read. */
export interface MboxOptions {
  /** Messages of more bytes are passed over and only counted, so that memory stays small. */
  readonly maxBytes: number;
  /**
   * `mboxrd` takes one `>` off every line of `>`s and `From `; `mboxo` knows only `>From `, and leaves
   * `>>From ` as it stands, because there it was in the mail.
   */
  readonly dialect: 'mboxrd' | 'mboxo';
}

const NEWLINE = 0x0a;
const FROM = Buffer.from('From ');
/** `From sender Mon Mar  5 09:12:44 2018`, with the zone that some writers add. */
const FROM_LINE =
  /^From \S.* (Mon|Tue|Wed|Thu|Fri|Sat|Sun),? +([A-Z][a-z]{2} +\d{1,2}|\d{1,2} +[A-Z][a-z]{2}),? .*\d{1,2}:\d{2}/;
const FIELD = /^[!-9;-~]+[ \t]*:/;
/** The fields that mail begins with; a separator without a date is believed only before one of them. */
const FIRST_FIELD =
  /^(>From |return-path|received|delivered-to|x-[a-z-]+|date|from|to|cc|sender|subject|message-id|mime-version|content-[a-z-]+|status|reply-to|dkim-signature|list-[a-z-]+|in-reply-to|references|envelope-to|user-agent|newsgroups|path|organization)[ \t]*:?/i;
/** What of a line is needed to tell whether it separates messages. */
const LINE_HEAD = 400;

/**
 * The messages of an mbox, as its chunks come (RFC 4155 and its dialects). Needs memory for one message of
 * `maxBytes` and a chunk, however big the file is.
 *
 * A line that begins with `From ` separates messages where it looks like a separator of its place: with a
 * date after an empty line; with a date before a header field; or after an empty line before a field that
 * mail begins with. Other such lines are text that a writer forgot to quote, and survive.
 */
export async function* readMbox(
  chunks: AsyncIterable<Buffer>,
  options: MboxOptions,
): AsyncGenerator<MboxItem> {
  const splitter = new Splitter(options);
  let rest: Buffer[] = [];
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      rest.push(chunk.subarray(start, end + 1));
      const item = splitter.line(rest.length === 1 ? rest[0]! : Buffer.concat(rest));
      if (item) yield item;
      rest = [];
      start = end + 1;
    }
    if (start < chunk.length) rest.push(chunk.subarray(start));
    // A line as long as the biggest message cannot be kept; its head says all that is needed of it.
    if (length(rest) > options.maxBytes) rest = [splitter.shorten(Buffer.concat(rest))];
  }
  if (rest.length > 0) {
    const item = splitter.line(Buffer.concat(rest));
    if (item) yield item;
  }
  const last = splitter.end();
  if (last) yield last;
}

/** Gathers lines to messages. One line is held back, as only the line behind it tells whether it separates. */
class Splitter {
  readonly #options: MboxOptions;
  #lines: Buffer[] = [];
  #size = 0;
  #dropped = false;
  #started = false;
  #afterBlank = true;
  #held: Buffer | undefined;

  constructor(options: MboxOptions) {
    this.#options = options;
  }

  /** Takes a line with its line end; gives the message that ended before it, if one did. */
  line(line: Buffer): MboxItem | undefined {
    const held = this.#held;
    this.#held = undefined;
    let item: MboxItem | undefined;
    if (held) {
      if (separates(held, this.#afterBlank, line)) item = this.#cut();
      else this.#append(held);
    }
    if (startsWithFrom(line)) this.#held = line;
    else this.#append(line);
    return item;
  }

  /** The last message, if there is one. */
  end(): MboxItem | undefined {
    const held = this.#held;
    this.#held = undefined;
    if (!held) return this.#cut();
    // Nothing follows it: a separator before a message of no bytes, or the last words of one.
    if (!FROM_LINE.test(head(held)) || !this.#afterBlank) this.#append(held);
    return this.#cut();
  }

  /** Counts most of an overlong line's bytes as lost to the size cap and gives its head. */
  shorten(line: Buffer): Buffer {
    this.#size += line.length - LINE_HEAD;
    this.#drop();
    return line.subarray(0, LINE_HEAD);
  }

  #append(line: Buffer): void {
    this.#afterBlank = isBlank(line);
    const text = this.#unquote(line);
    this.#size += text.length;
    if (this.#size > this.#options.maxBytes + 2) this.#drop(); // 2: the empty line that is not the message's.
    if (!this.#dropped) this.#lines.push(text);
  }

  #drop(): void {
    this.#dropped = true;
    this.#lines = [];
  }

  #unquote(line: Buffer): Buffer {
    if (line[0] !== 0x3e) return line;
    const quoted =
      this.#options.dialect === 'mboxrd' ? /^>+From /.test(head(line)) : head(line).startsWith('>From ');
    return quoted ? line.subarray(1) : line;
  }

  #cut(): MboxItem | undefined {
    const first = !this.#started;
    this.#started = true;
    const last = this.#lines.at(-1);
    // The empty line before a separator belongs to the mbox.
    if (last && isBlank(last)) {
      this.#lines.pop();
      this.#size -= last.length;
    }
    const [lines, size, dropped] = [this.#lines, this.#size, this.#dropped];
    this.#lines = [];
    this.#size = 0;
    this.#dropped = false;
    this.#afterBlank = true;
    if (dropped) return { raw: undefined, size };
    if (first && lines.length === 0) return undefined; // What stands before the first separator: nothing.
    return { raw: Buffer.concat(lines), size };
  }
}

function separates(line: Buffer, afterBlank: boolean, next: Buffer): boolean {
  const dated = FROM_LINE.test(head(line));
  const nextHead = head(next);
  if (dated) return afterBlank || FIELD.test(nextHead);
  return afterBlank && FIRST_FIELD.test(nextHead) && (FIELD.test(nextHead) || nextHead.startsWith('>From '));
}

function startsWithFrom(line: Buffer): boolean {
  return line[0] === 0x46 && line.subarray(0, FROM.length).equals(FROM);
}

function head(line: Buffer): string {
  return line.subarray(0, LINE_HEAD).toString('latin1');
}

function isBlank(line: Buffer): boolean {
  return line.length <= 2 && (line[0] === NEWLINE || (line[0] === 0x0d && line[1] === NEWLINE));
}

function length(parts: readonly Buffer[]): number {
  return parts.reduce((sum, part) => sum + part.length, 0);
}

/** The separator public-inbox writes: it tells nothing, because all there is to tell stands in the mail. */
const SEPARATOR = Buffer.from('From mboxrd@z Thu Jan  1 00:00:00 1970\n');

/**
 * A message as a piece of an mboxrd, separator and empty line included, so that reading it back gives the same
 * bytes. A message that does not end its last line gets a line end, and `ended` is then false.
 */
export function mboxrdEntry(raw: Uint8Array): { readonly bytes: Buffer; readonly ended: boolean } {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  const ended = bytes.at(-1) === NEWLINE;
  const parts: Buffer[] = [SEPARATOR];
  let start = 0;
  while (start < bytes.length) {
    const newline = bytes.indexOf(NEWLINE, start);
    const end = newline === -1 ? bytes.length : newline + 1;
    const line = bytes.subarray(start, end);
    if (/^>*From /.test(head(line))) parts.push(Buffer.from('>'));
    parts.push(line);
    start = end;
  }
  parts.push(Buffer.from(ended ? '\n' : '\n\n'));
  return { bytes: Buffer.concat(parts), ended };
}
