import type { Address } from './address.ts';

/** Who people are, by the names and addresses that they write under: git's mailmap (gitmailmap(5)). */
export interface Mailmap {
  /** The proper name and address of somebody; both as given where the map says nothing. */
  proper(address: Address): Address;
}

/** A line that is no entry: its number from 1, and what is wrong with it. */
export interface MailmapFault {
  readonly line: number;
  readonly what: string;
}

interface Proper {
  readonly name: string;
  readonly address: string;
}

/** `Proper Name <proper@example.org> Commit Name <commit@example.org>`, with all but one address left out or not. */
const ENTRY = /^([^<>]*)<([^<>]*)>(?:([^<>]*)<([^<>]*)>)?\s*(?:#.*)?$/;

/**
 * The map in the text of a mailmap file, in all four of git's forms. Names and addresses are compared without
 * regard to case, and a later line goes before an earlier one, both as git has it.
 */
export function parseMailmap(text: string): {
  readonly mailmap: Mailmap;
  readonly faults: readonly MailmapFault[];
} {
  const byAddress = new Map<string, Proper>();
  const byBoth = new Map<string, Proper>();
  const faults: MailmapFault[] = [];
  for (const [index, line] of text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .entries()) {
    if (/^\s*(#|$)/.test(line)) continue;
    const [, name = '', first = '', otherName = '', second] = (ENTRY.exec(line) ?? []).map(part =>
      part?.trim(),
    );
    const fault = faultOf(ENTRY.test(line), name, first, second);
    if (fault) {
      faults.push({ line: index + 1, what: fault });
      continue;
    }
    const written = second ?? first;
    const proper = { name, address: second === undefined ? '' : first };
    if (otherName === '')
      byAddress.set(written.toLowerCase(), merged(byAddress.get(written.toLowerCase()), proper));
    else byBoth.set(keyOf(otherName, written), merged(byBoth.get(keyOf(otherName, written)), proper));
  }
  const proper = (given: Address): Address => {
    const found = byBoth.get(keyOf(given.name, given.address)) ?? byAddress.get(given.address.toLowerCase());
    return found ? { name: found.name || given.name, address: found.address || given.address } : given;
  };
  return { mailmap: { proper }, faults };
}

/** The map that says nothing. */
export const NO_MAILMAP: Mailmap = { proper: address => address };

function faultOf(
  entry: boolean,
  name: string,
  first: string,
  second: string | undefined,
): string | undefined {
  if (!entry) return 'is not "Name <address>" or "Name <address> Other Name <other address>"';
  if (first === '' || second === '') return 'has nothing between < and >';
  if (second === undefined && name === '') return 'names nobody: one address alone maps to nothing';
  return undefined;
}

/** What a later line leaves out stays as an earlier one had it. */
function merged(before: Proper | undefined, now: Proper): Proper {
  return { name: now.name || (before?.name ?? ''), address: now.address || (before?.address ?? '') };
}

function keyOf(name: string, address: string): string {
  return `${name.toLowerCase()}\0${address.toLowerCase()}`;
}
