import { mailparser } from './mailparser.ts';
import { printable } from './printable.ts';

/** Somebody's mailbox as a header names it (RFC 5322, 3.4). */
export interface Address {
  /** The display name, decoded; empty where the header gives none. */
  readonly name: string;
  /** `local@domain` as written; empty where the header has none. */
  readonly address: string;
}

/**
 * A display name of plain words, with or without its company as a comment behind it, and an address in brackets; nothing
 * in them means something else.
 */
const PLAIN_ADDRESS =
  /^("?)(\p{L}[\p{L}0-9.'-]*(?: [\p{L}0-9.'-]+)*)\1(?: \([A-Za-z0-9]+\))? <([A-Za-z0-9._+-]+@[A-Za-z0-9.-]+)>$/u;

/** `jane at example.org (Jane Doe)`, as the archives of Mailman hand out their mail. */
const SPELT_OUT = /(^|<)([^\s<>()"',;:@]{1,64}) at ([a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8})(?=>$| \(|$)/i;

/** The first mailbox of a From value, with encoded words decoded (RFC 2047); both parts may be empty. */
export function parseAddress(value: string): Address {
  // Most are so plain that the parser's care is wasted on them, and a sweep reads a million.
  const plain = PLAIN_ADDRESS.exec(value);
  if (plain) return { name: printable(plain[2]!).trim(), address: plain[3]! };
  const [first = { name: '', address: '' }, second] = parseAddresses(value.replace(SPELT_OUT, '$1$2@$3'));
  // `Doe, Jane <jane@example.org>` without its quotes is two mailboxes to RFC 5322, and one person.
  const halved =
    first.address === '' && /^\p{L}[\p{L} .'-]*$/u.test(first.name) && second?.address && second.name;
  return halved ? { name: `${first.name}, ${second.name}`, address: second.address } : first;
}

/** Every mailbox of an address field, with encoded words decoded (RFC 2047). */
export function parseAddresses(value: string): readonly Address[] {
  return mailparser()
    .parseAddressHeader(value, { flatten: true })
    .value.map(mailbox => {
      const name = printable(mailbox.name).trim();
      const address = printable(mailbox.address ?? '').trim();
      // `user@host` typed as a phrase ends up as the name of an empty address.
      return address === '' && /^[^\s@]+@\S+$/.test(name) ? { name: '', address: name } : { name, address };
    });
}

/** The name to show for a mailbox: its display name, else the local part of its address, else "nobody". */
export function displayName(address: Address): string {
  return address.name || address.address.replace(/@.*$/s, '') || 'nobody';
}
