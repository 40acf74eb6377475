import type { Person } from '../../mail/people.ts';

/** A place in narration where somebody is named. */
export interface Mention {
  /** From its first character to behind its last. */
  readonly at: number;
  readonly end: number;
  /** Who may be meant: several where people share a name, none where the name is of nobody who wrote. */
  readonly people: ReadonlySet<Person>;
  /** Whether it stands as `Ada's` or `to Ada` do: mostly not who speaks. */
  readonly aside: boolean;
}

/** In front of the name of somebody who is spoken to or about. */
const TO = new Set(['to', 'To', 'with', 'With', 'against', 'Against', 'unlike', 'Unlike', 'like', 'about']);

/** Whether whoever is named behind `word` is spoken to or about, and mostly does not speak. */
export function isAsideBehind(word: string | undefined): boolean {
  return word !== undefined && TO.has(word);
}
