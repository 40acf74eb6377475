import fs from 'node:fs';
import { rootCertificates } from 'node:tls';
import { type FetchMessageObject, ImapFlow, type ListResponse, type MailboxObject } from 'imapflow';
import { OperatorError, plainReason } from '../publication/operator-error.ts';
import type { ImapSource } from '../publication/traffic-yaml.ts';
import type { Archive } from './archive.ts';
import { connectionError, portOf, refusal } from './imap-errors.ts';
import { matchesMailbox, uidSet } from './imap-sets.ts';
import { emptyTally, type Offer, type Tally, takeIn } from './intake.ts';
import type { Cursor } from './records.ts';

/** How a source is pulled. */
export interface PullOptions {
  readonly password: string;
  readonly maxBytes: number;
  readonly onProgress?: (mailbox: string, done: number, total: number) => void;
  /** Told what an admin should know though nothing failed, one sentence each. */
  readonly onNotice?: (sentence: string) => void;
}

/** A message as a mailbox lists it. */
interface Listed {
  readonly uid: number;
  readonly size: number;
}

// A giant FETCH makes some servers say BYE; small ones also bound what a broken connection repeats.
const FETCH_MESSAGES = 200;
const FETCH_BYTES = 8 << 20;
/** A server that says nothing for so long will say nothing more. */
const SILENCE_MILLISECONDS = 60_000;
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|::1)$/i;
/** Rejections that a later run may find mended. */
const RETRIED = ['too-big', 'not-sent'] as const;

/**
 * Pulls what is new in a source's mailboxes into the archive, from where the last run stopped, and tells what
 * became of it. Base IMAP4rev1 only (RFC 3501), because servers differ in the rest.
 *
 * @throws OperatorError where the server cannot be reached, refuses, or goes away; what was stored stays.
 */
export async function pullSource(archive: Archive, source: ImapSource, options: PullOptions): Promise<Tally> {
  const tally = emptyTally();
  const client = connectTo(source, options);
  // An `error` event without a listener ends the process (imapflow#225).
  let lastError: unknown;
  client.on('error', error => {
    lastError = error;
  });
  try {
    await client.connect();
    for (const mailbox of await chooseMailboxes(client, source)) {
      await pullMailbox(client, archive, source, mailbox, options, tally);
    }
    // All is stored by now, so a server that goes without a word is none the worse.
    await client.logout().catch(() => {});
  } catch (error) {
    throw error instanceof OperatorError ? error : connectionError(source, lastError ?? error);
  } finally {
    client.close();
  }
  return tally;
}

function connectTo(source: ImapSource, { password, maxBytes }: PullOptions): ImapFlow {
  const loopback = LOOPBACK.test(source.host);
  if (source.tls === 'none' && !loopback && !source.allow_plaintext) {
    throw new OperatorError(
      `${source.name}: tls: none would send the password in clear to ${source.host}; use tls: required or starttls, or say allow_plaintext: true.`,
    );
  }
  const maxLiteralSize = maxBytes + (1 << 20); // Messages over the cap are told by RFC822.SIZE and never fetched.
  return new ImapFlow({
    host: source.host,
    port: portOf(source),
    secure: source.tls === 'required',
    ...(source.tls === 'required' ? {} : { doSTARTTLS: source.tls === 'starttls' }),
    auth: { user: source.user, pass: password },
    logger: false,
    disableAutoIdle: true,
    disableCompression: loopback,
    connectionTimeout: 30_000,
    greetingTimeout: 15_000,
    socketTimeout: SILENCE_MILLISECONDS,
    maxLiteralSize,
    maxResponseSize: 2 * maxLiteralSize,
    // Node takes these instead of the authorities that it knows.
    ...(source.ca ? { tls: { ca: [...rootCertificates, readAuthority(source)] } } : {}),
  });
}

/** The mailboxes that the source's names and patterns mean, in order of name; each must mean one at least. */
async function chooseMailboxes(client: ImapFlow, source: ImapSource): Promise<readonly string[]> {
  const listed = (await client.list()).filter(entry => !isUnselectable(entry)).map(entry => entry.path);
  const chosen = new Set<string>();
  for (const pattern of source.mailboxes) {
    const found = listed.filter(name => matchesMailbox(pattern, name));
    if (found.length === 0) {
      const some = listed.slice(0, 8).join(', ') + (listed.length > 8 ? ', …' : '');
      throw new OperatorError(
        `${source.name}: no mailbox is called ${pattern}; the account has ${some || 'none'}.`,
      );
    }
    for (const name of found) chosen.add(name);
  }
  return [...chosen].sort();
}

function isUnselectable(entry: ListResponse): boolean {
  return [...entry.flags].some(flag => /^\\(noselect|nonexistent)$/i.test(flag));
}

async function pullMailbox(
  client: ImapFlow,
  archive: Archive,
  source: ImapSource,
  mailbox: string,
  options: PullOptions,
  tally: Tally,
): Promise<void> {
  const opened = await open(client, source, mailbox);
  const uidValidity = BigInt(opened.uidValidity ?? 0);
  // public-inbox-imapd lists the parents of its mailboxes as empty ones with UIDVALIDITY 0.
  if (uidValidity === 0n) return;
  const before = archive.cursor(source.name, mailbox);
  const same = before?.uidValidity === uidValidity;
  if (before && !same) {
    options.onNotice?.(
      `${source.name}: the server has renumbered ${mailbox}, so it is read again from the start; known messages are kept.`,
    );
  }
  const lastUid = same ? before.lastUid : 0;
  const fresh = opened.exists === 0 ? [] : await listNew(client, lastUid);
  const again = RETRIED.flatMap(reason =>
    archive.rejectedUids(source.name, mailbox, uidValidity, reason, options.maxBytes),
  );
  const listed = [...(await listAgain(client, again)), ...fresh];
  let cursor: Cursor = { mailbox, uidValidity, lastUid };
  let done = 0;
  for (const part of parts(listed, options.maxBytes)) {
    const offers = await fetchPart(client, source, mailbox, uidValidity, part, options.maxBytes);
    cursor = { ...cursor, lastUid: Math.max(cursor.lastUid, ...part.map(item => item.uid)) };
    takeIn(archive, offers, tally, { source: source.name, to: cursor });
    done += part.length;
    options.onProgress?.(mailbox, done, listed.length);
  }
  if (listed.length === 0) takeIn(archive, [], tally, { source: source.name, to: cursor });
}

async function open(client: ImapFlow, source: ImapSource, mailbox: string): Promise<MailboxObject> {
  try {
    return await client.mailboxOpen(mailbox, { readOnly: true });
  } catch (error) {
    const said = refusal(error);
    if (said === undefined) throw error;
    throw new OperatorError(
      `${source.name}: the server does not open the mailbox ${mailbox}${said}; see to its permissions or leave it out of mailboxes.`,
      { cause: error },
    );
  }
}

/** The messages above `lastUid`. A range beyond the end gives the last message (RFC 3501, 6.4.8), hence the filter. */
async function listNew(client: ImapFlow, lastUid: number): Promise<readonly Listed[]> {
  const listed: Listed[] = [];
  for await (const { uid, size } of client.fetch(
    `${lastUid + 1}:*`,
    { uid: true, size: true },
    { uid: true },
  )) {
    if (uid > lastUid) listed.push({ uid, size: size ?? 0 });
  }
  return listed.sort((a, b) => a.uid - b.uid);
}

async function listAgain(client: ImapFlow, uids: readonly number[]): Promise<readonly Listed[]> {
  const listed: Listed[] = [];
  for (const set of uidSet(uids)) {
    for await (const { uid, size } of client.fetch(set, { uid: true, size: true }, { uid: true }))
      listed.push({ uid, size: size ?? 0 });
  }
  return listed.sort((a, b) => a.uid - b.uid);
}

/** `listed` cut to parts that are fetched and stored at once; what is too big to fetch weighs nothing. */
function* parts(listed: readonly Listed[], maxBytes: number): Generator<readonly Listed[]> {
  let part: Listed[] = [];
  let bytes = 0;
  for (const item of listed) {
    const weight = item.size > maxBytes ? 0 : item.size;
    if (part.length >= FETCH_MESSAGES || (part.length > 0 && bytes + weight > FETCH_BYTES)) {
      yield part;
      part = [];
      bytes = 0;
    }
    part.push(item);
    bytes += weight;
  }
  if (part.length > 0) yield part;
}

async function fetchPart(
  client: ImapFlow,
  source: ImapSource,
  mailbox: string,
  uidValidity: bigint,
  part: readonly Listed[],
  maxBytes: number,
): Promise<readonly Offer[]> {
  const wanted = part.filter(item => item.size <= maxBytes).map(item => item.uid);
  const mails = new Map<number, Buffer>();
  for (const set of uidSet(wanted)) {
    // No other command may run inside this loop: imapflow would wait for itself (imapflow#159).
    for await (const message of client.fetch(set, { uid: true, source: true }, { uid: true }))
      keepSource(mails, message);
  }
  return part.map(({ uid, size }) => ({
    where: { source: source.name, mailbox, uidValidity, uid, list: source.list ?? '' },
    size,
    mail: mails.get(uid) ?? { reason: size > maxBytes ? 'too-big' : 'not-sent' },
  }));
}

function keepSource(mails: Map<number, Buffer>, { uid, source }: FetchMessageObject): void {
  if (source) mails.set(uid, source);
}

/** The certificates in the file that `ca` names, in PEM form (RFC 7468). */
function readAuthority(source: ImapSource): string {
  const refuse = (what: string) =>
    new OperatorError(`${source.name}: the certificate file ${source.ca} ${what}.`);
  let text: string;
  try {
    text = fs.readFileSync(source.ca!, 'latin1');
  } catch (error) {
    throw refuse(`cannot be read: ${plainReason(error)}`);
  }
  // Node would pass over anything else without a word, and then trust nobody.
  if (!/^-----BEGIN [A-Z0-9 ]*CERTIFICATE-----/m.test(text)) throw refuse('holds no certificate in PEM form');
  return text;
}
