import type { Person } from '../../mail/people.ts';
import type { Held } from './held.ts';
import type { Mention } from './mention.ts';
import { isSameName } from './name-words.ts';
import type { NameReader } from './names.ts';
import type { Narration, ReadQuotation } from './passages.ts';

/** Whose words a quotation is said to be. */
export type Attribution =
  | 'right'
  | 'wrong'
  | 'ambiguous' // somebody else may be meant as well
  | 'nobody'; // nobody is named before it

/** Follows who is named in the parts of a passage, so that each quotation has its speaker. */
export class Speakers {
  readonly #names: NameReader;
  #last: Mention | undefined;
  #lastSubject: Mention | undefined;

  constructor(names: NameReader) {
    this.#names = names;
  }

  /** Reads narration, and tells whom it names. */
  hear({ text }: Narration): readonly Mention[] {
    const mentions = this.#names.mentions(text);
    this.#last = mentions.at(-1) ?? this.#last;
    this.#lastSubject = mentions.findLast(({ aside }) => !aside) ?? this.#lastSubject;
    return mentions;
  }

  /**
   * Whether a quotation of `author`'s words is said to be theirs: by the last person named before it, or by the last
   * who does not stand there as `to Ada` or `Ada's` do.
   */
  attribution({ form, name }: ReadQuotation, author: Person): Attribution {
    if (form === 'block') return this.#names.isCalled(author, name ?? '') ? 'right' : 'wrong';
    const named = [this.#last, this.#lastSubject].filter(mention => mention !== undefined);
    if (named.length === 0) return 'nobody';
    const meant = named.find(({ people }) => [...people].some(one => this.#names.isOne(one, author)));
    if (!meant) return 'wrong';
    const isOther = (other: Person) =>
      !this.#names.isOne(other, author) && !isSameName(other.name, author.name);
    return [...meant.people].some(isOther) ? 'ambiguous' : 'right';
  }

  /** Passes a quotation: under a block stands a full name, which introduces its bearer. */
  heard({ form, id }: ReadQuotation, held: Held): void {
    const author = form === 'block' && id !== undefined ? held.message(id)?.message.author : undefined;
    if (author) this.#names.introduce(author);
  }
}
