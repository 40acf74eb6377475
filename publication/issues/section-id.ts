import { inPlainLetters, slugWords } from '../slug.ts';
import { sectionId } from './schemas.ts';

/** Longer names are no good to type. */
const MOST_LETTERS = 40;

/** A name for the file of a section with this title that is none of `taken`: `remove-calls-of-system-calls`. */
export function newSectionId(title: string, taken: ReadonlySet<string>): string {
  const words = slugWords(inPlainLetters(title));
  const short = words.length > MOST_LETTERS ? words.slice(0, MOST_LETTERS + 1).replace(/-[^-]*$/, '') : words;
  const plain = short.slice(0, MOST_LETTERS);
  const names = plain === '' ? [] : [plain, `on-${plain}`];
  const id = names.find(one => sectionId.safeParse(one).success) ?? 'thread';
  for (let number = 1; ; number++) {
    const free = number === 1 ? id : `${id}-${number}`;
    if (!taken.has(free)) return free;
  }
}
