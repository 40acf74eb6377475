import { printable } from '../../mail/printable.ts';
import { OperatorError } from '../../publication/operator-error.ts';
import type { ImapSource } from '../../publication/sources.ts';
import { SourceLost } from '../mailbox.ts';

/** What imapflow, TLS and the network tell of a failure. */
interface Failure {
  readonly code?: string;
  readonly message?: string;
  readonly authenticationFailed?: boolean;
  readonly serverResponseCode?: string;
  /** What a server said with its NO or BAD. */
  readonly responseStatus?: string;
  readonly responseText?: string;
  /** What a server said with its BYE. */
  readonly reason?: string;
}

/** The port that a source is reached at. */
export function portOf(source: ImapSource): number {
  return source.port ?? (source.tls === 'required' ? 993 : 143);
}

/** By codes of failures: what is wrong at a server, which may have said why, and what to do. */
const FAULTS: readonly (readonly [RegExp, (server: string, host: string, said: string) => string])[] = [
  [/^ECONNREFUSED$/, server => `nothing answers at ${server}; check host and port`],
  [/^(ENOTFOUND|EAI_AGAIN)$/, (_, host) => `the host ${host} is not known; check its name and the network`],
  [
    /^ERR_SSL_WRONG_VERSION_NUMBER$/,
    server => `${server} does not speak TLS from the start; try tls: starttls or another port`,
  ],
  [/^(ERR_SSL_.*|EPROTO)$/, server => `${server} and this program know no common way to speak TLS`],
  [
    /^ERR_TLS_CERT_ALTNAME_INVALID$/,
    (server, host) => `the certificate of ${server} is not for ${host}; use a host name that it is for`,
  ],
  [
    /^CERT_(HAS_EXPIRED|NOT_YET_VALID)$/,
    server => `the certificate of ${server} is not valid today; check the clock, or tell the server's admin`,
  ],
  [
    /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_.*|CERT_.*)$/,
    server => `the certificate of ${server} is not trusted; name its authority with ca: FILE`,
  ],
  [
    /^GREETING_TIMEOUT$/,
    server => `${server} does not greet; check the port, and try tls: required if it is one for TLS`,
  ],
  [
    /^ClosedAfterConnect/,
    (server, _, said) => `${server} hangs up at once${said}; check the port, or try again later`,
  ],
  [
    /^(NoConnection|StateLogout|ECONNRESET|EPIPE|ETIMEDOUT|ETIMEOUT|EConnectionClosed|CONNECT_TIMEOUT|UPGRADE_TIMEOUT|EHOSTUNREACH|ENETUNREACH)$/,
    (server, _, said) =>
      `the connection to ${server} was lost${said}; run pull again, and it goes on from what is stored`,
  ],
];

/** Failures of a connection, of the network or of a busy server, that another try may not meet. */
const PASSING =
  /^(NoConnection|StateLogout|ECONNRESET|EPIPE|ETIMEDOUT|ETIMEOUT|EConnectionClosed|CONNECT_TIMEOUT|UPGRADE_TIMEOUT|GREETING_TIMEOUT|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN|ClosedAfterConnect.*)$/;
/** Response codes (RFC 5530) by which a server says that it is not at its best. */
const PASSING_ANSWERS = /^(UNAVAILABLE|INUSE|LIMIT)$/;

/** Whether another try may go better. A port that refuses may be that of a server which starts anew, but only if one was there before. */
export function isPassing(error: unknown, wasConnected: boolean): boolean {
  const { code = '', serverResponseCode = '' } = error as Failure;
  return (
    PASSING.test(code) ||
    PASSING_ANSWERS.test(serverResponseCode) ||
    (wasConnected && code === 'ECONNREFUSED')
  );
}

/** What went wrong on a connection, in one sentence with a remedy; never the password, which no error names. */
export function connectionError(source: ImapSource, error: unknown, passing: boolean): unknown {
  const failure = error as Failure;
  const server = `${source.host}:${portOf(source)}`;
  const what = authentication(source, server, failure) ?? fault(source, server, failure);
  if (what === undefined) return error;
  const sentence = `${source.name}: ${what}.`;
  return passing ? new SourceLost(sentence, { cause: error }) : new OperatorError(sentence, { cause: error });
}

/** What a server says for refusing a command, quoted in brackets; undefined where the error is another. */
export function refusal(error: unknown): string | undefined {
  const { responseStatus, responseText } = error as Failure;
  return responseStatus === undefined ? undefined : quoted(responseText);
}

function authentication(source: ImapSource, server: string, failure: Failure): string | undefined {
  const { authenticationFailed, message = '' } = failure;
  if (/STARTTLS/.test(message))
    return `${server} offers no STARTTLS, so the password was not sent; try tls: required or another port`;
  // A server that cannot look the user up just now says so in the same way.
  if (!authenticationFailed || isPassing(failure, false)) return undefined;
  if (/login is disabled/i.test(message))
    return `${server} takes no password in clear; use tls: required or tls: starttls`;
  const secret = source.token_command ? 'token' : 'password';
  const remedy = source.token_command ? 'check user and token_command' : 'check user and password';
  return `${server} refuses the user ${source.user} with this ${secret}${quoted(failure.responseText)}; ${remedy}`;
}

function fault(source: ImapSource, server: string, failure: Failure): string | undefined {
  const said = refusal(failure);
  if (said !== undefined) return `${server} refuses what it was asked${said}; try again later`;
  const [, sentence] = FAULTS.find(([codes]) => codes.test(failure.code ?? '')) ?? [];
  return sentence?.(server, source.host, quoted(failure.reason));
}

/** A server's words are a stranger's: nothing in them may steer a terminal. */
function quoted(words: string | undefined): string {
  const shown = printable(words ?? '').trim();
  return shown === '' ? '' : ` ("${shown}")`;
}
