import type { Person } from '../../mail/people.ts';
import { isAsideBehind, type Mention } from './mention.ts';

/** Two characters of one word. */
const IN_WORD = /^[\p{L}\p{M}\p{N}]{2}$/u;
/** A word in front of a name that says how it stands there is no longer. */
const LONGEST_BEFORE = 20;

/** Names that cannot be read in words: of signs, of an initial, addresses. They are read as they stand. */
export class LiteralNames {
  readonly #people = new Map<string, Set<Person>>();

  add(name: string, person: Person): void {
    this.#people.set(name, (this.#people.get(name) ?? new Set()).add(person));
  }

  /** Where they stand in `text` by themselves. */
  mentions(text: string): readonly Mention[] {
    const mentions: Mention[] = [];
    for (const [name, people] of this.#people) {
      for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length)) {
        const end = at + name.length;
        if (IN_WORD.test(text.slice(at - 1, at + 1)) || IN_WORD.test(text.slice(end - 1, end + 1))) continue;
        const before = /(\S+)\s$/.exec(text.slice(Math.max(0, at - LONGEST_BEFORE), at))?.[1];
        mentions.push({ at, end, people, aside: isAsideBehind(before) });
      }
    }
    return mentions;
  }
}
