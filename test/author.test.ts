import assert from 'node:assert/strict';
import test from 'node:test';
import { headerFacts } from '../mail/message.ts';
import { mail } from './support/mails.ts';

const LIST = [
  'List-Id: <larch.example.org>',
  'List-Post: <mailto:larch@example.org>',
  'To: larch@example.org',
];

/** A From, the fields beside it and the body's first line, and who wrote it. */
const AUTHORS: readonly {
  readonly name: string;
  readonly from: string;
  readonly headers?: readonly string[];
  readonly body?: string;
  readonly author: string;
}[] = [
  {
    name: 'X-Original-From',
    from: 'Jane Doe via larch <larch@example.org>',
    headers: ['X-Original-From: Jane Doe <jane@example.net>', 'Reply-To: larch@example.org'],
    author: 'Jane Doe <jane@example.net>',
  },
  {
    name: 'Reply-To of Mailman',
    from: '"Jane Doe via larch" <larch@example.org>',
    headers: ['Reply-To: Jane Doe <jane@example.net>'],
    author: 'Jane Doe <jane@example.net>',
  },
  {
    name: 'Reply-To that names the list too',
    from: 'Jane Doe via larch <larch@example.org>',
    headers: ['Reply-To: larch@example.org, Jane Doe <jane@example.net>'],
    author: 'Jane Doe <jane@example.net>',
  },
  {
    name: 'Reply-To that names somebody else',
    from: 'Jane Doe via larch <larch@example.org>',
    headers: ['Reply-To: Ben Cedar <ben@example.net>'],
    author: 'Jane Doe <>',
  },
  {
    name: 'Reply-To that is another list of the message',
    from: 'Jane Doe via larch <larch@example.org>',
    headers: ['Cc: elm@example.org', 'Reply-To: elm@example.org'],
    author: 'Jane Doe <>',
  },
  {
    name: 'X-Original-Sender and single quotes of a group',
    from: "'Jane Doe' via larch <larch@example.org>",
    headers: ['X-Original-Sender: jane@example.net'],
    author: 'Jane Doe <jane@example.net>',
  },
  {
    name: 'the From of git in the body',
    from: 'Jane Doe via larch <larch@example.org>',
    body: 'From: Jane Doe <jane@example.net>\n\nClose files.\n',
    author: 'Jane Doe <jane@example.net>',
  },
  {
    name: "the From of somebody else's patch in the body",
    from: 'Jane Doe via larch <larch@example.org>',
    body: 'From: Ben Cedar <ben@example.net>\n\nClose files.\n',
    author: 'Jane Doe <>',
  },
  {
    name: 'a relay of patches',
    from: 'Jane Doe via B4 Relay <devnull+jane.example.net@example.com>',
    headers: ['Reply-To: jane@example.net'],
    author: 'Jane Doe <jane@example.net>',
  },
  {
    name: "the list's address without via",
    from: 'Jane Doe <larch@example.org>',
    headers: ['Reply-To: Jane Doe <jane@example.net>'],
    author: 'Jane Doe <jane@example.net>',
  },
  {
    name: 'nothing to tell the address',
    from: 'Jane Doe via larch <larch@example.org>',
    author: 'Jane Doe <>',
  },
  {
    name: 'a Reply-To of somebody whose From is whole',
    from: 'Jane Doe <jane@example.net>',
    headers: ['Reply-To: ben@example.net'],
    author: 'Jane Doe <jane@example.net>',
  },
  {
    name: "a patch of somebody else's, sent on",
    from: 'Jane Doe <jane@example.net>',
    body: 'From: Ben Cedar <ben@example.net>\n\nClose files.\n',
    author: 'Jane Doe <jane@example.net>',
  },
  {
    name: 'a name with via in it',
    from: 'Maria Via <maria@example.net>',
    author: 'Maria Via <maria@example.net>',
  },
  {
    name: "somebody else's name behind via",
    from: 'Jane via Ben <jane@example.net>',
    author: 'Jane via Ben <jane@example.net>',
  },
  {
    name: "the list's name behind an address of one's own",
    from: 'Jane Doe via Larch <jane@example.net>',
    author: 'Jane Doe <jane@example.net>',
  },
  {
    name: 'via in brackets',
    from: 'Jane Doe (via larch) <larch@example.org>',
    headers: ['Reply-To: Jane Doe <jane@example.net>'],
    author: 'Jane Doe <jane@example.net>',
  },
  {
    name: "the list's name in brackets",
    from: '"Jane Doe [larch]" <jane@example.net>',
    author: 'Jane Doe <jane@example.net>',
  },
  {
    name: 'a company in brackets',
    from: '"Jane Doe [Example]" <jane@example.net>',
    author: 'Jane Doe [Example] <jane@example.net>',
  },
  {
    name: 'another list of the message behind via',
    from: 'Jane Doe via Elm discussion <elm@example.com>',
    headers: ['Cc: elm@example.com'],
    author: 'Jane Doe <>',
  },
  {
    name: 'a list whose name and address alone are in From',
    from: 'larch@example.org',
    headers: ['Reply-To: Jane Doe <jane@example.net>'],
    author: 'Jane Doe <jane@example.net>',
  },
  {
    name: 'a list under its own name in From',
    from: 'Larch discussion <larch@example.org>',
    headers: ['Reply-To: Jane Doe <jane@example.net>'],
    author: 'Jane Doe <jane@example.net>',
  },
  {
    name: 'quotes in the name',
    from: '"\'Jane Doe\'" <jane@example.net>',
    author: 'Jane Doe <jane@example.net>',
  },
  {
    name: 'a list that leaves nothing behind via',
    from: 'Jane Doe via <larch@example.org>',
    headers: ['Reply-To: Jane Doe <jane@example.net>'],
    author: 'Jane Doe <jane@example.net>',
  },
  {
    name: 'somebody called Via who has a copy sent to herself',
    from: 'Maria Via <maria@example.net>',
    headers: ['Cc: maria@example.net'],
    author: 'Maria Via <maria@example.net>',
  },
  {
    name: 'a service that has its own address, and Cc',
    from: 'Jane Doe via LarchGadget <larchgadget@example.com>',
    headers: ['Cc: Ben Cedar <ben@example.net>, Jane Doe <jane@example.net>'],
    author: 'Jane Doe <jane@example.net>',
  },
  {
    name: 'the same, and the From of git',
    from: 'Jane Doe via LarchGadget <larchgadget@example.com>',
    body: 'From: Jane Doe <jane@example.net>\n\nClose files.\n',
    author: 'Jane Doe <jane@example.net>',
  },
  {
    name: "a list that puts people's addresses into its own",
    from: 'Jane Doe via lists.example.org <jane=example.net@lists.example.org>',
    author: 'Jane Doe <jane@example.net>',
  },
  {
    name: 'the same, encoded',
    from: 'Jane Doe <jane=40example.net@dmarc.example.org>',
    author: 'Jane Doe <jane@example.net>',
  },
  {
    name: 'a forge that sends patches for people',
    from: '~jane <jane@git.sr.ht>',
    headers: ['Reply-To: ~jane <jane@example.net>'],
    author: '~jane <jane@example.net>',
  },
  {
    name: 'GitHub, which tells the name',
    from: 'Jane Doe <notifications@github.com>',
    headers: ['X-GitHub-Sender: jdoe'],
    author: 'Jane Doe <notifications@github.com>',
  },
  {
    name: 'GitHub, which tells the account alone',
    from: 'notifications@github.com',
    headers: ['X-GitHub-Sender: jdoe'],
    author: 'jdoe <notifications@github.com>',
  },
];

for (const { name, from, headers = [], body = 'Words.\n', author } of AUTHORS) {
  test(`who wrote: ${name}`, () => {
    const { from: found } = headerFacts(mail({ from, headers: [...LIST, ...headers], body }));
    assert.equal(`${found.name} <${found.address}>`, author);
  });
}

test('two people without an address, both "via" one list, stay two', () => {
  const names = ['Jane Doe', 'Ben Cedar'].map(
    name => headerFacts(mail({ from: `${name} via larch <larch@example.org>`, headers: LIST })).from,
  );
  assert.deepEqual(names, [
    { name: 'Jane Doe', address: '' },
    { name: 'Ben Cedar', address: '' },
  ]);
});

test('a list that names itself by List-Id alone is known by it', () => {
  const headers = ['List-Id: Larch <larch.example.org>', 'Reply-To: Jane Doe <jane@example.net>'];
  const { from } = headerFacts(mail({ from: 'Jane Doe <larch@example.org>', headers }));
  assert.deepEqual(from, { name: 'Jane Doe', address: 'jane@example.net' });
});

test('a Reply-To of ten thousand addresses is compared with as many recipients', () => {
  const many = Array.from({ length: 10_000 }, (_, number) => `${number}@example.net`).join(', ');
  const headers = ['List-Post: <mailto:larch@example.org>', `To: ${many}`, `Reply-To: ${many}`];
  const { from } = headerFacts(mail({ from: 'Jane Doe <larch@example.org>', headers }));
  assert.deepEqual(from, { name: 'Jane Doe', address: '' });
});

test('a name of twenty thousand quotes is read at once', () => {
  const from = `${"'".repeat(20_000)} <ada@example.org>`;
  assert.equal(headerFacts(mail({ from, headers: LIST })).from.address, 'ada@example.org');
});
