import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test, { type TestContext } from 'node:test';
import { messagesOf } from '../bench/mbox-file.ts';
import { newReplies } from '../bench/new-reply.ts';
import { SAMPLE, writeReplicas } from '../bench/replicas.ts';
import { mboxrdEntry } from '../ingest/files/mbox.ts';
import { headerFacts } from '../mail/message.ts';
import { buildThreads } from '../mail/thread.ts';
import { temporaryFolder } from './support/folder.ts';
import { mail } from './support/mails.ts';

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MAILS = [
  mail({ id: 'root@example.org', date: 'Mon, 5 Mar 2018 10:00:00 +0100' }),
  mail({
    id: 'answer@example.org',
    date: 'Wed, 07 Mar 2018 10:00:00 +0100',
    headers: [
      'In-Reply-To: <root@example.org>',
      'References: <gone@example.net>\n <root@example.org>',
      'Received: from mail.example.org by lists.example.org;\n Wed, 7 Mar 2018 10:00:09 +0100',
    ],
    body: 'https://lists.example.org/r/root@example.org and <other@example.org>, of\nFrom here on root@example.org.\n',
  }),
];

/** Four messages: the two mails, and an older copy before them. */
async function replicated(context: TestContext): Promise<readonly Buffer[]> {
  const folder = temporaryFolder(context);
  const source = path.join(folder, 'source.mbox');
  fs.writeFileSync(source, Buffer.concat(MAILS.map(raw => mboxrdEntry(raw).bytes)));
  return written(folder, 4, [source]);
}

async function written(
  folder: string,
  messages: number,
  sources?: readonly string[],
): Promise<readonly Buffer[]> {
  const file = path.join(folder, `${messages}.mbox`);
  await writeReplicas(file, { messages }, sources);
  const mails: Buffer[] = [];
  for await (const raw of messagesOf(file)) mails.push(raw);
  return mails;
}

test('the newest copy of replicated mail is the mail as it is', async context => {
  assert.deepEqual((await replicated(context)).slice(2), MAILS);
});

test('an older copy differs in its ids, in links to them and in its dates', async context => {
  const [root, answer] = (await replicated(context)).map(String);
  assert.match(root!, /^Message-ID: <root\.1@example\.org>$/m);
  assert.match(root!, /^Date: Mon, 26 Feb 2018 10:00:00 \+0100$/m);
  assert.equal(
    answer,
    String(MAILS[1])
      .replaceAll('root@', 'root.1@')
      .replaceAll('gone@', 'gone.1@')
      .replaceAll('answer@', 'answer.1@')
      .replaceAll('07 Mar', '28 Feb')
      .replaceAll('7 Mar', '28 Feb'),
  );
});

test('replicated threads are as many times the threads, and dates keep their weekdays', async context => {
  const folder = temporaryFolder(context);
  const distinct = new Set<string>();
  for await (const raw of messagesOf(SAMPLE)) distinct.add(headerFacts(raw).id);
  const facts = (await written(folder, 3 * distinct.size)).map(headerFacts);
  const once = facts.slice(2 * distinct.size);
  assert.equal(new Set(facts.map(({ id }) => id)).size, 3 * distinct.size);
  assert.equal(buildThreads(facts).length, 3 * buildThreads(once).length);
  for await (const raw of messagesOf(path.join(folder, `${3 * distinct.size}.mbox`)))
    for (const [, weekday, date] of raw.toString('latin1').matchAll(/^Date: (\w{3}), (\d+ \w+ \d{4})/gm))
      assert.equal(weekday, WEEKDAYS[new Date(`${date} UTC`).getUTCDay()]);
});

test('new replies end a thread of several messages, and are the newest mail', async context => {
  const folder = temporaryFolder(context);
  const facts = (await written(folder, 100)).map(headerFacts);
  const replies = await newReplies(path.join(folder, '100.mbox'));
  const first = headerFacts(replies.next().value);
  const second = headerFacts(replies.next().value);
  const thread = buildThreads([...facts, first, second]).find(({ messages }) =>
    messages.some(({ id }) => id === first.id),
  )!;
  assert.ok(thread.messages.length > 4);
  assert.deepEqual(
    thread.messages.slice(-2).map(({ id }) => id),
    [first.id, second.id],
  );
  assert.ok(facts.every(({ received }) => received < first.received));
});
