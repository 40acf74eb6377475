/** Letters of scripts that part no words: about two of them make one. */
const UNPARTED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/gu;

/** How many words a text has: what blanks part, and of scripts that do without blanks two letters for one. */
export function countWords(text: string): number {
  const words = text.match(/\S+/g)?.length ?? 0;
  return words + Math.floor((text.match(UNPARTED)?.length ?? 0) / 2);
}
