import { once } from 'node:events';
import { connect } from 'node:net';
import { startDovecot } from '../servers/dovecot.ts';
import type { DistinctMail } from './distinct-mails.ts';
import type { Threading } from './threading.ts';

/** The threads that Dovecot makes of `mails`: `THREAD REFS`, RFC 5256's REFERENCES without its merging by subject. */
export async function dovecotThreads(mails: readonly DistinctMail[]): Promise<Threading> {
  const server = await startDovecot({ mailboxes: { INBOX: mails.map(({ raw }) => raw) } });
  try {
    return threadsIn(await threadAnswer(server.port, server.user, server.pass), mails.length);
  } finally {
    await server.stop();
  }
}

/** What Dovecot answers to THREAD, from behind the word. Over a bare socket: imapflow does not know the command. */
async function threadAnswer(port: number, user: string, pass: string): Promise<string> {
  const socket = connect(port, '127.0.0.1').setEncoding('latin1');
  socket.write(`a LOGIN ${user} ${pass}\r\nb EXAMINE INBOX\r\nc UID THREAD REFS UTF-8 ALL\r\nd LOGOUT\r\n`);
  const parts: string[] = [];
  socket.on('data', (part: string) => parts.push(part));
  await once(socket, 'end');
  const told = parts.join('');
  const answer = /^\* THREAD ?(.*)\r\n(?:.*\r\n)*?c OK/m.exec(told)?.[1];
  if (answer === undefined) throw new Error(`Dovecot gives no threads: ${told.slice(-500)}`);
  return answer;
}

/** What `answer` tells (RFC 5256, 4): `(1 2 (3)(4 5))` are 1, its reply 2, and two replies to that. */
function threadsIn(answer: string, count: number): Threading {
  const threads: number[][] = [];
  const parents: (number | undefined)[] = Array.from({ length: count }, () => undefined);
  // The last message of each list that is open, which what follows hangs under.
  const open: (number | undefined)[] = [];
  for (const [token] of answer.matchAll(/[()]|\d+/g)) {
    if (token === '(') {
      if (open.length === 0) threads.push([]);
      open.push(open.at(-1));
    } else if (token === ')') open.pop();
    else {
      const place = Number(token) - 1; // UIDs begin with 1.
      parents[place] = open.at(-1);
      open[open.length - 1] = place;
      threads.at(-1)!.push(place);
    }
  }
  return { threads, parents };
}
