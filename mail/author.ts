import { type Address, parseAddress, parseAddresses } from './address.ts';
import { type Field, fieldValue, fieldValues } from './header.ts';

/**
 * Who wrote a message: the first From, else Sender, that gives an address; else the first that gives a name.
 * A From that a list or relay has put itself into, as DMARC (RFC 7489) makes them do, is undone, by what they
 * leave behind: X-Original-From, Reply-To, and in patches the in-body From of git; `body` is where that stands.
 */
export function author(fields: readonly Field[], body?: Uint8Array): Address {
  const named = [...fieldValues(fields, 'from'), ...fieldValues(fields, 'sender')].map(parseAddress);
  const from = named.find(({ address }) => address !== '') ?? named.find(({ name }) => name !== '') ?? NOBODY;
  const name = nameBeforeVia(from, fields);
  return name === undefined ? from : restored(name, from, fields, body);
}

const NOBODY: Address = { name: '', address: '' };
/** Nobody has a longer name; a hostile one must not keep the expression busy. */
const MAX_NAME = 200;
/** `Jane Doe via linux-example`, `'Jane Doe' via Example Group`, `"Jane Doe via B4 Relay"`. */
const VIA = /^['"]*(.*?)['"]*\s+via\s+\S.*$/i;

/** The name of somebody in whose place a list or relay stands in From; undefined where none does. */
function nameBeforeVia(from: Address, fields: readonly Field[]): string | undefined {
  const original = fieldValue(fields, 'x-original-from');
  const named = from.name.length > MAX_NAME ? undefined : VIA.exec(from.name)?.[1];
  if (original !== undefined) return named ?? from.name;
  // A list that leaves the name alone still puts in its own address.
  if (named === undefined) return isSame(from.address, listAddress(fields)) ? from.name : undefined;
  const relayed =
    fieldValue(fields, 'list-id') ??
    fieldValue(fields, 'list-post') ??
    fieldValue(fields, 'x-original-sender');
  return relayed !== undefined || from.address.startsWith('devnull+') ? named : undefined;
}

/** The person called `name`: with their address where something tells it, else with none, never with the list's. */
function restored(
  name: string,
  from: Address,
  fields: readonly Field[],
  body: Uint8Array | undefined,
): Address {
  const isList = ({ address }: Address) =>
    isSame(address, from.address) || isSame(address, listAddress(fields));
  const original = parseAddress(fieldValue(fields, 'x-original-from') ?? '');
  if (original.address !== '' && !isList(original)) return { ...original, name: original.name || name };
  const sender = parseAddress(fieldValue(fields, 'x-original-sender') ?? '');
  const candidates = [...replyTo(name, fields), sender, inBodyFrom(body)];
  const found = candidates.find(
    one => one.address !== '' && !isList(one) && (one.name === '' || isSame(one.name, name)),
  );
  return { name, address: found?.address ?? '' };
}

/** Where answers should go, as far as that is a person: not what the message was sent to anyway. */
function replyTo(name: string, fields: readonly Field[]): readonly Address[] {
  const sentTo = ['to', 'cc'].flatMap(field => parseAddresses(fieldValues(fields, field).join(', ')));
  return parseAddresses(fieldValue(fields, 'reply-to') ?? '').filter(
    one => isSame(one.name, name) || !sentTo.some(({ address }) => isSame(address, one.address)),
  );
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

/** The address that the list takes posts at (RFC 2369, 3.4), or empty. */
function listAddress(fields: readonly Field[]): string {
  return /<mailto:([^>?]+)/i.exec(fieldValue(fields, 'list-post') ?? '')?.[1] ?? '';
}

function isSame(one: string, other: string): boolean {
  return one !== '' && one.toLowerCase() === other.toLowerCase();
}
