import { parseAddress } from './address.ts';
import type { Mailmap } from './mailmap.ts';
import { givenNameFirst } from './people.ts';

/** No honest trailer is longer. */
const MAX_LENGTH = 200;
/** Nobody has more names; more words are a sentence. */
const MAX_NAMES = 6;

/**
 * The name of the person in a trailer, `Acked-by: Jane Doe <jane@example.org> # the larch part`, by `mailmap` and as
 * headers have it; undefined where it names nobody: `Acked-by: From: Jane Doe`, `Tested-by: me`.
 */
export function trailerName(trailer: string, mailmap: Mailmap): string | undefined {
  const value = trailer
    .slice(0, MAX_LENGTH)
    .replace(/^[^:]*:/, '')
    .replace('(at)', '@')
    .replace(/\s+/g, ' ')
    .trim();
  // What stands behind the address is a comment, and a word with a colon before it another header.
  const [mailbox = ''] = /^[^>#]*>?/.exec(value) ?? [];
  if (/^[\w-]+:/.test(mailbox)) return undefined;
  const { name, address } = parseAddress(mailbox.replace(/^'([^<]*)'/, '$1'));
  const proper = mailmap.proper({ name: givenNameFirst(name), address });
  return isName(proper.name) ? proper.name : undefined;
}

function isName(words: string): boolean {
  return (
    /\p{L}/u.test(words) &&
    !/[:@<>]|^(?:me|myself|us|I)$/i.test(words) &&
    words.split(' ').length <= MAX_NAMES
  );
}
