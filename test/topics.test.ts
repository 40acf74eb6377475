import assert from 'node:assert/strict';
import { createReadStream } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { createGunzip } from 'node:zlib';
import type { Archive } from '../ingest/archive/archive.ts';
import { readMbox } from '../ingest/files/mbox.ts';
import { mergeCopies } from '../ingest/merge.ts';
import { verify } from '../ingest/verify.ts';
import { headerFacts } from '../mail/message.ts';
import { buildThreads } from '../mail/thread.ts';
import { type DovecotServer, startDovecot } from './servers/dovecot.ts';
import { startPublicInbox } from './servers/public-inbox.ts';
import { emptyArchive, rowsOf, store } from './support/archives.ts';
import { corporaFolder, NO_CORPORA } from './support/corpora.ts';
import { cuttingProxy } from './support/cutting-proxy.ts';
import { mail } from './support/mails.ts';
import { NO_DOVECOT, NO_PUBLIC_INBOX, plan, pull, pullTopic } from './support/pull.ts';

const CALLS = { calls: { subject: 'syscall', since: '2018-03-01', until: '2018-04-01' } };

/** A mail of some day, which answers the last of `parents`. */
function dated(
  day: string,
  name: string,
  subject: string,
  parents = '',
  more: readonly string[] = [],
): Buffer {
  const references = parents
    .split(' ')
    .filter(Boolean)
    .map(parent => `<${parent}@example.org>`);
  return mail({
    id: `${name}@example.org`,
    subject,
    date: `${day} 12:00:00 +0000`,
    headers: [...(references.length > 0 ? [`References: ${references.join(' ')}`] : []), ...more],
    body: `Words of ${name}.\n`,
  });
}

async function dovecot(
  context: test.TestContext,
  mailboxes: Readonly<Record<string, readonly Uint8Array[]>>,
): Promise<DovecotServer> {
  const server = await startDovecot({ mailboxes });
  context.after(() => server.stop());
  return server;
}

/** Where a source finds a server. */
function at({ port }: { readonly port: number }) {
  return { port };
}

/** The first words of the ids that an archive holds, sorted. */
function names(archive: Archive): string {
  return [...new Set(archive.messages().map(({ id }) => id.split('@')[0]!))].sort().join(' ');
}

test('a topic brings the threads of its seeds, whole, and nothing else', {
  skip: NO_DOVECOT,
}, async context => {
  const server = await dovecot(context, {
    INBOX: [
      dated('20 Feb 2018', 'root', 'Entry code'),
      dated('21 Feb 2018', 'early', 'Re: Entry code', 'root'),
      dated('2 Mar 2018', 'seed', 'Syscalls, again (was: Entry code)', 'root'),
      dated('3 Mar 2018', 'answer', 'Something else', 'root seed'),
      dated('28 Apr 2018', 'late', 'Re: Something else', 'root seed answer'),
      dated('20 Jun 2018', 'later', 'Re: Something else', 'root seed answer late'),
      dated('5 Mar 2018', 'other', 'Scheduler'),
      dated('6 Mar 2018', 'otherreply', 'Re: Scheduler', 'other'),
      dated('28 Feb 2018', 'before', 'syscalls before the time'),
      dated('1 Apr 2018', 'after', 'syscalls after the time'),
    ],
  });
  const { archive } = emptyArchive(context);
  const tally = await pullTopic(archive, at(server), { topics: CALLS });
  assert.equal(names(archive), 'answer early late later root seed');
  assert.deepEqual(tally, { seen: 6, added: 6, duplicates: 0, rejected: [], swept: 10, notices: [] });
  assert.deepEqual([...verify(archive)], []);
  assert.equal((await pullTopic(archive, at(server), { topics: CALLS })).swept, 0);
});

test('a reply that comes later comes with the next pull, however late it is', {
  skip: NO_DOVECOT,
}, async context => {
  const server = await dovecot(context, { INBOX: [dated('2 Mar 2018', 'seed', 'syscalls')] });
  const { archive } = emptyArchive(context);
  await pullTopic(archive, at(server), { topics: CALLS });
  server.deliver('INBOX', dated('9 Mar 2018', 'week', 'Re: syscalls', 'seed'));
  server.deliver('INBOX', dated('9 Mar 2018', 'stranger', 'Scheduler'));
  const { notices: _, ...tally } = await pullTopic(archive, at(server), { topics: CALLS });
  assert.deepEqual(tally, { seen: 1, added: 1, duplicates: 0, rejected: [], swept: 2 });
  server.deliver('INBOX', dated('1 Jan 2020', 'years', 'Thanks', 'seed week'));
  server.deliver('INBOX', dated('1 Jan 2020', 'below', 'Thanks to you', 'lost years'));
  await pullTopic(archive, at(server), { topics: CALLS });
  assert.equal(names(archive), 'below seed week years');
});

test('what a thread refers to is asked for by its id, and its neighbours in time are looked for', {
  skip: NO_DOVECOT,
}, async context => {
  const server = await dovecot(context, {
    INBOX: [
      dated('1 Oct 2017', 'root', 'A plan'),
      dated('3 Oct 2017', 'sibling', 'Re: A plan', 'root'),
      dated('1 Nov 2017', 'alone', 'Another plan'),
      dated('2 Mar 2018', 'seed', 'syscalls', 'root gone'),
    ],
    Other: [
      dated('1 Jan 2017', 'cousin', 'Much earlier'),
      dated('4 Mar 2018', 'reply', 'Re: x', 'seed cousin'),
    ],
  });
  const { archive, file } = emptyArchive(context);
  await pullTopic(archive, { ...at(server), mailboxes: ['*'] }, { topics: CALLS });
  assert.equal(names(archive), 'cousin reply root seed sibling');
  const asked = rowsOf(file)
    .asked!.map(row => JSON.parse(row))
    .map(({ mailbox, message_id }) => [mailbox, message_id]);
  assert.deepEqual(asked.filter(([, id]) => id === 'gone@example.org').sort(), [
    ['INBOX', 'gone@example.org'],
    ['Other', 'gone@example.org'],
  ]);
  assert.equal((await pullTopic(archive, { ...at(server), mailboxes: ['*'] }, { topics: CALLS })).seen, 0);
});

const PATTERNS: readonly (readonly [topic: Readonly<Record<string, unknown>>, chosen: string])[] = [
  [{ subject: 'alder|birch' }, 'alder birch birchreply'],
  [{ subject: ['ALDER', '^birch$'] }, 'alder birch birchreply'],
  [{ subject: 'birchreply' }, ''],
  [{ body: 'words of cedar\\.' }, 'cedar'],
  [{ body: 'words of birchreply', subject: 'alder' }, 'alder birch birchreply'],
  [{ people: ['EVE@example.net'] }, 'birch birchreply'],
  [{ people: ['eve elm'] }, 'birch birchreply'],
  [{ people: ['eve'], subject: 'birch' }, ''],
  [{ people: ['eve elm'], subject: 'alder' }, ''],
  [{ lists: ['larch'], subject: '.' }, 'alder'],
  [{ lists: ['mail', 'larch'], subject: 'alder|birch' }, 'alder birch birchreply'],
  [{ subject: '.', until: '2018-03-02' }, 'alder undated unset'],
  [{ subject: '.', since: '2018-03-04' }, 'birch birchreply cedar undated unset'],
];

test('a topic is chosen by subjects, texts, people, lists and times', { skip: NO_DOVECOT }, async context => {
  const server = await dovecot(context, {
    INBOX: [
      dated('1 Mar 2018', 'alder', 'Alder', '', ['List-Id: <larch-devel.example.org>']),
      dated('2 Mar 2018', 'birch', 'Birch'),
      mail({
        id: 'birchreply@example.org',
        from: 'Eve Elm <eve@example.net>',
        subject: 'Re: Birch',
        headers: ['In-Reply-To: <birch@example.org>'],
        body: 'Words of birchreply.\n',
      }),
      dated('4 Mar 2018', 'cedar', 'Cedar'),
      mail({ id: 'undated@example.org', subject: 'Undated', date: 'some day' }),
      dated('1 Jan 1980', 'unset', 'Unset clock'),
    ],
  });
  const lists = { 'larch-devel.example.org': 'larch' };
  for (const [topic, chosen] of PATTERNS) {
    const { archive } = emptyArchive(context);
    await pullTopic(archive, at(server), { topics: { t: topic }, lists });
    assert.equal(names(archive), chosen, JSON.stringify(topic));
  }
});

test('texts that were read once are not read again, and another pattern reads them', {
  skip: NO_DOVECOT,
}, async context => {
  const server = await dovecot(context, {
    INBOX: [dated('1 Mar 2018', 'alder', 'A'), dated('2 Mar 2018', 'birch', 'B')],
  });
  const { archive } = emptyArchive(context);
  const phases: string[] = [];
  const pulled = async (body: string) => {
    phases.length = 0;
    await pullTopic(archive, at(server), {
      topics: { t: { body } },
      onProgress: (phase, done, total) => phases.push(`${phase} ${done}/${total}`),
    });
    return phases.filter(phase => phase.startsWith('reading texts'));
  };
  assert.deepEqual(await pulled('of alder'), ['reading texts 2/2']);
  assert.deepEqual(await pulled('of alder'), []);
  assert.deepEqual(await pulled('of b.rch'), ['reading texts 2/2']);
  assert.equal(names(archive), 'alder birch');
});

test('a renumbered mailbox is swept anew, and nothing is doubled or lost', {
  skip: NO_DOVECOT,
}, async context => {
  const [one, two, three] = [
    dated('2 Mar 2018', 'one', 'syscalls'),
    dated('3 Mar 2018', 'two', 'other'),
    dated('4 Mar 2018', 'three', 'Re: syscalls', 'one'),
  ] as const;
  const server = await dovecot(context, { INBOX: [one, two] });
  const { archive } = emptyArchive(context);
  await pullTopic(archive, at(server), { topics: CALLS });
  server.reset('INBOX', [two, three, one]);
  const { notices, ...tally } = await pullTopic(archive, at(server), { topics: CALLS });
  assert.deepEqual(tally, { seen: 2, added: 1, duplicates: 1, rejected: [], swept: 3 });
  assert.deepEqual(notices, [
    'work: INBOX has been renumbered, so its headers are read again; known messages are kept.',
  ]);
  assert.deepEqual([...verify(archive)], []);
});

test('a sweep that breaks off goes on where it was', { skip: NO_DOVECOT }, async context => {
  const mails = Array.from({ length: 3000 }, (_, index) =>
    dated('2 Mar 2018', `m${index}`, index % 100 ? 'other' : 'syscalls'),
  );
  const server = await dovecot(context, { INBOX: mails });
  const { archive } = emptyArchive(context);
  const port = await cuttingProxy(context, server.port, 400_000, 'reset');
  await assert.rejects(pullTopic(archive, { ...at(server), port }, { topics: CALLS }), /was lost/);
  const [sweep] = archive.sweeps.ofSource('work');
  const kept = [...archive.sweeps.headers(sweep!)].length;
  assert.ok(kept > 0 && kept < 3000, `${kept} kept`);
  const { swept, added } = await pullTopic(archive, at(server), { topics: CALLS });
  assert.deepEqual([swept, added], [3000 - kept, 30]);
});

test('a dry run tells what would come and stores no mail', { skip: NO_DOVECOT }, async context => {
  const mails = [
    dated('2 Mar 2018', 'seed', 'syscalls'),
    dated('3 Mar 2018', 'reply', 'Re: syscalls', 'seed'),
    dated('4 Mar 2018', 'other', 'more syscalls'),
    dated('4 Mar 2018', 'third', 'trees'),
  ];
  const server = await dovecot(context, { INBOX: mails });
  const { archive } = emptyArchive(context);
  const sizes = mails.map(raw => raw.toString('latin1').replaceAll('\n', '\r\n').length);
  const threads = [
    {
      root: 'seed@example.org',
      subject: 'syscalls',
      first: Date.UTC(2018, 2, 2, 12) / 1000,
      messages: 2,
      bytes: sizes[0]! + sizes[1]!,
    },
    {
      root: 'other@example.org',
      subject: 'more syscalls',
      first: Date.UTC(2018, 2, 4, 12) / 1000,
      messages: 1,
      bytes: sizes[2]!,
    },
  ];
  const expected = { threads: 2, messages: 3, bytes: sizes[0]! + sizes[1]! + sizes[2]!, chosen: threads };
  assert.deepEqual(await plan(archive, at(server), { topics: CALLS }), expected);
  assert.equal(archive.counts().messages, 0);
  const whole = await plan(archive, at(server));
  assert.deepEqual(whole, { threads: 3, messages: 4, bytes: expected.bytes + sizes[3]! });
  assert.equal((await pullTopic(archive, at(server), { topics: CALLS })).swept, 0);
  assert.deepEqual(await plan(archive, at(server), { topics: CALLS }), {
    threads: 0,
    messages: 0,
    bytes: 0,
    chosen: [],
  });
});

test('a source that turns from a topic to everything gets the rest, and the other way round nothing twice', {
  skip: NO_DOVECOT,
}, async context => {
  const server = await dovecot(context, {
    INBOX: [
      dated('2 Mar 2018', 'a', 'syscalls'),
      dated('2 Mar 2018', 'b', 'trees'),
      dated('3 Mar 2018', 'c', 'syscalls'),
    ],
  });
  const { archive } = emptyArchive(context);
  await pullTopic(archive, at(server), { topics: CALLS });
  assert.equal(names(archive), 'a c');
  const { added, duplicates } = await pull(archive, at(server));
  assert.deepEqual([added, duplicates], [1, 2]);
  assert.deepEqual([...verify(archive)], []);
  assert.equal((await pullTopic(archive, at(server), { topics: CALLS })).seen, 0);
});

test('a message over the cap is rejected from a topic too, and fetched when the cap rises', {
  skip: NO_DOVECOT,
}, async context => {
  const big = mail({ id: 'big@example.org', subject: 'syscalls', body: `${'x'.repeat(70)}\n`.repeat(100) });
  const server = await dovecot(context, { INBOX: [big, dated('3 Mar 2018', 'small', 'syscalls')] });
  const { archive } = emptyArchive(context);
  const topics = { t: { subject: 'syscalls' } };
  const first = await pullTopic(archive, at(server), { topics, maxBytes: 4000 });
  assert.deepEqual(first.rejected, [{ where: 'work INBOX:1', reason: 'too-big' }]);
  assert.equal((await pullTopic(archive, at(server), { topics, maxBytes: 4000 })).seen, 0);
  assert.equal((await pullTopic(archive, at(server), { topics })).added, 1);
});

/** The mails of an mbox, each id once: public-inbox gives a second one an id of its own. */
async function mailsOf(file: string): Promise<readonly Buffer[]> {
  const mails = new Map<string, Buffer>();
  const bytes = createReadStream(file);
  const options = { maxBytes: 1 << 24, dialect: 'mboxrd' } as const;
  for await (const { raw } of readMbox(file.endsWith('.gz') ? bytes.pipe(createGunzip()) : bytes, options)) {
    const { id } = headerFacts(raw!);
    if (!mails.has(id)) mails.set(id, Buffer.from(raw!));
  }
  return [...mails.values()];
}

interface Case {
  readonly file: string;
  readonly skip: string | false;
  readonly topic: { readonly subject: string; readonly since?: string; readonly until?: string };
  readonly servers: readonly ('dovecot' | 'public-inbox')[];
}
const corpus = (name: string) => path.join(corporaFolder() ?? '', name);
const CASES: readonly Case[] = [
  {
    file: path.join(import.meta.dirname, '..', 'sample', 'linux-example.mbox'),
    skip: false,
    topic: { subject: 'sys_close|ksys' },
    servers: ['dovecot', 'public-inbox'],
  },
  {
    file: corpus('notmuch-lkml/notmuch-lkml.mbox'),
    skip: NO_CORPORA,
    topic: { subject: 'cifs|semicolons', since: '2010-06-25', until: '2011-01-01' },
    servers: ['dovecot', 'public-inbox'],
  },
  {
    file: corpus('linux-um.mbox.gz'),
    skip: NO_CORPORA,
    topic: { subject: 'kunit', since: '2019-10-01', until: '2019-11-01' },
    servers: ['dovecot'],
  },
  {
    file: corpus('linux-um.mbox.gz'),
    skip: NO_CORPORA,
    topic: { subject: 'time.travel|virtio', since: '2019-05-20', until: '2020-04-01' },
    servers: ['dovecot'],
  },
  {
    file: corpus('linux-arch-2020-q1.mbox.gz'),
    skip: NO_CORPORA,
    topic: { subject: 'time.?namespace|vdso', since: '2020-02-01', until: '2020-02-20' },
    servers: ['dovecot'],
  },
];

for (const { file, skip, topic, servers } of CASES)
  for (const server of servers) {
    const missing = server === 'dovecot' ? NO_DOVECOT : NO_PUBLIC_INBOX;
    test(`${topic.subject} of ${path.basename(file)} by ${server} is what the whole list has of it`, {
      skip: skip || missing,
    }, async context => {
      const mails = await mailsOf(file);
      const whole = emptyArchive(context).archive;
      store(whole, mails);
      const pattern = new RegExp(topic.subject, 'i');
      const [since, until] = [
        Date.parse(topic.since ?? '1970-01-01'),
        Date.parse(topic.until ?? '2100-01-01'),
      ];
      const expected = buildThreads(mergeCopies(whole.messages(), {}).messages)
        .filter(({ messages }) =>
          messages.some(
            ({ subject, sent }) =>
              pattern.test(subject) && sent && sent.time * 1000 >= since && sent.time * 1000 < until,
          ),
        )
        .flatMap(({ messages }) => messages.map(({ id }) => id))
        .sort();
      const running =
        server === 'dovecot'
          ? await startDovecot({ mailboxes: { INBOX: mails } })
          : await startPublicInbox({ messages: mails, firstUid: 49_960 });
      context.after(() => running.stop());
      const { archive } = emptyArchive(context);
      await pullTopic(archive, { port: running.port, mailboxes: ['*'] }, { topics: { topic } });
      assert.deepEqual(
        archive
          .messages()
          .map(({ id }) => id)
          .sort(),
        expected,
      );
      assert.ok(expected.length > 3 && expected.length < mails.length, `${expected.length}`);
    });
  }
