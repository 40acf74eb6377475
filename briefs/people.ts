import type { Person } from '../mail/people.ts';
import { fullNameOf } from '../mail/series/patch-set.ts';

/** What one person writes under: addresses, and spellings of their name. */
interface Identity {
  /** The first that was met. */
  readonly person: Person;
  /** How often each spelling was met. */
  readonly names: Map<string, number>;
}

/**
 * The people who wrote `authors`' messages, each once: one address is one person's, and so is one full name, as
 * `isSamePerson` has it. Programs stay as they are, since they write for one and then for another.
 */
export class People {
  /** The identity that a key or a full name leads to; one that was joined to another leads on to it. */
  readonly #of = new Map<string, Identity>();
  readonly #joined = new Map<Identity, Identity>();
  readonly #best = new Map<Identity, string>();

  constructor(authors: Iterable<Person>) {
    for (const author of authors) if (!author.robot) this.#add(author);
  }

  /** Whoever writes as `person`: the same key for all that they write, and one name. */
  of(person: Person): Person {
    const found = person.robot ? undefined : this.#find(keyMark(person));
    if (!found) return person;
    const name = this.#best.get(found) ?? bestName(found.names);
    this.#best.set(found, name);
    // Some addresses are shared, and nobody's words may be put in another's mouth.
    return { ...found.person, name: mayBeOne(name, person.name) ? name : person.name };
  }

  #add(person: Person): void {
    const marks = [keyMark(person), ...nameMarks(person)];
    const known = new Set(marks.map(mark => this.#find(mark)).filter(one => one !== undefined));
    const [first = { person, names: new Map() }, ...others] = known;
    for (const other of others) {
      this.#joined.set(other, first);
      for (const [name, count] of other.names) addCount(first.names, name, count);
    }
    for (const mark of marks) this.#of.set(mark, first);
    addCount(first.names, person.name, 1);
  }

  #find(mark: string): Identity | undefined {
    let found = this.#of.get(mark);
    for (let next = found; next; next = this.#joined.get(next)) found = next;
    if (found) this.#of.set(mark, found);
    return found;
  }
}

function keyMark({ key }: Person): string {
  return `key ${key}`;
}

function nameMarks(person: Person): readonly string[] {
  const name = fullNameOf(person);
  return name === undefined ? [] : [`name ${name}`];
}

function addCount(counts: Map<string, number>, name: string, count: number): void {
  counts.set(name, (counts.get(name) ?? 0) + count);
}

/** A full name, where there is one; else what they write under most. */
function bestName(names: ReadonlyMap<string, number>): string {
  const all = [...names];
  const full = all.filter(([name]) => name.includes(' '));
  return (full.length > 0 ? full : all).reduce((best, one) => (one[1] > best[1] ? one : best))[0];
}

/** Whether two names are one person's, as far as they tell: full names that share no word are of two. */
function mayBeOne(one: string, other: string): boolean {
  const [words, others] = [one, other].map(name => name.toLowerCase().split(' '));
  return words!.length === 1 || others!.length === 1 || words!.some(word => others!.includes(word));
}
