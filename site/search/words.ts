// What is a word, and what else it is found by. Code is written about here as often as prose.

/** Nobody looks for a longer word: it is a key, a line of base 64, a URL with a session in it. */
const MAX_CHARACTERS = 100;

/** What no file can hold as text, or what stands for the end of a range there. */
const NO_CHARACTER = /[\p{Cs}\uffff]/gu;

/** A word without the marks around it, or empty where nothing is left or the word is too long to be one. */
export function bareWord(word: string): string {
  if (word.length > 3 * MAX_CHARACTERS) return '';
  const bare = word
    .replace(NO_CHARACTER, '\ufffd')
    .replace(/^[^\p{L}\p{N}_]+/u, '')
    .replace(/[^\p{L}\p{N}_]+$/u, '');
  return bare.length > MAX_CHARACTERS ? '' : bare;
}

/** Whether a word is one of a language, which has other forms; a name of code has none. */
export function isPlainWord(word: string): boolean {
  return /^[\p{L}\p{M}'’]+$/u.test(word);
}

/**
 * The parts that a word of code is found by as well, each once: of `ksys_read` the words between the signs, of
 * `arch/x86/entry/common.c` also each two that follow each other, `x86/entry`; of `v5.9-rc1` also `v5.9`, of
 * `CVE-2020-1234` also `2020`. Of a web address the words alone: nobody types half of one.
 */
export function partsOf(word: string): readonly string[] {
  if (isPlainWord(word)) return [];
  const pieces = word.split(/[^\p{L}\p{M}\p{N}]+/u);
  if (!word.includes('://')) pieces.unshift(...foldersOf(word), ...word.split('-'));
  return [...new Set(pieces.map(bareWord))].filter(part => part.length > 1 && part !== word);
}

/** The folders of a path and the pairs of neighbours; longer paths are asked for by their pairs (`pathPairs`). */
function foldersOf(word: string): readonly string[] {
  const folders = word.split('/').filter(folder => folder !== '');
  return folders.length < 2 ? [] : [...folders, ...pathPairs(folders)];
}

/** Each two that follow each other, with a slash between them. */
export function pathPairs(folders: readonly string[]): readonly string[] {
  return folders.slice(1).map((folder, index) => `${folders[index]}/${folder}`);
}
