import { type Phrase, phraseWords } from './query.ts';
import type { SearchRecord } from './records.ts';

/** Whether a document has each phrase as it was asked for, and none that it must not have. */
export function hasPhrases({ title, from, text }: SearchRecord, phrases: readonly Phrase[]): boolean {
  const places = { subject: [title], from: [from], body: [text], anywhere: [title, text] };
  return phrases.every(
    phrase => phrase.refused !== places[phrase.field ?? 'anywhere'].some(place => isIn(place, phrase)),
  );
}

/** Whether somebody of this name has each of the phrases that are of names. */
export function isNamed(name: string, phrases: readonly Phrase[]): boolean {
  return phrases.every(phrase => phrase.refused !== isIn(name, phrase));
}

function isIn(place: string, { words }: Phrase): boolean {
  return ` ${phraseWords(place).join(' ')} `.includes(` ${words.join(' ')} `);
}
