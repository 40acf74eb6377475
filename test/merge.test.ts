import assert from 'node:assert/strict';
import path from 'node:path';
import test from 'node:test';
import fc from 'fast-check';
import { Archive } from '../ingest/archive/archive.ts';
import { type Message, mergeCopies } from '../ingest/merge.ts';
import { messageHash } from '../mail/message.ts';
import { emptyArchive, importInto, store } from './support/archives.ts';
import { corporaFolder, NO_CORPORA } from './support/corpora.ts';
import { temporaryFolder } from './support/folder.ts';
import { type MailParts, mail } from './support/mails.ts';
import { runs } from './support/property.ts';

const NAMES = { 'larch-devel.lists.example.org': 'larch' };

/** A mail as a list hands it out. */
function onList(listId: string, parts: MailParts = {}): Buffer {
  return mail({ ...parts, headers: [`List-Id: A list <${listId}>`, ...(parts.headers ?? [])] });
}

/** The messages that an archive makes of mails which come in this order. */
function merged(context: test.TestContext, mails: readonly Uint8Array[]): readonly Message[] {
  const { archive } = emptyArchive(context);
  store(archive, mails);
  return mergeCopies(archive.messages(), NAMES).messages;
}

test('a cross-post is one message on two lists', context => {
  const copies = [onList('larch-devel.lists.example.org'), onList('birch.lists.example.org')];
  const [message, ...more] = merged(context, copies);
  assert.deepEqual(more, []);
  assert.deepEqual(message?.lists, ['birch', 'larch']);
  assert.deepEqual(message?.variants, []);
});

test('the copy that is shown is the earliest, and of two at once the one with the lower hash', context => {
  const late = mail({ headers: ['X-Relay: 1'], date: 'Mon, 5 Mar 2018 11:00:00 +0100' });
  const early = [1, 2, 3].map(relay => mail({ headers: [`X-Relay: ${relay}`] }));
  const hashes = early.map(messageHash).sort();
  assert.equal(merged(context, [late, ...early])[0]?.hash, hashes[0]);
  assert.equal(merged(context, [...early.reverse(), late])[0]?.hash, hashes[0]);
});

test('an id that is used again for another body is a variant, however many copies it has', context => {
  const first = mail({ body: 'One thing.\n' });
  const other = mail({ body: 'Another.\n', date: 'Mon, 5 Mar 2018 12:00:00 +0100' });
  const copy = mail({ body: 'Another.\n', date: 'Mon, 5 Mar 2018 12:00:00 +0100', headers: ['X-Relay: 1'] });
  const [message, ...more] = merged(context, [copy, other, first]);
  assert.deepEqual(more, []);
  assert.equal(message?.hash, messageHash(first));
  assert.deepEqual(message?.variants, [[copy, other].map(messageHash).sort()[0]]);
});

test("a list server's footer makes no variant", context => {
  const sent = mail({ body: 'One thing.\n' });
  const posted = mail({
    body: `One thing.\n\n${'_'.repeat(47)}\nlarch mailing list\nlarch@lists.example.org\n`,
  });
  assert.deepEqual(merged(context, [sent, posted])[0]?.variants, []);
});

const LISTS: readonly (readonly [
  what: string,
  mails: readonly Buffer[],
  list: string,
  lists: readonly string[],
])[] = [
  ['a List-Id that has a name', [onList('larch-devel.lists.example.org')], 'oak', ['larch']],
  ['a List-Id without a name', [onList('birch.lists.example.org')], 'oak', ['birch']],
  ['a List-Id in capitals', [onList('Larch-Devel.Lists.Example.ORG')], 'oak', ['larch']],
  ['no List-Id, and a source that knows its list', [mail({})], 'oak', ['oak']],
  ['no List-Id, and a source that knows nothing', [mail({})], '', ['mail']],
  ['a copy without a List-Id beside one that has it', [onList('birch.example.org'), mail({})], '', ['birch']],
  ['a List-Id that is a page of the site', [onList('search.example.org')], '', ['search-list']],
  ['a List-Id that is no name', [onList('....')], '', ['mail']],
  ['a List-Id that leads out of the folder', [onList('../../etc/passwd')], '', ['mail']],
  ['a List-Id with signs', [onList('a b/c%d.example.org')], '', ['a-b-c-d']],
  [
    'a List-Id that every object has',
    [onList('constructor'), onList('__proto__'), onList('toString')],
    '',
    ['constructor', 'proto', 'tostring'],
  ],
  ['a List-Id of thousands of letters', [onList('x'.repeat(5000))], '', ['x'.repeat(100)]],
];

for (const [what, mails, list, lists] of LISTS) {
  test(`the list of a message with ${what}`, context => {
    const { archive } = emptyArchive(context);
    store(archive, mails, { list });
    assert.deepEqual(mergeCopies(archive.messages(), NAMES).messages[0]?.lists, lists);
  });
}

const anyMail = fc
  .record({
    id: fc.constantFrom('one@example.org', 'two@example.org', 'ONE@example.org'),
    body: fc.constantFrom('One thing.\n', 'Another.\n', 'One thing.  \n\n'),
    list: fc.constantFrom('larch-devel.lists.example.org', 'birch.lists.example.org', ''),
    date: fc.constantFrom('Mon, 5 Mar 2018 10:00:00 +0100', 'Mon, 5 Mar 2018 11:00:00 +0100', 'some day'),
    crlf: fc.boolean(),
  })
  .map(({ list, crlf, ...parts }) => {
    const raw = list === '' ? mail(parts) : onList(list, parts);
    return crlf ? Buffer.from(raw.toString().replaceAll('\n', '\r\n')) : raw;
  });

test('the order in which mails arrive makes no difference', context => {
  const mails = fc.array(anyMail, { minLength: 2, maxLength: 12 });
  const folder = temporaryFolder(context);
  let turn = 0;
  const read = (order: readonly Buffer[]) => {
    const archive = Archive.open(path.join(folder, `${turn++}.db`));
    store(archive, order);
    const messages = mergeCopies(archive.messages(), NAMES).messages;
    archive.close();
    return messages;
  };
  fc.assert(
    fc.property(
      mails.chain(some => fc.tuple(fc.constant(some), fc.shuffledSubarray(some, { minLength: some.length }))),
      ([some, shuffled]) => {
        const messages = read(some);
        assert.deepEqual(read(shuffled), messages);
        assert.equal(new Set(messages.map(message => message.id)).size, messages.length);
      },
    ),
    runs(25),
  );
});

test('two real lists that share messages merge to one set of ids, in either order', {
  skip: NO_CORPORA,
}, async context => {
  const files = ['linux-um.mbox.gz', 'linux-arch-2020-q1.mbox.gz'].map(name =>
    path.join(corporaFolder()!, name),
  );
  const [there, back] = [emptyArchive(context).archive, emptyArchive(context).archive];
  await importInto(there, files);
  await importInto(back, files.toReversed());
  const messages = mergeCopies(there.messages(), {}).messages;
  assert.deepEqual(mergeCopies(back.messages(), {}).messages, messages);
  assert.equal(messages.length, there.counts().ids);
  const onBoth = messages.filter(({ lists }) => lists.includes('linux-um') && lists.includes('linux-arch'));
  assert.equal(onBoth.length, 162);
});
