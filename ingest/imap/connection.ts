import fs from 'node:fs';
import { rootCertificates } from 'node:tls';
import { ImapFlow } from 'imapflow';
import { OperatorError, plainReason } from '../../publication/operator-error.ts';
import type { ImapSource } from '../../publication/sources.ts';
import { portOf } from './errors.ts';
import type { Credentials } from './secrets.ts';

/** How a connection behaves. */
export interface ConnectionOptions {
  /** Messages over this are never fetched, so that no answer is much longer. */
  readonly maxBytes: number;
  /** A server that says nothing for so long will say nothing more. */
  readonly silenceMilliseconds?: number;
  /** Whether the server has been there before in this run. */
  readonly wasConnected?: boolean;
}

const SILENCE_MILLISECONDS = 60_000;
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|::1)$/i;

/**
 * A client for the source's server, not yet connected. A client serves for one connection only.
 *
 * @throws OperatorError where the source's own settings do not allow a connection.
 */
export function clientFor(
  source: ImapSource,
  credentials: Credentials,
  options: ConnectionOptions,
): ImapFlow {
  const loopback = LOOPBACK.test(source.host);
  if (source.tls === 'none' && !loopback && !source.allow_plaintext) {
    throw new OperatorError(
      `${source.name}: tls: none would send the password in clear to ${source.host}; use tls: required or starttls, or say allow_plaintext: true.`,
    );
  }
  const maxLiteralSize = options.maxBytes + (1 << 20); // Messages over the cap are told by RFC822.SIZE.
  return new ImapFlow({
    host: source.host,
    port: portOf(source),
    secure: source.tls === 'required',
    ...(source.tls === 'required' ? {} : { doSTARTTLS: source.tls === 'starttls' }),
    auth: { user: source.user, ...credentials },
    logger: false,
    disableAutoIdle: true,
    disableCompression: loopback,
    connectionTimeout: 30_000,
    greetingTimeout: 15_000,
    socketTimeout: options.silenceMilliseconds ?? SILENCE_MILLISECONDS,
    maxLiteralSize,
    maxResponseSize: 2 * maxLiteralSize,
    // Node takes these instead of the authorities that it knows.
    ...(source.ca ? { tls: { ca: [...rootCertificates, readAuthority(source)] } } : {}),
  });
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
