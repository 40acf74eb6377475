import fs from 'node:fs';
import { type FetchMessageObject, ImapFlow, type ListResponse } from 'imapflow';
import { OperatorError, plainReason } from '../publication/operator-error.ts';
import type { ImapSource } from '../publication/traffic-yaml.ts';
import type { Archive } from './archive.ts';
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
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|::1)$/;
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
    await client.logout();
  } catch (error) {
    if (error instanceof OperatorError) throw error;
    throw connectionError(source, lastError ?? error, tally);
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
    port: source.port ?? (source.tls === 'required' ? 993 : 143),
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
    ...(source.ca ? { tls: { ca: readAuthority(source) } } : {}),
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
  return entry.flags.has('\\Noselect') || entry.flags.has('\\NonExistent');
}

async function pullMailbox(
  client: ImapFlow,
  archive: Archive,
  source: ImapSource,
  mailbox: string,
  options: PullOptions,
  tally: Tally,
): Promise<void> {
  const opened = await client.mailboxOpen(mailbox, { readOnly: true });
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

function readAuthority(source: ImapSource): Buffer {
  try {
    return fs.readFileSync(source.ca!);
  } catch (error) {
    throw new OperatorError(
      `${source.name}: the certificate file ${source.ca} cannot be read: ${plainReason(error)}.`,
    );
  }
}

/** What went wrong on a connection, in one sentence with a remedy; never the password, which no error names. */
function connectionError(source: ImapSource, error: unknown, tally: Tally): unknown {
  const {
    code,
    authenticationFailed,
    responseText,
    message = '',
  } = error as Partial<
    Record<'code' | 'responseText' | 'message', string> & { authenticationFailed: boolean }
  >;
  const server = `${source.host}:${source.port ?? (source.tls === 'required' ? 993 : 143)}`;
  const say = (what: string) => new OperatorError(`${source.name}: ${what}.`, { cause: error });
  if (authenticationFailed) {
    const quoted = responseText ? ` ("${responseText}")` : '';
    return say(
      `${server} refuses the user ${source.user} with this password${quoted}; check user and password`,
    );
  }
  if (code === 'ECONNREFUSED') return say(`nothing answers at ${server}; check host and port`);
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return say(`the host ${source.host} is not known; check its name and the network`);
  if (code === 'ERR_SSL_WRONG_VERSION_NUMBER')
    return say(`${server} does not speak TLS from the start; try tls: starttls or another port`);
  if (code && CERTIFICATE_CODES.test(code))
    return say(`the certificate of ${server} is not trusted; name its authority with ca: FILE`);
  if (/STARTTLS/i.test(message))
    return say(
      `${server} offers no STARTTLS, so the password was not sent; try tls: required or another port`,
    );
  if (code && LOST_CODES.test(code)) {
    const kept = tally.seen > 0 ? `; ${tally.seen} messages of this run are kept` : '';
    return say(`the connection to ${server} was lost${kept}; run pull again to go on from there`);
  }
  return error;
}

const CERTIFICATE_CODES =
  /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_|CERT_|ERR_TLS_CERT_)/;
const LOST_CODES =
  /^(NoConnection|ECONNRESET|EPIPE|ETIMEDOUT|ETIMEOUT|EConnectionClosed|CONNECT_TIMEOUT|GREETING_TIMEOUT|UPGRADE_TIMEOUT|EHOSTUNREACH|ENETUNREACH)$/;
