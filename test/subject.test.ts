import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { patchMark } from '../mail/series/patch-mark.ts';
import { baseTitle, formerTitle, parseSubject } from '../mail/subject.ts';
import { runs } from './support/property.ts';

/** A subject, and its parts as one line: `re` for a reply, the tags, the title, `patch` where it offers one. */
const SUBJECTS: Readonly<Record<string, string>> = {
  'Close calls in the VFS': 'Close calls in the VFS',
  'Re: Close calls': 're | Close calls',
  'RE:Close calls': 're | Close calls',
  're : Close calls': 're | Close calls',
  'Re: Re: RE: Close calls': 're | Close calls',
  'Re[2]: Close calls': 're | Close calls',
  'Re (3): Close calls': 're | Close calls',
  'AW: Close calls': 're | Close calls',
  'Sv: Antw: Close calls': 're | Close calls',
  '回复: Close calls': 're | Close calls',
  '答复：[PATCH] Close calls': 're | [PATCH] | Close calls',
  'Fwd: Close calls': 'Close calls',
  'Fw: Re: Close calls': 're | Close calls',
  '转发: Close calls': 'Close calls',
  'Regarding: close calls': 'Regarding: close calls',
  'Re close calls': 'Re close calls',
  'fs: close calls': 'fs: close calls',
  '[PATCH] fs: close files': '[PATCH] | fs: close files | patch',
  '[PATCH v3 02/17] fs: close files': '[PATCH v3 02/17] | fs: close files | patch',
  '[RFC PATCH net-next v2 0/3] Sockets': '[RFC PATCH net-next v2 0/3] | Sockets | patch',
  '[patch 1/2]fs: close files': '[patch 1/2] | fs: close files | patch',
  '[DISPATCH] sent off': '[DISPATCH] | sent off',
  '[list-example] [PATCH 1/2] fs: close': '[list-example] | [PATCH 1/2] | fs: close | patch',
  'Fwd: [PATCH] fs: close files': '[PATCH] | fs: close files',
  'PATCH v2 1/3: fs: close files': '[PATCH v2 1/3] | fs: close files | patch',
  '[list-example] RFC PATCH: close files': '[list-example] | [RFC PATCH] | close files | patch',
  'GIT PULL: larch fixes': '[GIT PULL] | larch fixes | patch',
  'Patch: close files': 'Patch: close files',
  'Re: [PATCH 1/2] fs: close files': 're | [PATCH 1/2] | fs: close files',
  '[list-example] Re: [PATCH] fs: close': 're | [list-example] | [PATCH] | fs: close',
  '[ RFC ] close': '[RFC] | close',
  'close [PATCH] files': 'close [PATCH] files',
  '[PATCH]': '[PATCH]',
  'Re: [BUG] [PATCH]': 're | [BUG] | [PATCH]',
  '[] empty': '[] empty',
  '[not closed': '[not closed',
  '[[nested]] tags': '[[nested]] | tags',
  'Re: [PATCH [v4] 2/3] fs: close': 're | [PATCH [v4] 2/3] | fs: close',
  [`[${'x'.repeat(61)}] too long for a tag`]: `[${'x'.repeat(61)}] too long for a tag`,
  '  many \t blanks\n here ': 'many blanks here',
  'Re:': 're | (no subject)',
  '': '(no subject)',
};

for (const [subject, parts] of Object.entries(SUBJECTS)) {
  test(`the subject ${JSON.stringify(subject)}`, () => {
    const parsed = parseSubject(subject);
    const line = [parsed.reply && 're', ...parsed.tags, parsed.title, patchMark(parsed) && 'patch'];
    assert.equal(line.filter(Boolean).join(' | '), parts);
  });
}

test('a subject of prefixes without end is taken apart to a limit and loses nothing', () => {
  assert.deepEqual(parseSubject('Re: '.repeat(1000)).title, 'Re: '.repeat(1000 - 32).trim());
  assert.equal(parseSubject('['.repeat(100_000)).title.length, 100_000);
  assert.equal(parseSubject('[a'.repeat(100_000)).title.length, 200_000);
});

test('what is left of any subject has words, and taking it apart again finds no prefix', () => {
  const pieces = fc.constantFrom(
    'Re:',
    'RE :',
    'Fwd:',
    '[PATCH v2 1/2]',
    '[list]',
    'words',
    '[',
    ']',
    ' ',
    ':',
    'Re',
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 12 }), parts => {
      const { title } = parseSubject(parts.join(' '));
      assert.notEqual(title.trim(), '');
      const again = parseSubject(title);
      assert.ok(!again.reply && again.tags.length === 0, title);
    }),
    runs(),
  );
});

/** A title, its base title, and what it says it was. */
const TITLES: readonly (readonly [title: string, base: string, former?: string])[] = [
  ['Close calls', 'close calls'],
  ['Close calls.', 'close calls'],
  ['Sockets (was: Close calls)', 'sockets', 'close calls'],
  ['Sockets (was Re: [PATCH 1/2] Close calls)', 'sockets', 'close calls'],
  ['Sockets [was: Close calls]', 'sockets', 'close calls'],
  ['Sockets (Was: Close calls', 'sockets', 'close calls'],
  ['Sockets (was: close() in the VFS)', 'sockets', 'close() in the vfs'],
  ['Close calls (fwd)', 'close calls'],
  ['It was close (almost)', 'it was close (almost)'],
  ['(was: Close calls)', '(was: close calls)', 'close calls'],
  ['(no subject)', ''],
];

for (const [title, base, former] of TITLES) {
  test(`the base of the title ${JSON.stringify(title)}`, () => {
    assert.deepEqual([baseTitle(title), formerTitle(title)], [base, former]);
  });
}

test('a title of a hundred thousand dashes has a base', () => {
  assert.equal(baseTitle(`v1${'-'.repeat(100_000)}>`).length, 100_003);
});
