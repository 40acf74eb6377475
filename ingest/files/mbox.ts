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

/**
 * A line with its line end, or several none of which begins with `From `, quoted or not. `bytes` is only the
 * beginning of a line that is longer than any message may be.
 */
interface Lines {
  readonly bytes: Buffer;
  readonly size: number;
}

const NEWLINE = 0x0a;
const RETURN = 0x0d;
const QUOTE = 0x3e;
const FROM = Buffer.from('From ');
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);
/** `From sender Mon Mar  5 09:12:44 2018`, with the other orders, zones and relays that some writers give. */
const DATED =
  /^From (?:.* )?(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? +(?:[A-Z][a-z]{2} +\d{1,2}|\d{1,2} +[A-Z][a-z]{2}),?(?: +\d{4})? +\d{1,2}:\d{2}(?::\d{2})?(?: +(?:\d{4}|[A-Z]{1,5}|[+-]\d{4}|remote from \S+))*\s*$/;
/** `From - ` of Mozilla, `From 1844347792267117879@xxx` of Gmail: a sender and nothing else. */
const SENDER_ONLY = /^From (?:-|\S+@\S+)\s*$/;
const FIELD = /^[!-9;-~]+[ \t]*:/;
/** The fields that mail begins with; a separator without a date is believed only before one of them. */
const FIRST_FIELD =
  /^(?:>From |(?:return-path|received|delivered-to|x-[a-z-]+|date|from|to|cc|sender|subject|message-id|mime-version|content-[a-z-]+|status|reply-to|dkim-signature|list-[a-z-]+|in-reply-to|references|envelope-to|user-agent|newsgroups|path|organization)[ \t]*:)/i;
/** What of a line is needed to tell whether it separates messages. */
const LINE_HEAD = 400;

/**
 * The messages of an mbox, as its chunks come (RFC 4155 and its dialects). Needs memory for one message of
 * `maxBytes` and a chunk, however big the file is and however its lines are cut.
 *
 * A line that begins with `From ` separates messages where it looks like a separator of its place: with a
 * date after an empty line or before a header field; without one before a field that mail begins with, if an
 * empty line is before it or a sender alone stands in it. Other such lines are text that a writer forgot to
 * quote, and survive. Content-Length is not believed: relays and mailers change bodies and leave it. So a
 * whole mbox that stands unquoted in a message, as only Content-Length could tell, is cut into its messages.
 */
export async function* readMbox(
  chunks: AsyncIterable<Buffer>,
  options: MboxOptions,
): AsyncGenerator<MboxItem> {
  const lines = new LineCutter(options.maxBytes);
  const splitter = new Splitter(options);
  for await (const chunk of chunks) {
    for (const line of lines.cut(chunk)) {
      const item = splitter.take(line);
      if (item) yield item;
    }
  }
  for (const line of lines.end()) {
    const item = splitter.take(line);
    if (item) yield item;
  }
  yield* splitter.end();
}

/** Whether a file that begins with `start` is an mbox: it begins with a separator. */
export function isMbox(start: Buffer): boolean {
  const lines = withoutMark(start)
    .toString('latin1')
    .replace(/^[\r\n]+/, '')
    .split('\n', 2);
  const [first, second = Buffer.alloc(0)] = lines.map(line => Buffer.from(line, 'latin1'));
  return quotesBeforeFrom(first!) === 0 && separates(first!, true, second);
}

/** Cuts chunks to lines, as few as possible, and holds no more of a line than could be of use. */
class LineCutter {
  readonly #mostBytes: number;
  #parts: Buffer[] = [];
  #size = 0;
  /** Whether a line has begun that must be given alone; the first one may begin with a byte order mark. */
  #begun = true;

  constructor(maxBytes: number) {
    this.#mostBytes = maxBytes + LINE_HEAD;
  }

  *cut(chunk: Buffer): Generator<Lines> {
    let start = 0;
    if (this.#begun) {
      start = chunk.indexOf(NEWLINE) + 1;
      this.#add(start === 0 ? chunk : chunk.subarray(0, start));
      if (start === 0) return;
      yield* this.end();
    }
    const whole = chunk.lastIndexOf(NEWLINE) + 1;
    while (start < whole) {
      const from = nextFrom(chunk, start, whole);
      if (from > start) yield linesOf(chunk.subarray(start, from));
      start = from === whole ? whole : chunk.indexOf(NEWLINE, from) + 1;
      if (start > from) yield linesOf(chunk.subarray(from, start));
    }
    this.#begun = whole < chunk.length;
    this.#add(chunk.subarray(whole));
  }

  /** The line that the chunks so far have begun, if they have. */
  *end(): Generator<Lines> {
    this.#begun = false;
    if (this.#size === 0) return;
    const line = { bytes: joined(this.#parts), size: this.#size };
    this.#parts = [];
    this.#size = 0;
    yield line;
  }

  #add(part: Buffer): void {
    if (part.length === 0) return;
    this.#size += part.length;
    this.#parts.push(part);
    // Its head says all that is needed of a line that no message can hold.
    if (this.#size > this.#mostBytes) this.#parts = [Buffer.concat(this.#parts, LINE_HEAD)];
  }
}

/** Gathers lines to messages. One line is held back, as only the line behind it tells whether it separates. */
class Splitter {
  readonly #options: MboxOptions;
  #gathered = Buffer.allocUnsafe(1 << 16);
  #size = 0;
  /** The bytes of the last line, if it is empty. */
  #blank = 0;
  #afterBlank = true;
  #firstLine = true;
  #separated = false;
  #held: Lines | undefined;

  constructor(options: MboxOptions) {
    this.#options = options;
  }

  /** Takes the next lines; gives the message that ended before them, if one did. */
  take(given: Lines): MboxItem | undefined {
    const lines = this.#firstLine ? withoutMarkOf(given) : given;
    this.#firstLine = false;
    const held = this.#held;
    this.#held = undefined;
    let item: MboxItem | undefined;
    if (held) {
      if (separates(held.bytes, this.#afterBlank, lines.bytes)) item = this.#cut();
      else this.#append(held);
    }
    if (quotesBeforeFrom(lines.bytes) === 0) this.#held = lines;
    else this.#append(lines);
    return item;
  }

  /** What is left when no line follows: the last message, and one without a line if its separator was the last. */
  *end(): Generator<MboxItem> {
    const held = this.#held;
    this.#held = undefined;
    const separated = held !== undefined && this.#afterBlank && DATED.test(head(held.bytes));
    if (held && !separated) this.#append(held);
    const item = this.#separated || this.#size > 0 ? this.#cut() : undefined;
    if (item) yield item;
    if (separated) yield { raw: Buffer.alloc(0), size: 0 };
  }

  #append({ bytes, size }: Lines): void {
    this.#blank = blankAtEnd(bytes);
    this.#afterBlank = this.#blank > 0;
    const quotes = quotesBeforeFrom(bytes);
    const quoted = this.#options.dialect === 'mboxrd' ? quotes > 0 : quotes === 1;
    this.#gather(quoted ? bytes.subarray(1) : bytes, quoted ? size - 1 : size);
  }

  #gather(text: Buffer, size: number): void {
    const start = this.#size;
    this.#size += size;
    if (this.#size > this.#options.maxBytes + 2) return; // 2: the empty line that is not the message's.
    if (this.#size > this.#gathered.length) {
      const grown = Buffer.allocUnsafe(Math.min(2 * this.#size, this.#options.maxBytes + 2));
      this.#gathered.copy(grown, 0, 0, start);
      this.#gathered = grown;
    }
    text.copy(this.#gathered, start);
  }

  #cut(): MboxItem | undefined {
    // The empty line before a separator belongs to the mbox.
    const size = this.#size - this.#blank;
    const raw = size > this.#options.maxBytes ? undefined : Buffer.from(this.#gathered.subarray(0, size));
    const preamble = !this.#separated;
    this.#separated = true;
    this.#size = 0;
    this.#blank = 0;
    this.#afterBlank = true;
    // Empty lines before the first separator are nobody's; other text there is kept like a message.
    if (preamble && raw?.every(byte => byte === NEWLINE || byte === RETURN)) return undefined;
    return { raw, size } as MboxItem;
  }
}

function separates(line: Buffer, afterBlank: boolean, next: Buffer): boolean {
  const text = head(line);
  const nextText = head(next);
  if (DATED.test(text)) return afterBlank || FIELD.test(nextText);
  return (afterBlank || SENDER_ONLY.test(text)) && FIRST_FIELD.test(nextText);
}

/** How many `>` stand before `From ` at the beginning of a line; -1 where it does not begin so. */
function quotesBeforeFrom(line: Buffer): number {
  let quotes = 0;
  while (line[quotes] === QUOTE) quotes++;
  if (line[quotes] !== FROM[0]) return -1;
  return line.subarray(quotes, quotes + FROM.length).equals(FROM) ? quotes : -1;
}

function head(line: Buffer): string {
  return line.toString('latin1', 0, LINE_HEAD);
}

/** The bytes of the last of some lines, if it is empty. */
function blankAtEnd(lines: Buffer): number {
  const end = lines.length;
  if (lines[end - 1] !== NEWLINE) return 0;
  const start = lines[end - 2] === RETURN ? end - 2 : end - 1;
  return start === 0 || lines[start - 1] === NEWLINE ? end - start : 0;
}

/** Where the next line begins with `From `, quoted or not, looked for from the line that begins at `start`; else `end`. */
function nextFrom(chunk: Buffer, start: number, end: number): number {
  for (let at = chunk.indexOf(FROM, start); at !== -1 && at < end; at = chunk.indexOf(FROM, at + 1)) {
    let line = at;
    while (line > start && chunk[line - 1] === QUOTE) line--;
    if (line === start || chunk[line - 1] === NEWLINE) return line;
  }
  return end;
}

function linesOf(bytes: Buffer): Lines {
  return { bytes, size: bytes.length };
}

function withoutMarkOf({ bytes, size }: Lines): Lines {
  const kept = withoutMark(bytes);
  return { bytes: kept, size: size - (bytes.length - kept.length) };
}

function withoutMark(bytes: Buffer): Buffer {
  return bytes.subarray(0, 3).equals(BYTE_ORDER_MARK) ? bytes.subarray(3) : bytes;
}

function joined(parts: readonly Buffer[]): Buffer {
  return parts.length === 1 ? parts[0]! : Buffer.concat(parts);
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
  for (let from = bytes.indexOf(FROM); from !== -1; from = bytes.indexOf(FROM, from + 1)) {
    let line = from;
    while (bytes[line - 1] === QUOTE) line--;
    if (line > 0 && bytes[line - 1] !== NEWLINE) continue;
    parts.push(bytes.subarray(start, line), Buffer.from('>'));
    start = line;
  }
  parts.push(bytes.subarray(start), Buffer.from(ended ? '\n' : '\n\n'));
  return { bytes: Buffer.concat(parts), ended };
}
