// The alphabet of the index's files: whole numbers of 7 bits a byte, the lowest first, and text by its length.
// The same code writes in Node and reads in the browser.

const ENCODER = new TextEncoder();
const DECODER = new TextDecoder();
const SHORT_CHARACTERS = 64;

/** Collects numbers and text as bytes. */
export class ByteWriter {
  #bytes = new Uint8Array(256);
  #length = 0;

  /** How many bytes were written. */
  get length(): number {
    return this.#length;
  }

  /** Adds a whole number from 0 to 2 ** 53. */
  number(value: number): void {
    this.#reserve(8);
    if (value < 0x80) {
      this.#bytes[this.#length++] = value;
      return;
    }
    let rest = value;
    while (rest >= 0x80) {
      this.#bytes[this.#length++] = (rest % 0x80) + 0x80;
      rest = Math.floor(rest / 0x80);
    }
    this.#bytes[this.#length++] = rest;
  }

  /** Adds a text with its length. */
  text(value: string): void {
    const { length } = value;
    const start = this.#length;
    // Terms are short and of one byte a character, most of them: to call the encoder would take longer.
    if (length < SHORT_CHARACTERS) {
      this.number(length);
      this.#reserve(length);
      for (let at = 0; at < length && value.charCodeAt(at) < 0x80; at++)
        this.#bytes[this.#length++] = value.charCodeAt(at);
      if (this.#length === start + 1 + length) return;
      this.#length = start;
    }
    this.part(ENCODER.encode(value));
  }

  /** Adds bytes with their length. */
  part(bytes: Uint8Array): void {
    this.number(bytes.length);
    this.raw(bytes);
  }

  /** Adds bytes as they are. */
  raw(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** What was written, from a place on, up to another. */
  bytes(start = 0, end = this.#length): Uint8Array {
    return this.#bytes.slice(start, end);
  }

  /** Takes the first bytes away. */
  drop(count: number): void {
    this.#bytes.copyWithin(0, count, this.#length);
    this.#length -= count;
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(2 * this.#bytes.length, this.#length + more));
    grown.set(this.#bytes);
    this.#bytes = grown;
  }
}

/** Reads what a `ByteWriter` wrote. Bytes that end too early throw a RangeError. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Whether everything was read. */
  get done(): boolean {
    return this.#at >= this.#bytes.length;
  }

  /** The next number. */
  number(): number {
    const first = this.#bytes[this.#at];
    if (first !== undefined && first < 0x80) {
      this.#at++;
      return first;
    }
    let value = 0;
    for (let place = 1; ; place *= 0x80) {
      const byte = this.#bytes[this.#at++];
      if (byte === undefined) throw new RangeError('the bytes end within a number');
      value += (byte & 0x7f) * place;
      if (byte < 0x80) return value;
    }
  }

  /** The next text. */
  text(): string {
    return DECODER.decode(this.part());
  }

  /** The next bytes that have their length before them. */
  part(): Uint8Array {
    const length = this.number();
    const end = this.#at + length;
    if (end > this.#bytes.length) throw new RangeError('the bytes end within a part');
    const part = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return part;
  }
}

/** How many characters two texts begin with alike: what is left of the second is text as well. */
export function sharedLength(before: string, text: string): number {
  let shared = 0;
  while (shared < text.length && text[shared] === before[shared]) shared++;
  // Half a character beyond U+FFFF is no text.
  return shared > 0 && /[\ud800-\udbff]/.test(text[shared - 1]!) ? shared - 1 : shared;
}
