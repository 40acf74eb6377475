import { displayName, parseAddresses } from '../address.ts';
import { MESSAGE_START } from '../attached.ts';
import { decodeEncodedWords } from '../encoded-words.ts';
import { type Field, fieldValue } from '../header.ts';
import { printable } from '../printable.ts';

/** No honest field is longer; what is read for a heading is not worth more time. */
const MAX_CHARACTERS = 1_000;

/** What stands over the text of an attached message: who wrote it, when, and of what. */
export function messageHeading(fields: readonly Field[]): string {
  const lines = ['From', 'Date', 'Subject'].map(name => {
    const value = (fieldValue(fields, name.toLowerCase()) ?? '').slice(0, MAX_CHARACTERS);
    const shown = name === 'From' ? writers(value) : printable(decodeEncodedWords(value)).trim();
    return shown === '' ? '' : `${name}: ${shown}\n`;
  });
  return `\n${MESSAGE_START}\n${lines.join('')}\n`;
}

/** Who a From field names, without addresses: some sites show none, and this is no place to ask which. */
function writers(value: string): string {
  const named = parseAddresses(value).map(address => displayName(address).replace(/@[^\s,;>]*/g, ''));
  return named.join(', ');
}
