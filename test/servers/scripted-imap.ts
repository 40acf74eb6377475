import { createServer, type Socket } from 'node:net';
import type { TestContext } from 'node:test';
import { foldLineEnds } from '../../mail/message.ts';
import { HOST } from './daemon.ts';

/** What the server does instead of answering a command. */
export type Fault =
  /** Says this as the tagged answer: `NO [UNAVAILABLE] later`, `BAD what`. */
  | { readonly answer: string }
  /** Says goodbye, and hangs up. */
  | { readonly bye: string }
  /** Hangs up (FIN), or breaks the connection (RST), after so many bytes of the answer. */
  | { readonly closeAfter: number }
  | { readonly resetAfter: number }
  /** Sends so many bytes of the answer, then nothing, with the connection open. */
  | { readonly stallAfter: number }
  /** Leaves these messages out of what it sends. */
  | { readonly leaveOut: readonly number[] }
  /** Sends these lines before the answer, which nobody has asked for. */
  | { readonly unasked: string };

/** A server that does as it is told. */
export interface ScriptedServer {
  readonly port: number;
  /** Every command line, without its tag. */
  readonly commands: string[];
  /** How many connections there were, and the most at one time. */
  readonly connections: { total: number; open: number; most: number };
}

export interface Script {
  readonly mailboxes: Readonly<Record<string, readonly Uint8Array[]>>;
  readonly capabilities?: string;
  /** What goes wrong with a command, which is number `count` of its kind over all connections, from 1 on. */
  readonly fault?: (command: string, count: number) => Fault | undefined;
}

/**
 * An IMAP server in this process, for what real ones do only by accident: the part of IMAP4rev1 (RFC 3501) that
 * a pull uses, read-only, UIDs from 1 on, UIDVALIDITY 7.
 */
export async function startScripted(context: TestContext, script: Script): Promise<ScriptedServer> {
  const counts = new Map<string, number>();
  const state: Omit<ScriptedServer, 'port'> = { commands: [], connections: { total: 0, open: 0, most: 0 } };
  const sockets = new Set<Socket>();
  const server = createServer(socket => {
    sockets.add(socket);
    const { connections } = state;
    connections.total++;
    connections.most = Math.max(connections.most, ++connections.open);
    socket
      .on('error', () => {})
      .on('close', () => {
        connections.open--;
        sockets.delete(socket);
      });
    let selected: readonly Uint8Array[] = [];
    let rest = '';
    socket.write(`* OK [CAPABILITY IMAP4rev1${script.capabilities ?? ''}] ready\r\n`);
    socket.on('data', chunk => {
      const lines = (rest + chunk.toString('latin1')).split('\r\n');
      rest = lines.pop()!;
      for (const line of lines) {
        const [, tag, command] = /^(\S+) (.*)$/.exec(line)!;
        state.commands.push(command!);
        const kind = /^(UID )?\S+/.exec(command!)![0].toUpperCase();
        counts.set(kind, (counts.get(kind) ?? 0) + 1);
        const fault = script.fault?.(command!, counts.get(kind)!);
        if (kind === 'EXAMINE' || kind === 'SELECT')
          selected =
            script.mailboxes[/"?([^" ]+)"?\s*(\(.*)?$/.exec(command!.slice(kind.length + 1))![1]!] ?? [];
        if (!send(socket, tag!, answer(kind, command!, script, selected, fault), fault)) return;
      }
    });
  });
  await new Promise<void>(resolve => server.listen(0, HOST, resolve));
  context.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { port: (server.address() as { port: number }).port, ...state };
}

/** Sends an answer as the fault has it, and tells whether the connection goes on. */
function send(socket: Socket, tag: string, untagged: Buffer, fault: Fault | undefined): boolean {
  if (fault && 'answer' in fault) return socket.write(`${tag} ${fault.answer}\r\n`) || true;
  if (fault && 'bye' in fault) {
    socket.end(`* BYE ${fault.bye}\r\n`);
    return false;
  }
  const whole = Buffer.concat([untagged, Buffer.from(`${tag} OK done\r\n`)]);
  if (fault && 'stallAfter' in fault) {
    socket.write(whole.subarray(0, fault.stallAfter));
    return false;
  }
  if (fault && 'closeAfter' in fault) {
    socket.end(whole.subarray(0, fault.closeAfter));
    return false;
  }
  if (fault && 'resetAfter' in fault) {
    socket.write(whole.subarray(0, fault.resetAfter), () => socket.resetAndDestroy());
    return false;
  }
  if (fault && 'unasked' in fault) socket.write(fault.unasked);
  socket.write(whole);
  return true;
}

/** The untagged part of an answer. */
function answer(
  kind: string,
  command: string,
  { mailboxes, capabilities = '' }: Script,
  selected: readonly Uint8Array[],
  fault: Fault | undefined,
): Buffer {
  const lines = (...text: readonly string[]) =>
    Buffer.from(text.map(line => `${line}\r\n`).join(''), 'latin1');
  if (kind === 'CAPABILITY' || kind === 'LOGIN') return lines(`* CAPABILITY IMAP4rev1${capabilities}`);
  if (kind === 'LIST' || kind === 'LSUB')
    return lines(...Object.keys(mailboxes).map(name => `* ${kind} () "/" "${name}"`));
  if (kind === 'EXAMINE' || kind === 'SELECT')
    return lines(
      `* ${selected.length} EXISTS`,
      '* OK [UIDVALIDITY 7] v',
      `* OK [UIDNEXT ${selected.length + 1}] n`,
    );
  if (kind === 'UID SEARCH') {
    const all = selected.map((_, index) => index + 1);
    const [, set] = /\bUID ([\d:*,]+)$/.exec(command.slice(4)) ?? [];
    const [, id] = /MESSAGE-ID "?<?([^"<> ]+)/i.exec(command) ?? [];
    const found = set
      ? uidsOf(set, all.length)
      : id
        ? all.filter(uid =>
            Buffer.from(selected[uid - 1]!)
              .toString('latin1')
              .includes(`Message-ID: <${id}>`),
          )
        : all;
    return lines(`* SEARCH ${found.join(' ')}`.trimEnd());
  }
  // Every message's number is its UID here.
  if (kind !== 'UID FETCH' && kind !== 'FETCH') return Buffer.alloc(0);
  const leftOut = fault && 'leaveOut' in fault ? fault.leaveOut : [];
  const [, set, items] = /FETCH (\S+) (.*)$/i.exec(command)!;
  const uids = uidsOf(set!, selected.length).filter(uid => !leftOut.includes(uid));
  return Buffer.concat(uids.map(uid => fetched(uid, selected[uid - 1]!, items!)));
}

function fetched(uid: number, raw: Uint8Array, items: string): Buffer {
  const mail = Buffer.from(
    Buffer.from(foldLineEnds(raw)).toString('latin1').replaceAll('\n', '\r\n'),
    'latin1',
  );
  const parts: (string | Buffer)[] = [`* ${uid} FETCH (UID ${uid}`];
  if (/RFC822\.SIZE/i.test(items)) parts.push(` RFC822.SIZE ${mail.length}`);
  const [, section, fields] = /BODY\.PEEK\[((?:HEADER\.FIELDS \((.*?)\))?)\]/i.exec(items) ?? [];
  if (section !== undefined) {
    const content = fields === undefined ? mail : headerOf(mail, fields);
    parts.push(` BODY[${section}] {${content.length}}\r\n`, content);
  }
  return Buffer.concat(
    [...parts, ')\r\n'].map(part => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)),
  );
}

function headerOf(mail: Buffer, fields: string): Buffer {
  const wanted = new Set(fields.toLowerCase().split(' '));
  const header = mail
    .toString('latin1')
    .split('\r\n\r\n')[0]!
    .split(/\r\n(?![ \t])/);
  const kept = header.filter(field => wanted.has(field.split(':')[0]!.toLowerCase()));
  return Buffer.from(`${kept.map(field => `${field}\r\n`).join('')}\r\n`, 'latin1');
}

/** A range's ends come in any order, and `*` is the last message (RFC 3501, 9). */
function uidsOf(set: string, last: number): readonly number[] {
  const uids = new Set<number>();
  for (const range of set.split(',')) {
    const ends = range.split(':').map(end => (end === '*' ? last : Number(end)));
    for (let uid = Math.min(...ends); uid <= Math.min(Math.max(...ends), last); uid++)
      if (uid > 0) uids.add(uid);
  }
  return [...uids].sort((a, b) => a - b);
}
