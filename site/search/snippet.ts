/** A piece of text, and whether it is what the query asked for. */
export interface Piece {
  readonly text: string;
  readonly match: boolean;
}

const CHARACTERS = 240;
/** How far back the beginning of a sentence is looked for. */
const LEAD = 120;

/** The sentence of `text` around the first word that matches and what follows it, cut into pieces. */
export function snippet(text: string, isMatch: (word: string) => boolean): readonly Piece[] {
  const words = [...text.matchAll(/\S+/g)];
  const first = words.find(match => isMatch(match[0]))?.index ?? 0;
  const start = sentenceStart(text, first);
  const cut = text.length - start > CHARACTERS;
  const end = cut ? Math.max(text.lastIndexOf(' ', start + CHARACTERS), first + 1) : text.length;
  const pieces: Piece[] = [{ text: start > 0 ? '… ' : '', match: false }];
  let at = start;
  for (const { index, 0: whole } of words) {
    if (index >= end) break;
    if (index < start || !isMatch(whole)) continue;
    const lead = /^[^\p{L}\p{N}_]*/u.exec(whole)![0].length;
    const word = whole.slice(lead).replace(/[^\p{L}\p{N}_]+$/u, '');
    pieces.push({ text: text.slice(at, index + lead), match: false }, { text: word, match: true });
    at = index + lead + word.length;
  }
  pieces.push({ text: text.slice(at, Math.max(at, end)) + (cut ? ' …' : ''), match: false });
  return pieces.filter(piece => piece.text !== '');
}

/** Where the sentence begins that `at` stands in; where it is long, a word near before it. */
function sentenceStart(text: string, at: number): number {
  const before = text.slice(Math.max(0, at - LEAD), at);
  const point = Math.max(...['. ', '? ', '! '].map(end => before.lastIndexOf(end)));
  if (point !== -1) return at - before.length + point + 2;
  if (at <= LEAD) return 0;
  return text.indexOf(' ', at - LEAD / 2) + 1;
}
