import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { parseAddress } from '../mail/address.ts';
import { NO_MAILMAP, parseMailmap } from '../mail/mailmap.ts';
import { personOf } from '../mail/people.ts';
import { trailerName } from '../mail/trailer-name.ts';
import { temporaryFolder } from './support/folder.ts';

/** What stands in From, and who that is; `*` marks a robot. */
const PEOPLE: Readonly<Record<string, string>> = {
  'Jane Doe <jane@example.org>': 'Jane Doe',
  '"Doe, Jane" <jane@example.org>': 'Jane Doe',
  'Doe, Jane <jane@example.org>': 'Jane Doe',
  '"Doe, Jane Q" <jane@example.org>': 'Jane Q Doe',
  '"van der Doe, Jane" <jane@example.org>': 'Jane van der Doe',
  '"Doe, Jane (Example)" <jane@example.org>': 'Jane Doe (Example)',
  '"Jane Doe, PhD" <jane@example.org>': 'Jane Doe, PhD',
  '"Example, Inc." <jane@example.org>': 'Example, Inc.',
  '"Jane Doe, Office for Larches, North and South" <jane@example.org>':
    'Jane Doe, Office for Larches, North and South',
  '=?utf-8?q?D=C3=B6=2C_J=C3=A4ne?= <jane@example.org>': 'Jäne Dö',
  '=?utf-8?b?SsOkbmUgRMO2?= <jane@example.org>': 'Jäne Dö',
  'jane@example.org': 'jane',
  'jane at example.org (Jane Doe)': 'Jane Doe',
  'jane at example.org (=?utf-8?q?J=C3=A4ne_D=C3=B6?=)': 'Jäne Dö',
  'Jane Doe <jane at example.org>': 'Jane Doe',
  'jane at example.org': 'jane',
  'kernel test robot <lkp@example.org>': 'kernel test robot *',
  'tip-bot2 for Jane Doe <tip-bot2@example.org>': 'tip-bot2 for Jane Doe *',
  'tip-bot for Jane Doe <tipbot@example.org>': 'tip-bot for Jane Doe *',
  'syzbot <syzbot+7d2debdcdb3cb93c1e5e@example.org>': 'syzbot *',
  'patchwork-bot+netdevbpf@example.org': 'patchwork-bot+netdevbpf *',
  'pr-tracker-bot@example.org': 'pr-tracker-bot *',
  'bugzilla-daemon@example.org': 'bugzilla-daemon *',
  '"kernelci.org bot" <bot@example.org>': 'kernelci.org bot *',
  'Example <no-reply@example.org>': 'Example *',
  'Jane Doe <no-reply@example.org>': 'Jane Doe',
  'Jan Bot <jan@example.org>': 'Jan Bot',
  'Louis Botha <lbotha@example.org>': 'Louis Botha',
  'Abbott Lake <abbot@example.org>': 'Abbott Lake',
  'Robota Smith <rsmith@example.org>': 'Robota Smith',
  'Gerrit Larch <gerrit@example.org>': 'Gerrit Larch',
  'Gerrit Code Review <gerrit@example.org>': 'Gerrit Code Review *',
  'gerrit@example.org': 'gerrit *',
  'Jenkins Elm <elm@example.org>': 'Jenkins Elm',
  'Jenkins <builds@example.org>': 'Jenkins *',
  'Larch CI <ci-notify@example.org>': 'Larch CI *',
  'Yun Ci <yun@example.org>': 'Yun Ci',
  'YUN CI <yun@example.org>': 'YUN CI',
  'builder@example.org': 'builder *',
  'Bob Elm <bob.builder@example.org>': 'Bob Elm',
  'Larch Bug Tracking System <owner@example.org>': 'Larch Bug Tracking System *',
  'scan-admin@example.org': 'scan-admin *',
  'GitLab <gitlab@example.org>': 'GitLab *',
  'Patchwork Birch <birch@example.org>': 'Patchwork Birch',
  'Patchwork <lists@example.org>': 'Patchwork *',
  'Marie Robot <marie@example.org>': 'Marie Robot',
  'kernel test robot <jane@example.org>': 'kernel test robot *',
  'Jane Doe <patch-notifications@example.org>': 'Jane Doe',
  'jdoe <notifications@github.com>': 'jdoe',
  'larch-helper[bot] <notifications@github.com>': 'larch-helper[bot] *',
  'notifications@github.com': 'notifications *',
};

for (const [from, told] of Object.entries(PEOPLE)) {
  test(`the person of ${from}`, () => {
    const { name, robot } = personOf(parseAddress(from), NO_MAILMAP);
    assert.equal(robot ? `${name} *` : name, told);
  });
}

for (const address of ['jira@example.org', 'larch-bugzilla@example.org', 'gitlab@example.org'])
  test(`people who write by ${address} are not one person`, () => {
    const [ada, ben] = ['Ada Cedar', 'Ben Birch'].map(name => personOf({ name, address }, NO_MAILMAP));
    assert.deepEqual([ada!.key, ben!.key], ['ada cedar', 'ben birch']);
  });

test('an address that a Mailman archive spells out is one', () => {
  assert.equal(parseAddress('jane at lists.example.org (Jane Doe)').address, 'jane@lists.example.org');
  assert.equal(parseAddress('"Doe, Jane" <jane at example.org>').address, 'jane@example.org');
});

test('a name of a hundred thousand quotes stays as it is', () => {
  const name = `Doe, Jane${"'".repeat(100_000)}x`;
  assert.equal(personOf({ name, address: 'jane@example.org' }, NO_MAILMAP).name, name);
});

const MAILMAP = `# people of linux-example
Jane Doe <jane@example.org>
<jane@example.org> <jdoe@example.com>
Ada Birch <ada@example.org> <root@example.com>
Ben Cedar <ben@example.org> ben <root@example.com>
Ada Birch <ada@example.org> <Ada.Old@Example.NET> # moved in 2017
  Cy Elm <cy@example.org> Cy <cy@example.org>
`;

const MAPPED = [
  'J. D. <jane@example.org>',
  'J. D. <JDOE@example.com>',
  'Whoever <root@example.com>',
  'BEN <root@example.com>',
  'A. B. <ada.old@example.net>',
  'cy <Cy@example.org>',
  'C. E. <cy@example.org>',
  'Doe Unknown <doe@example.org>',
];

test('a mailmap makes of names and addresses what git makes of them', context => {
  const folder = temporaryFolder(context);
  fs.writeFileSync(path.join(folder, '.mailmap'), MAILMAP);
  execFileSync('git', ['init', '-q', folder]);
  const expected = execFileSync('git', ['-C', folder, 'check-mailmap', ...MAPPED], { encoding: 'utf8' });
  const { mailmap, faults } = parseMailmap(MAILMAP);
  const found = MAPPED.map(from => mailmap.proper(parseAddress(from)));
  assert.equal(found.map(({ name, address }) => `${name} <${address}>\n`).join(''), expected);
  assert.deepEqual(faults, []);
});

test('one person over many addresses has one key', () => {
  const { mailmap } = parseMailmap(MAILMAP);
  const keys = ['x <jane@example.org>', 'y <jdoe@example.com>'].map(
    from => personOf(parseAddress(from), mailmap).key,
  );
  assert.deepEqual(keys, ['jane@example.org', 'jane@example.org']);
});

test('people who write from the address of a service are told apart by name', () => {
  const { mailmap } = parseMailmap('Jane Doe <jane@example.org> jdoe <notifications@github.com>\n');
  const people = ['jdoe', 'Ben Cedar', 'BEN CEDAR'].map(name =>
    personOf({ name, address: 'notifications@github.com' }, mailmap),
  );
  assert.deepEqual(
    people.map(({ key, address }) => [key, address]),
    [
      ['jane@example.org', 'jane@example.org'],
      ['ben cedar', ''],
      ['ben cedar', ''],
    ],
  );
});

/** Trailers, and whom they name; empty where nobody. */
const TRAILERS: Readonly<Record<string, string>> = {
  'Acked-by: Jane Doe <jane@example.org>': 'Jane Doe',
  "Reviewed-by: 'Jane Doe' <jane@example.org>": 'Jane Doe',
  'Acked-by: Jane Doe <jane@example.org> # the larch part': 'Jane Doe',
  'Tested-by: "Doe, Jane" <jane@example.org>': 'Jane Doe',
  'Tested-by: Doe, Jane <jane@example.org>': 'Jane Doe',
  "Acked-by: Jane O'Larch <olarch@example.org>": "Jane O'Larch",
  'Acked-by: Jane Doe <jane(at)example.org>': 'Jane Doe',
  'Acked-by: Jane Doe': 'Jane Doe',
  'Acked-by: =?utf-8?b?SsOkbmUgRMO2?= <jaene@example.org>': 'Jäne Dö',
  'Acked-by: B. Cedar <root@example.com>': 'Ada Birch',
  'Acked-by: jdoe@example.com': '',
  'Acked-by: ada.old@example.net': 'Ada Birch',
  'Acked-by: From: Jane Doe <jane@example.org>': '',
  'Tested-by: me': '',
  'Acked-by: everybody who was in the room on that day, I think': '',
  'Acked-by: <>': '',
};

for (const [trailer, name] of Object.entries(TRAILERS)) {
  test(`whom a trailer names: ${trailer}`, () => {
    assert.equal(trailerName(trailer, parseMailmap(MAILMAP).mailmap) ?? '', name);
  });
}

test('lines of a mailmap that are no entries are told by number', () => {
  const { faults } = parseMailmap('\nJane Doe\n<jane@example.org>\nJane <>\nA <a@example.org> B\n');
  assert.deepEqual(
    faults.map(fault => fault.line),
    [2, 3, 4, 5],
  );
});
