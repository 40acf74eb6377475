// What can hide or reorder what stands on a screen, in a terminal or in a file name: C0 and C1 controls, DEL, bidi
// embeddings, overrides and isolates, the byte order mark; blanks and operators of no width, annotations, fillers,
// and the tags and selectors that can carry a text nobody sees.
const HARMFUL =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\u200b-\u200f\u061c\u180e\u2060-\u2065\u206a-\u206f\u3164\uffa0\ufff9-\ufffb]|[\ufe00-\ufe0f]|\udb40[\udc00-\uddef]/g;
/** A surrogate without its other half, which no UTF-8 file can hold. */
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Text that holds nothing of the sort, as nearly all does. */
const HARMLESS = /^[ -~]*$/;
const HARMLESS_LINES = /^[\t\n\r -~]*$/;

/** `text` on one line: control, bidi and line characters become blanks. For subjects, names and file names. */
export function printable(text: string): string {
  if (HARMLESS.test(text)) return text;
  const line = text.replace(/[\r\n\t\u2028\u2029]+/g, ' ');
  const directed = RIGHT_TO_LEFT.test(text);
  return line
    .replace(HARMFUL, (character, at: number) => (isOrdinary(character, line, at, directed) ? character : ''))
    .replace(LONE_SURROGATE, '\ufffd');
}

/**
 * `text` with its lines kept and harmful characters made visible: controls as their Unicode pictures (ESC as
 * `␛`), others by their number as `⟨U+202E⟩`. For the bodies of mail.
 */
export function visible(text: string): string {
  if (HARMLESS_LINES.test(text)) return text;
  const directed = RIGHT_TO_LEFT.test(text);
  const shown = text.replace(PADDING, '');
  return shown
    .replace(HARMFUL, (character, at: number) =>
      isOrdinary(character, shown, at, directed) ? character : picture(character),
    )
    .replace(LONE_SURROGATE, '\ufffd');
}

/** Whether a text is so plain that `visible` leaves it as it is, and all of its lines. */
export function isVisible(text: string): boolean {
  return HARMLESS_LINES.test(text);
}

/**
 * Blanks of no width and byte order marks beside other blanks or at a line's end, where they part no word: what
 * mail programs and web pages leave behind. Looked for from the first of a run only, for the sake of time.
 */
const PADDING =
  /(?<![\u200b\u2060\ufeff])(?:(?<=^>{0,9}|\s)[\u200b\u2060\ufeff]+|[\u200b\u2060\ufeff]+(?=\s|$))/gm;

function picture(character: string): string {
  const code = character.codePointAt(0)!;
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return '\u2421';
  return `\u27e8U+${code.toString(16).toUpperCase().padStart(4, '0')}\u27e9`;
}

/** Scripts whose letters join or part with U+200D and U+200C, and emoji, which are made of several. */
const JOINING =
  /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}\p{Extended_Pictographic}\p{Emoji_Modifier}]\ufe0f?$/u;
/** What a direction mark is of use beside. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
/** A flag of a part of a country: a black flag, then letters and digits of tags, then their end (UTS 51, ED-14A). */
const TAGGED_FLAG = /\u{1f3f4}[\u{e0030}-\u{e0039}\u{e0061}-\u{e007a}]{1,6}\u{e007f}/gu;

/** Whether an invisible character is written as its script needs it, and so hides nothing; `directed` text has letters of both directions. */
function isOrdinary(character: string, text: string, at: number, directed: boolean): boolean {
  const code = character.codePointAt(0)!;
  // No script needs more of what stands before it than two letters and their marks.
  const before = text.slice(Math.max(0, at - 4), at);
  if (code === 0x200c || code === 0x200d) return JOINING.test(before);
  if (code === 0x200e || code === 0x200f || code === 0x061c) return directed;
  if (code >= 0xfe00 && code <= 0xfe0f) return isVariation(before);
  if (code >= 0xe0100 && code <= 0xe01ef) return /\p{Script=Han}$/u.test(before);
  if (code >= 0xe0020 && code <= 0xe007f) return isInFlag(text, at);
  return false;
}

/** One selector after one character that is seen; a row of them is a message of its own. */
function isVariation(before: string): boolean {
  return /[\p{L}\p{N}\p{S}\p{P}\p{M}]$/u.test(before) && !/[\ufe00-\ufe0f]$/.test(before);
}

function isInFlag(text: string, at: number): boolean {
  const start = Math.max(0, at - 14);
  if (!text.slice(start, at).includes('\u{1f3f4}')) return false;
  for (const flag of text.slice(start, at + 16).matchAll(TAGGED_FLAG)) {
    if (start + flag.index < at && at < start + flag.index + flag[0].length) return true;
  }
  return false;
}
