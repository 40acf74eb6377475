import { groupBy } from '../../mail/group-by.ts';
import type { Person } from '../../mail/people.ts';
import { plainWords } from '../citations.ts';

/** What `Ada Example (Larch)` and `Ada Example [larch]` put behind the name. */
const AFFILIATION = /\s*[([][^()[\]]{0,60}[)\]]\s*$/;

/**
 * The people of a story and how it names them: in full when they first appear, then by first name, as Kernel
 * Traffic did; always in full where two of them share it.
 */
export class Cast {
  readonly #shared: ReadonlySet<string>;
  readonly #introduced = new Set<string>();

  constructor(people: readonly Person[]) {
    const names = new Map(people.map(person => [person.key, firstName(fullName(person))]));
    const bearers = groupBy(names, ([, name]) => name);
    this.#shared = new Set([...bearers].filter(([, all]) => all.length > 1).map(([name]) => name));
  }

  /** The name of somebody at this place of the story, as Markdown. */
  name(person: Person): string {
    return plainWords(this.unescaped(person));
  }

  /** The same for the words of a link, which are escaped as a whole. */
  unescaped(person: Person): string {
    const full = fullName(person);
    const first = firstName(full);
    if (!this.#introduced.has(person.key)) {
      this.#introduced.add(person.key);
      return full;
    }
    return this.#shared.has(first) || person.robot ? full : first;
  }
}

/** Somebody's name without what stands behind it in brackets; a program's as one speaks of it. */
function fullName({ name, robot }: Person): string {
  const short = name.replace(AFFILIATION, '') || name;
  if (!robot) return short;
  // `tip-bot2 for Ada Example` writes for her and is called by its own name.
  const own = short.replace(/ for \p{Lu}.{0,100}$/u, '');
  return /^\S+ (?:\S+ )?robot$/.test(own) ? `the ${own}` : own;
}

/** `Ada` of `Ada Example`; the whole of a name that is one word, or begins with an initial. */
function firstName(full: string): string {
  const [first, ...rest] = full.split(' ');
  return rest.length === 0 || !/^\p{Lu}[\p{L}\p{M}'’-]+$/u.test(first!) || TITLES.test(first!)
    ? full
    : first!;
}

const TITLES = /^(?:Dr|Mr|Mrs|Ms|Prof|Sir|The|Team)$/;
