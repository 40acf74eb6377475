import assert from 'node:assert/strict';
import path from 'node:path';
import test from 'node:test';
import { agreementWith, type Difference } from './support/agreement.ts';
import { KINDS, type Kind } from './support/agreement-kinds.ts';
import { corporaFolder, NO_CORPORA } from './support/corpora.ts';
import { distinctMails } from './support/distinct-mails.ts';
import { temporaryFolder } from './support/folder.ts';
import { mail } from './support/mails.ts';
import { mboxOf } from './support/mbox-file.ts';
import { DOVECOT, NOTMUCH, OURS, type Threader } from './support/threaders.ts';

const HERE = import.meta.dirname;
const SAMPLE = path.join(HERE, '..', 'sample', 'linux-example.mbox');
const ALL: Expected = { precision: 1, recall: 1, parents: 1, kinds: [] };

/** How far a threader agrees at the least, and every reason why it does not. */
interface Expected {
  readonly precision: number;
  readonly recall: number;
  /** Of Dovecot alone. */
  readonly parents: number;
  readonly kinds: readonly Kind[];
}

/** The reasons of some differences, each once. */
function kindsOf(differences: readonly Difference[]): readonly (Kind | undefined)[] {
  return [...new Set(differences.map(({ kind }) => kind))].sort();
}

function agrees(name: string, threader: Threader, place: string, skip: string | false, expected: Expected) {
  test(`the threads of ${name} are those of ${threader.name}, but for what is known`, { skip }, async () => {
    const mails = await distinctMails(place);
    const { precision, recall, sameParents, lost, differences } = await agreementWith(threader, mails);
    assert.deepEqual(
      differences.filter(({ kind }) => kind === undefined),
      [],
    );
    assert.deepEqual(kindsOf(differences), expected.kinds.toSorted());
    assert.equal(lost, 0);
    assert.ok(precision >= expected.precision, `a precision of ${precision}`);
    assert.ok(recall >= expected.recall, `a recall of ${recall}`);
    if (sameParents !== undefined)
      assert.ok(sameParents >= expected.parents, `equal parents: ${sameParents} of all`);
  });
}

agrees('the invented list', NOTMUCH, SAMPLE, NOTMUCH.missing, { ...ALL, recall: 0.97, kinds: ['no-at'] });
agrees('the invented list', DOVECOT, SAMPLE, DOVECOT.missing, ALL);

/** Collections of real mail, and what notmuch and Dovecot make of them, rounded down. */
const CORPORA: Readonly<Record<string, readonly [notmuch: Expected, dovecot: Expected]>> = {
  'notmuch-lkml/notmuch-lkml.mbox': [{ ...ALL, recall: 0.83, kinds: ['no-at'] }, ALL],
  'linux-um.mbox.gz': [ALL, ALL],
  'linux-arch-2020-q1.mbox.gz': [ALL, ALL],
  'jwz-aerc': [ALL, { ...ALL, precision: 0.9, parents: 0.98, kinds: ['address-of-mh'] }],
  'notmuch-threading': [ALL, ALL],
};

for (const [name, [notmuch, dovecot]] of Object.entries(CORPORA)) {
  const place = path.join(corporaFolder() ?? '', name);
  agrees(`the collection ${name}`, NOTMUCH, place, NO_CORPORA || NOTMUCH.missing, notmuch);
  agrees(`the collection ${name}`, DOVECOT, place, NO_CORPORA || DOVECOT.missing, dovecot);
}

/** Cases of threads in which another threader differs, and why. */
const CASES: readonly (readonly [name: string, threader: Threader, kinds: readonly Kind[]])[] = [
  ['02-in-reply-to', NOTMUCH, ['later-answers']],
  ['03-references-win', NOTMUCH, ['both-fields']],
  ['04-yes-is-no-id', NOTMUCH, ['no-at']],
  ['11-answer-to-itself', DOVECOT, ['own-answer']],
  ['14-own-word-wins', NOTMUCH, ['own-parent']],
  ['16-address-of-mh', NOTMUCH, ['address-of-mh']],
  ['16-address-of-mh', DOVECOT, ['address-of-mh']],
  ['22-bare-ids', NOTMUCH, ['no-brackets']],
  ['22-bare-ids', DOVECOT, ['no-brackets']],
  ['23-comments-and-phrases', DOVECOT, ['in-comment']],
  ['28-many-fields', DOVECOT, ['one-field']],
];

for (const [name, threader, kinds] of CASES) {
  test(`why ${threader.name} differs in the case ${name}`, { skip: threader.missing }, async () => {
    const mails = await distinctMails(path.join(HERE, 'fixtures', 'threads', name, 'mail.mbox'));
    const { differences } = await agreementWith(threader, mails);
    assert.deepEqual(kindsOf(differences), kinds);
  });
}

/** Mails that name others as ancestors, an hour apart. */
function mailsNaming(references: Readonly<Record<string, string>>): readonly Uint8Array[] {
  return Object.entries(references).map(([id, ids], hour) =>
    mail({
      id: `${id}@example.org`,
      date: `Mon, 5 Mar 2018 ${hour + 10}:00:00 +0000`,
      headers: ids === '' ? [] : [`References: ${ids.replace(/\w+/g, '<$&@example.org>')}`],
    }),
  );
}

/** What others say of a message or of a ghost, where two threaders make different things of it. */
const SAID_BY_OTHERS: readonly (readonly [Kind, Threader, Readonly<Record<string, string>>])[] = [
  ['other-parent', NOTMUCH, { one: '', two: '', answer: 'one ghost', other: 'two ghost' }],
  ['parent-taken', DOVECOT, { root: '', answer: 'root lost', lost: '' }],
];

for (const [kind, threader, references] of SAID_BY_OTHERS) {
  test(`why ${threader.name} differs: ${KINDS[kind]}`, { skip: threader.missing }, async context => {
    const mails = await distinctMails(mboxOf(temporaryFolder(context), mailsNaming(references)));
    const { differences } = await agreementWith(threader, mails);
    assert.deepEqual(kindsOf(differences), [kind]);
  });
}

test('what no header tells of is unexplained: threads joined and parted at random, a parent, a loss', async () => {
  const mails = await distinctMails(SAMPLE);
  const { threads, parents } = await OURS.threading(mails);
  const [first, second, third, ...others] = threads;
  const wrong = {
    threads: [[...first!, ...second!], third!.slice(0, 1), third!.slice(2), ...others],
    parents: parents!.with(third![2]!, undefined),
  };
  const found = await agreementWith({ ...OURS, name: 'a wrong one', threading: async () => wrong }, mails);
  assert.deepEqual(
    found.differences.map(({ what, kind }) => [what, kind]),
    [
      ['joins', undefined],
      ['parts', undefined],
      ['parts', undefined],
      ['has another parent', undefined],
    ],
  );
  assert.equal(found.lost, 1);
  assert.ok(found.precision < 1 && found.recall < 1 && found.sameParents! < 1);
});
