import fs from 'node:fs';
import path from 'node:path';
import type { DovecotServer } from '../test/servers/dovecot.ts';
import { type Contestant, contest, peak } from './contest.ts';
import { countingProxy, startMailbox, WANTED } from './imap-mailbox.ts';
import { type Command, ownProgram, type Run, run, secondsTold, traffic, versionOf } from './process.ts';
import { counted, megabytes, note, print, printTable, whole } from './report.ts';
import { median } from './statistics.ts';
import type { Workplace } from './workplace.ts';

/** The size that memory is compared with. */
const SMALL = 10_000;

/** Measures `traffic pull` on a Dovecot mailbox: everything, beside mbsync; a topic, beside a bare fetch of headers. */
export async function pullRate(
  workplace: Workplace,
  messages: number,
  given: string | undefined,
  runs: number,
): Promise<void> {
  note(`making a mailbox of ${counted(messages, 'message')}`);
  const server = await startMailbox(workplace, messages, given);
  try {
    const everything = await wholePulls(workplace, server, messages, runs);
    await sweeps(workplace, server, messages, runs);
    await bytesMoved(workplace, server);
    await memories(workplace, server, messages, given, everything);
  } finally {
    await server.stop();
  }
}

/** A publication that pulls from a port, by the topic or everything. */
function publication(workplace: Workplace, port: number, topics: '[]' | '[bench]'): string {
  const folder = workplace.fresh('pull');
  fs.writeFileSync(
    path.join(folder, 'traffic.yaml'),
    `topics: { bench: { subject: ${WANTED} } }\nsources:\n  - { name: bench, type: imap, host: 127.0.0.1, port: ${port}, tls: none, user: tester, password_env: BENCH_PASSWORD, topics: ${topics} }\n`,
  );
  return folder;
}

function pullIn(folder: string, ...args: readonly string[]): Command {
  return { ...traffic(folder, '--quiet', 'pull', '--json', ...args), env: { BENCH_PASSWORD: 'secret' } };
}

async function wholePulls(
  workplace: Workplace,
  server: DovecotServer,
  messages: number,
  runs: number,
): Promise<Run> {
  let folder: string;
  let last: Run;
  const ours: Contestant = {
    name: 'traffic pull',
    prepare() {
      folder = publication(workplace, server.port, '[]');
    },
    async run() {
      last = await run(pullIn(folder));
      return last;
    },
    made: () => ({ messages: (JSON.parse(last.stdout) as { added: number }).added }),
  };
  const version = versionOf('mbsync', '--version');
  if (!version) note('mbsync is not installed: pull is measured without it.');
  const others = version ? [mbsync(workplace, server, true), mbsync(workplace, server, false)] : [];
  print(`\nPull of everything${version ? `, beside mbsync of ${version}` : ''}`);
  await contest('pull', messages, [ours, ...others], runs);
  return last!;
}

function mbsync(workplace: Workplace, { port }: DovecotServer, syncs: boolean): Contestant {
  const name = syncs ? 'mbsync' : 'mbsync, FSync no';
  const folder = workplace.fresh(syncs ? 'mbsync' : 'mbsync-nosync');
  const near = path.join(folder, 'near');
  const config = path.join(folder, 'mbsyncrc');
  fs.writeFileSync(
    config,
    `FSync ${syncs ? 'yes' : 'no'}

IMAPAccount bench
Host 127.0.0.1
Port ${port}
User tester
Pass secret
SSLType None

IMAPStore far
Account bench

MaildirStore near
Path ${near}/
Inbox ${near}/INBOX

Channel bench
Far :far:
Near :near:
Patterns INBOX
Sync Pull New
Create Near
SyncState *
`,
  );
  return {
    name,
    prepare() {
      fs.rmSync(near, { recursive: true, force: true });
      fs.mkdirSync(near);
    },
    run: () => run({ program: 'mbsync', args: ['-q', '-c', config, 'bench'], folder, env: { HOME: folder } }),
    made: () => ({
      messages: ['cur', 'new'].reduce(
        (sum, part) => sum + fs.readdirSync(path.join(near, 'INBOX', part)).length,
        0,
      ),
    }),
  };
}

function bareSweep(port: number): Command {
  return ownProgram('bare-sweep.ts', String(port));
}

async function sweeps(
  workplace: Workplace,
  server: DovecotServer,
  messages: number,
  runs: number,
): Promise<void> {
  print(
    '\nSweep of the headers for a topic of one thread in a hundred, beside a bare imapflow fetch of the same fields',
  );
  const dry: number[] = [];
  const ours: number[] = [];
  const bare: number[] = [];
  for (let round = 1; round <= runs; round++) {
    const folder = publication(workplace, server.port, '[bench]');
    const start = (await run(traffic(folder, '--version'))).seconds;
    dry.push((await run(pullIn(folder, '--dry-run'))).seconds - start);
    bare.push(secondsTold(await run(bareSweep(server.port))).seconds);
    const sweep = ownProgram('own-sweep.ts', publication(workplace, server.port, '[bench]'));
    ours.push(secondsTold(await run(sweep)).seconds);
    note(`sweep ${round} of ${runs}: ${ours.at(-1)!.toFixed(2)} s, bare ${bare.at(-1)!.toFixed(2)} s`);
  }
  const row = (name: string, seconds: readonly number[]) => [
    name,
    median(seconds).toFixed(2),
    whole(messages / median(seconds)),
    (median(bare) / median(seconds)).toFixed(2),
  ];
  printTable(
    ['sweep', 'median s', 'messages/s', 'of the bare rate'],
    [row('our sweep', ours), row('traffic pull --dry-run, without its start', dry), row('imapflow', bare)],
  );
}

async function bytesMoved(workplace: Workplace, server: DovecotServer): Promise<void> {
  const proxy = await countingProxy(server.port);
  const bare = await run(bareSweep(proxy.port));
  const headers = proxy.taken();
  const payload = (JSON.parse(bare.stdout) as { bytes: number }).bytes;
  const folder = publication(workplace, proxy.port, '[bench]');
  const planned = (await run(pullIn(folder, '--dry-run'))).stdout.trim().split('\n').at(-1)!;
  const {
    bytes: bodies,
    threads,
    messages,
  } = JSON.parse(planned) as Record<'bytes' | 'threads' | 'messages', number>;
  proxy.taken();
  await run(pullIn(publication(workplace, proxy.port, '[bench]')));
  const moved = proxy.taken();
  proxy.close();
  print(
    `\nBytes from the server for the topic: ${counted(messages, 'message')} of ${counted(threads, 'thread')}`,
  );
  printTable(
    ['what', 'MB', 'ratio'],
    [
      ['traffic pull', megabytes(moved), '1.00'],
      [
        'headers by a bare fetch, and the wanted bodies',
        megabytes(headers + bodies),
        (moved / (headers + bodies)).toFixed(2),
      ],
      [
        'the fields and bodies alone, without protocol',
        megabytes(payload + bodies),
        (moved / (payload + bodies)).toFixed(2),
      ],
    ],
  );
}

async function memories(
  workplace: Workplace,
  server: DovecotServer,
  messages: number,
  given: string | undefined,
  large: Run,
): Promise<void> {
  const topic = await run(pullIn(publication(workplace, server.port, '[bench]')));
  note(`making a mailbox of ${counted(SMALL, 'message')}`);
  const small = await startMailbox(workplace, SMALL, given);
  try {
    const smallWhole = await run(pullIn(publication(workplace, small.port, '[]')));
    const smallTopic = await run(pullIn(publication(workplace, small.port, '[bench]')));
    const ratio = (big: Run, little: Run) =>
      big.usage && little.usage ? (big.usage.peakBytes / little.usage.peakBytes).toFixed(2) : '-';
    print('\nPeak memory');
    printTable(
      ['pull of', `MB at ${whole(SMALL)}`, `MB at ${whole(messages)}`, 'ratio'],
      [
        ['everything', peak([smallWhole]), peak([large]), ratio(large, smallWhole)],
        ['the topic', peak([smallTopic]), peak([topic]), ratio(topic, smallTopic)],
      ],
    );
  } finally {
    await small.stop();
  }
}
