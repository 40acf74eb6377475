import type { Person } from '../../mail/people.ts';
import { People } from '../people.ts';
import { LiteralNames } from './literal-names.ts';
import { isAsideBehind, type Mention } from './mention.ts';
import { bareName, isSame, isSameName, nameWords, type Word, wordsOf } from './name-words.ts';

/** Names that are nobody's: more than one word that begins with a capital. */
export interface StrangeName {
  readonly at: number;
  readonly text: string;
}

/** Somebody's full name, in words as they are compared. */
interface FullName {
  readonly words: readonly string[];
  readonly people: Set<Person>;
}

/** A word as names are made of: `Example`, `O'Hara`, `McExample`; not `KVM`, `LoongArch`, `PowerPC`. */
const NAME_WORD =
  /^(?:Mc|Mac|De|Di|La|Le|Van|Von|Fitz|[OD]['\u2019])?\p{Lu}[\p{Ll}\p{M}]+(?:['\u2019-]\p{L}[\p{Ll}\p{M}]*)*$/u;
/** Words with a capital that are no part of anybody's name. */
const NO_NAMES = new Set(
  'Linux Kernel Unix Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September October November December'.split(
    ' ',
  ),
);
/** What begins sentences, in front of a name. */
const OPENERS = new Set(
  'A After Again All Also An And Another Any As Asked At Because Before Besides Both But By Earlier Each Elsewhere Even Finally For From Had Has Here How However If In Instead Is It Its Last Later Like Meanwhile Most No Nobody Nor Not Now Of Old On Once One Only Or Other Our Over Pressed Prompted Since So Some Soon Still That The Their Then There These This Those Though Three To Told Two Under Unlike Until Was What When Where Whereas Whether Which While Who Why With Without Yet'.split(
    ' ',
  ),
);
/** `Answering Ada`, `Finally Ada`. */
const OPENING = /^\p{Lu}\p{Ll}{3,}(?:ing|ly)$/u;
/**
 * Reads who is named in prose, as its readers do: by full name, then by any part of it; who was introduced comes
 * before who was not. It keeps who was introduced: give it narration in order.
 */
export class NameReader {
  readonly #full = new Map<string, FullName[]>();
  readonly #parts = new Map<string, Set<Person>>();
  /** Those of signs, of an initial, of an address: what cannot be read in words. */
  readonly #literal = new LiteralNames();
  readonly #introduced = new Set<Person>();
  readonly #people: People;
  /** The words of the text that was read last: it is asked whom it names, then whom it names besides. */
  #read: { readonly text: string; readonly words: readonly Word[] } = { text: '', words: [] };

  /** `people` wrote to the threads; `others` are named there as people are. */
  constructor(people: readonly Person[], others: Iterable<string>) {
    this.#people = new People(people);
    const each = new Set(people);
    for (const person of each) this.#add(person.name, person);
    for (const name of others) this.#add(name, undefined);
    for (const person of each) {
      const name = bareName(person.name);
      if (name === '' || this.#inWords(name).some(mention => mention.people.has(person))) continue;
      this.#literal.add(name, person);
    }
    this.#introduced.clear();
  }

  /** Whether two are one person, under several addresses or in several spellings. */
  isOne(one: Person, other: Person): boolean {
    return this.#people.of(one).key === this.#people.of(other).key;
  }

  /** Whether somebody is called `name`, there or in the other messages of theirs. */
  isCalled(person: Person, name: string): boolean {
    return isSameName(name, person.name) || isSameName(name, this.#people.of(person).name);
  }

  #add(name: string, person: Person | undefined): void {
    const words = nameWords(name);
    if (words.length === 0) return;
    const begun = this.#full.get(words[0]!) ?? [];
    this.#full.set(words[0]!, begun);
    const full = begun.find(one => isSame(one.words, words)) ?? { words, people: new Set() };
    if (!begun.includes(full)) begun.push(full);
    if (!person) return;
    full.people.add(person);
    if (person.robot || words.length === 1) return;
    for (const word of words) {
      const bearers = this.#parts.get(word) ?? new Set();
      this.#parts.set(word, bearers.add(person));
    }
  }

  /** Everybody who is named in `text`, in order. */
  mentions(text: string): readonly Mention[] {
    const inWords = this.#inWords(text);
    const literal = this.#literal.mentions(text);
    if (literal.length === 0) return inWords;
    // `[Fern]` is longer than the `Fern` in it, and `A` a part of `Ada A`.
    const isIn = (one: Mention, other: Mention) => one.at >= other.at && one.end <= other.end;
    const whole = literal.filter(one => !inWords.some(other => isIn(one, other)));
    const others = inWords.filter(one => !whole.some(other => isIn(one, other)));
    return [...others, ...whole].sort((a, b) => a.at - b.at);
  }

  #wordsOf(text: string): readonly Word[] {
    if (this.#read.text !== text) this.#read = { text, words: wordsOf(text) };
    return this.#read.words;
  }

  #inWords(text: string): readonly Mention[] {
    const words = this.#wordsOf(text);
    const mentions: Mention[] = [];
    for (let at = 0; at < words.length; at++) {
      const found = this.#foundAt(words, at);
      if (!found) continue;
      const last = words[at + found.length - 1]!;
      // `to the test robot`
      const before = words[at - 1]?.text === 'the' ? words[at - 2] : words[at - 1];
      const aside = last.possessive || isAsideBehind(before?.text);
      mentions.push({ at: words[at]!.at, end: last.end, people: found.people, aside });
      at += found.length - 1;
    }
    return mentions;
  }

  /** Counts somebody among those who were introduced: under a block quotation stands a full name. */
  introduce(person: Person): void {
    this.#introduced.add(person);
  }

  /** A part of somebody's name goes before a whole name of nobody who wrote: mails call people by first names. */
  #foundAt(words: readonly Word[], at: number): Named | undefined {
    const full = this.#fullAt(words, at);
    if (full && (full.people.size > 0 || full.length > 1)) return full;
    return this.#partAt(words, at) ?? full;
  }

  #fullAt(words: readonly Word[], at: number): Named | undefined {
    const all = this.#full.get(words[at]!.key) ?? [];
    const standing = all.filter(({ words: name }) =>
      name.every(
        (key, index) => words[at + index]?.key === key && (index === 0 || words[at + index]!.joined),
      ),
    );
    const longest = standing.reduce<FullName | undefined>(
      (best, one) => (best && best.words.length >= one.words.length ? best : one),
      undefined,
    );
    if (!longest) return undefined;
    for (const person of longest.people) this.#introduced.add(person);
    return { length: longest.words.length, people: longest.people };
  }

  #partAt(words: readonly Word[], at: number): Named | undefined {
    if (!/^\p{Lu}/u.test(words[at]!.text)) return undefined;
    let people = this.#parts.get(words[at]!.key);
    if (!people) return undefined;
    let length = 1;
    for (let next = words[at + 1]; next?.joined && NAME_WORD.test(next.text); next = words[at + length]) {
      if (NO_NAMES.has(next.text)) break;
      const bearers: ReadonlySet<Person> = this.#parts.get(next.key) ?? new Set();
      people = new Set([...people].filter(person => bearers.has(person)));
      length++;
    }
    const introduced = [...people].filter(person => this.#introduced.has(person));
    return { length, people: introduced.length > 0 ? new Set(introduced) : people };
  }

  /** Names of several words in `text` that are of nobody who wrote. */
  strangeNames(text: string): readonly StrangeName[] {
    const known = this.mentions(text).filter(({ people }) => people.size > 0);
    const strange: StrangeName[] = [];
    let run: Word[] = [];
    const end = () => {
      const from = run[0]?.opens && isOpener(run[0].text) ? 1 : 0;
      const [first, last] = [run[from], run.at(-1)];
      if (first && last && first !== last)
        strange.push({ at: first.at, text: text.slice(first.at, last.at + last.text.length) });
      run = [];
    };
    let next = 0;
    for (const word of this.#wordsOf(text)) {
      while (next < known.length && known[next]!.end <= word.at) next++;
      const mention = known[next];
      // A part of a name alone may belong to the word before it: nobody is called `Bob Miller`.
      const whole =
        mention &&
        word.at >= mention.at &&
        (mention.at < word.at || word.end < mention.end || run.length === 0);
      const isName = NAME_WORD.test(word.text) && !NO_NAMES.has(word.text) && !whole;
      if (!word.joined || !isName) end();
      if (isName) run.push(word);
    }
    end();
    return strange;
  }
}

interface Named {
  /** In words. */
  readonly length: number;
  readonly people: ReadonlySet<Person>;
}

function isOpener(word: string): boolean {
  return OPENERS.has(word) || OPENING.test(word);
}
