/** No letter has more (UAX 15, 13); to put a million of them in order takes hours. */
const TOO_MANY = /\p{M}(?<=\p{M}{31})/gu;

/** `text` with so few combining marks on a letter that it can be normalized in time by its length. */
export function boundedMarks(text: string): string {
  return text.replace(TOO_MANY, '');
}
