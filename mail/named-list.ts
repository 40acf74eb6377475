import { type Field, fieldValue } from './header.ts';

/** The list that a message came through, as its fields name it. */
export interface NamedList {
  /** In lower case: where it takes posts (RFC 2369, 3.4), and what its identifier is made of. */
  readonly addresses: ReadonlySet<string>;
  /** What it is called, by letters and digits in lower case. */
  readonly names: ReadonlySet<string>;
}

/** No list's name has more. */
const MAX_WORDS = 20;

/** The list in the List-Post and List-Id of a message; of a message from no list, one without names. */
export function namedList(fields: readonly Field[]): NamedList {
  const post = /<mailto:([^>?]+)/i.exec(fieldValue(fields, 'list-post') ?? '')?.[1] ?? '';
  const [, phrase = '', id = ''] = /^([^<]*)<([^<>]*)>/.exec(fieldValue(fields, 'list-id') ?? '') ?? [];
  // Mailman and others take the identifier from the address: `dev@example.org` is `dev.example.org` (RFC 2919).
  const addresses = [post.toLowerCase(), id.toLowerCase().replace('.', '@')].filter(one => one.includes('@'));
  const names = [...addresses.map(address => address.slice(0, address.indexOf('@'))), phrase].map(folded);
  return { addresses: new Set(addresses), names: new Set(names.filter(name => name !== '')) };
}

/** Whether `words` call the list by its name, or begin with it: `Larch discussion`. */
export function callsList({ names }: NamedList, words: string): boolean {
  let called = '';
  return words.split(' ', MAX_WORDS).some(word => {
    called += folded(word);
    return names.has(called);
  });
}

/** A name as it is compared: its letters and digits, in lower case. */
export function folded(words: string): string {
  return words.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
}
