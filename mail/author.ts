import { type Address, parseAddress, parseAddresses } from './address.ts';
import { type Field, fieldValue, fieldValues } from './header.ts';
import { callsList, folded, type NamedList, namedList } from './named-list.ts';
import { GITHUB } from './people.ts';
import { printable } from './printable.ts';

/**
 * Who wrote a message: the first From, else Sender, that gives an address; else the first that gives a name.
 * A From that a list or relay has put itself into, as DMARC (RFC 7489) makes them do, is undone, by what they
 * leave behind: X-Original-From, Reply-To, and in patches the in-body From of git; `body` is where that stands.
 */
export function author(fields: readonly Field[], body?: Uint8Array): Address {
  const named = [...fieldValues(fields, 'from'), ...fieldValues(fields, 'sender')].map(parseAddress);
  const given =
    named.find(({ address }) => address !== '') ?? named.find(({ name }) => name !== '') ?? NOBODY;
  const from = { name: withoutQuotes(given.name), address: given.address };
  if (isSame(from.address, GITHUB))
    return { ...from, name: from.name || printable(fieldValue(fields, 'x-github-sender') ?? '') };
  const list = namedList(fields);
  const { name, via } = nameAndVia(from.name, list);
  const hidden = hiddenAddress(from.address);
  if (hidden !== undefined) return { name, address: hidden };
  if (isOf(list, from) || fieldValue(fields, 'x-original-from') !== undefined || FORGE.test(from.address))
    return restored(name, from, list, fields, body);
  if (via === undefined) return { ...from, name };
  if (isRelay(name, via, from, fields)) return restored(name, from, list, fields, body);
  // The address is the writer's own; what is no list's name is part of theirs.
  return callsList(list, via) ? { ...from, name } : from;
}

const NOBODY: Address = { name: '', address: '' };
/** Nobody has a longer name; a hostile one must not keep the expressions busy. */
const MAX_NAME = 200;
const QUOTED = /^(['"]+)(.+)\1$/;
/** `Jane Doe via linux-example`, `'Jane Doe' via Example Group`, `Jane Doe (via dev)`, `Jane Doe via`. */
const VIA = /^(.*?\S)\s+(?:via(?:\s+(\S.*))?|\(via\s+(\S[^()]*)\))$/i;
/** `Jane Doe [dev]`. */
const TAGGED = /^(.*\S)\s*\[([^[\]]+)\]$/;
/** Addresses that nobody has: `devnull+jane.example.org@example.net` of b4's relay, and those of servers. */
const RELAY = /^(?:devnull\+|(?:no|do-?not)[-_.]?reply\b|[^@]*-bounces?\b)/i;
/** Sourcehut sends patches for people from its own domain. */
const FORGE = /@git\.sr\.ht$/i;
/** `jane=example.org@lists.example.net`, or with `=40` for the `@`: what DMARC made of `jane@example.org`. */
const HIDDEN = /^([^@=]{1,64})=(?:40)?([a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})*\.[a-z]{2,24})@/i;

/** `'Jane Doe'` without the quotes that some mail programs put into the name itself. */
function withoutQuotes(name: string): string {
  return (name.length > MAX_NAME ? undefined : QUOTED.exec(name)?.[2]) ?? name;
}

/** A name without the list or relay behind it, and what stands behind "via". */
function nameAndVia(name: string, list: NamedList): { readonly name: string; readonly via?: string } {
  if (name.length > MAX_NAME) return { name };
  const [, before, via, inBrackets] = VIA.exec(name) ?? [];
  if (before !== undefined) return { name: withoutQuotes(before), via: via ?? inBrackets ?? '' };
  const [, untagged, tag] = TAGGED.exec(name) ?? [];
  return untagged !== undefined && callsList(list, tag!) ? { name: untagged } : { name };
}

/** The address that a list has put into its own. */
function hiddenAddress(address: string): string | undefined {
  const [, local, domain] = HIDDEN.exec(address) ?? [];
  return local === undefined ? undefined : `${local}@${domain}`;
}

/**
 * Whether the address of "Jane Doe via something" is not Jane's: it is a server's, that of the something, a list's that
 * the message was sent to, or not where her answers go.
 */
function isRelay(name: string, relay: string, { address }: Address, fields: readonly Field[]): boolean {
  if (RELAY.test(address) || fieldValue(fields, 'x-original-sender') !== undefined) return true;
  const via = folded(relay);
  if (via !== '' && via === folded(address.slice(0, address.indexOf('@')))) return true;
  return (
    // Somebody called Via may have a copy sent to herself.
    (via !== '' && addressesOf(recipientsOf(fields)).has(address.toLowerCase())) ||
    replyTo(fields).some(one => isSame(one.name, name) && !isSame(one.address, address))
  );
}

/** The person called `name`: with their address where something tells it, else with none, never with the list's. */
function restored(
  name: string,
  from: Address,
  list: NamedList,
  fields: readonly Field[],
  body: Uint8Array | undefined,
): Address {
  const isPerson = (one: Address) =>
    one.address !== '' && !isSame(one.address, from.address) && !isOf(list, one);
  const original = parseAddress(fieldValue(fields, 'x-original-from') ?? '');
  if (isPerson(original)) return { ...original, name: original.name || name };
  const recipients = recipientsOf(fields);
  const sentTo = addressesOf(recipients);
  // Where answers go, as far as that is not what the message was sent to anyway.
  const answers = replyTo(fields).filter(
    one => isPerson(one) && (isSame(one.name, name) || !sentTo.has(one.address.toLowerCase())),
  );
  // A list that hides even the name leaves nothing else.
  if (answers[0] && (name === '' || callsList(list, name))) return answers[0];
  const sender = parseAddress(fieldValue(fields, 'x-original-sender') ?? '');
  const candidates = [...answers, ...[sender, inBodyFrom(body)].filter(isPerson)];
  const found =
    candidates.find(one => one.name === '' || isSame(one.name, name)) ??
    // Who sends by a service has a copy sent to themselves.
    recipients.find(one => isPerson(one) && isSame(one.name, name));
  return { name, address: found?.address ?? '' };
}

function isOf({ addresses }: NamedList, { address }: Address): boolean {
  return addresses.has(address.toLowerCase());
}

function replyTo(fields: readonly Field[]): readonly Address[] {
  return parseAddresses(fieldValue(fields, 'reply-to') ?? '');
}

/** To whom a message was sent. */
function recipientsOf(fields: readonly Field[]): readonly Address[] {
  return ['to', 'cc'].flatMap(field => parseAddresses(fieldValues(fields, field).join(', ')));
}

/** The addresses of `mailboxes`, in lower case. */
function addressesOf(mailboxes: readonly Address[]): ReadonlySet<string> {
  return new Set(mailboxes.map(({ address }) => address.toLowerCase()));
}

/** How far into a body git's From may stand: it is the first line. */
const HEAD_BYTES = 1000;

/** The author that `git format-patch --from` puts on the first line of the body. */
function inBodyFrom(body: Uint8Array | undefined): Address {
  if (!body) return NOBODY;
  const head = Buffer.from(body.buffer, body.byteOffset, Math.min(body.byteLength, HEAD_BYTES)).toString(
    'utf8',
  );
  const line = /^\s*From: ([^\r\n]+)\r?\n/.exec(head)?.[1];
  return line === undefined ? NOBODY : parseAddress(line);
}

function isSame(one: string, other: string): boolean {
  return one !== '' && one.toLowerCase() === other.toLowerCase();
}
