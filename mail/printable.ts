// C0 and C1 controls, DEL, bidi embeddings, overrides and isolates, and the byte order mark: each can hide or
// reorder what stands on a screen, in a terminal or in a file name.
const HARMFUL =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/g;
/** A surrogate without its other half, which no UTF-8 file can hold. */
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Text that holds nothing of the sort, as nearly all does. */
const HARMLESS = /^[ -~]*$/;

/** `text` on one line: control, bidi and line characters become blanks. For subjects, names and file names. */
export function printable(text: string): string {
  if (HARMLESS.test(text)) return text;
  return text
    .replace(/[\r\n\t\u2028\u2029]+/g, ' ')
    .replace(HARMFUL, '')
    .replace(LONE_SURROGATE, '\ufffd');
}

/**
 * `text` with its lines kept and harmful characters made visible: controls as their Unicode pictures (ESC as
 * `␛`), bidi controls as `⟨U+202E⟩`. For the bodies of mail.
 */
export function visible(text: string): string {
  return text.replace(HARMFUL, picture).replace(LONE_SURROGATE, '\ufffd');
}

function picture(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return '\u2421';
  if (code === 0xfeff) return '';
  return `\u27e8U+${code.toString(16).toUpperCase().padStart(4, '0')}\u27e9`;
}
