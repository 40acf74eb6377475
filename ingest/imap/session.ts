import type { ImapFlow, ListResponse, MailboxObject } from 'imapflow';
import { OperatorError } from '../../publication/operator-error.ts';
import type { ImapSource } from '../../publication/sources.ts';
import type { Session } from '../mailbox.ts';
import { type ConnectionOptions, clientFor } from './connection.ts';
import { connectionError, isPassing, refusal } from './errors.ts';
import { imapMailbox } from './mailbox.ts';
import type { Credentials } from './secrets.ts';
import { matchesMailbox } from './sets.ts';

/**
 * What `work` gives with a session on the source's server. Only base IMAP4rev1 is used (RFC 3501), because
 * servers differ in the rest.
 *
 * @throws OperatorError where the server cannot be reached, refuses, or goes away; `passing` tells whether
 *   another try may go better.
 */
export async function withImapSession<T>(
  source: ImapSource,
  credentials: Credentials,
  options: ConnectionOptions,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const client = clientFor(source, credentials, options);
  // An `error` event without a listener ends the process (imapflow#225).
  let lastError: unknown;
  client.on('error', error => {
    lastError = error;
  });
  let connected = false;
  try {
    await client.connect();
    connected = true;
    const session = sessionOn(client, source);
    const result = await work(session);
    await session.close();
    return result;
  } catch (error) {
    if (error instanceof OperatorError) throw error;
    const cause = lastError ?? error;
    throw connectionError(source, cause, isPassing(cause, connected || options.wasConnected === true));
  } finally {
    client.close();
  }
}

function sessionOn(client: ImapFlow, source: ImapSource): Session {
  return {
    mailboxes: () => chooseMailboxes(client, source),
    async open(name) {
      const opened = await examine(client, source, name);
      // public-inbox-imapd lists the parents of its mailboxes as empty ones with UIDVALIDITY 0.
      return opened.uidValidity ? imapMailbox(client, opened) : undefined;
    },
    // All is done by then, so a server that goes without a word is none the worse.
    close: () => client.logout().catch(() => {}),
  };
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

async function examine(client: ImapFlow, source: ImapSource, mailbox: string): Promise<MailboxObject> {
  try {
    return await client.mailboxOpen(mailbox, { readOnly: true });
  } catch (error) {
    const said = refusal(error);
    if (said === undefined || isPassing(error, true)) throw error;
    throw new OperatorError(
      `${source.name}: the server does not open the mailbox ${mailbox}${said}; see to its permissions or leave it out of mailboxes.`,
      { cause: error },
    );
  }
}
