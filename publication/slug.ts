/** Longer words of an address are cut: it has to fit into a mail. */
const SLUG_CHARACTERS = 60;

/** Letters of names that are no letter with a mark, and what people write for them where these are missing. */
const PLAIN_LETTERS: Readonly<Record<string, string>> = {
  æ: 'ae',
  ð: 'd',
  đ: 'd',
  ı: 'i',
  ł: 'l',
  ø: 'o',
  œ: 'oe',
  ß: 'ss',
  þ: 'th',
};

/** A name without the marks of its letters: `Bjorn`, not the `bj` and `rn` that a title would leave of it. */
export function inPlainLetters(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\0-\x7f]/gu, letter => PLAIN_LETTERS[letter] ?? letter);
}

/** What of a text can stand in an address on any host: `remove-in-kernel-calls`; may be empty. */
export function slugWords(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, SLUG_CHARACTERS)
    .replace(/^-+|-+$/g, '');
}
