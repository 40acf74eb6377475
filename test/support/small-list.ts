import fs from 'node:fs';
import path from 'node:path';
import type { Publication } from '../../publication/folder.ts';
import { writeFiles } from './folder.ts';
import { mail } from './mails.ts';
import { mboxOf } from './mbox-file.ts';
import { importInto } from './publication.ts';

/** The list of most of these mails. */
export const LIST = 'List-Id: <small.example.org>';
/** A date, so many hours into the mail of the list. */
export const at = (hour: number) =>
  new Date(Date.UTC(2018, 2, 1 + Math.floor(hour / 4), hour % 24)).toUTCString();
const ADA = 'Ada Example <ada@example.org>';
const BEN = 'Ben Example <ben@example.net>';

/** The mails of a small list, each of which may come at any time, or never. */
const MAILS: readonly Buffer[] = [
  mail({
    id: 'cover@x',
    from: ADA,
    subject: '[PATCH 0/2] fs: count the doors',
    date: at(1),
    headers: [LIST],
    body: 'I propose that we count the doors before we close them.\n\nAda\n',
  }),
  ...[1, 2].map(number =>
    mail({
      id: `patch${number}@x`,
      from: ADA,
      subject: `[PATCH ${number}/2] fs: door ${number}`,
      date: at(1 + number),
      headers: [LIST, 'References: <cover@x>'],
      body: `Counts door ${number}.\n\nSigned-off-by: Ada Example <ada@example.org>\nReviewed-by: Ben Example <ben@example.net>\n---\ndiff --git a/fs/door.c b/fs/door.c\n--- a/fs/door.c\n+++ b/fs/door.c\n@@ -1 +1 @@\n-one\n+two\n`,
    }),
  ),
  mail({
    id: 'doubt@x',
    from: BEN,
    subject: 'Re: [PATCH 1/2] fs: door 1',
    date: at(5),
    headers: [LIST, 'References: <cover@x> <patch1@x>'],
    body: '> Counts door 1.\n\nI do not think that a door should be counted twice. See <other@x> for why.\n\nNacked-by: Ben Example <ben@example.net>\n',
  }),
  mail({
    id: 'v2@x',
    from: ADA,
    subject: '[PATCH v2 0/2] fs: count the doors',
    date: at(40),
    headers: [LIST],
    body: 'Changes since v1:\n- each door is counted once (Ben)\n',
  }),
  ...[1, 2].map(number =>
    mail({
      id: `v2patch${number}@x`,
      from: ADA,
      subject: `[PATCH v2 ${number}/2] fs: door ${number}`,
      date: at(40 + number),
      headers: [LIST, 'References: <v2@x>'],
      body: `Counts door ${number}.\n---\ndiff --git a/fs/door.c b/fs/door.c\n--- a/fs/door.c\n+++ b/fs/door.c\n@@ -1 +1 @@\n-one\n+three\n`,
    }),
  ),
  mail({
    id: 'applied@x',
    from: 'Cleo Maintainer <cleo@example.com>',
    subject: 'Re: [PATCH v2 0/2] fs: count the doors',
    date: at(50),
    headers: [LIST, 'References: <v2@x>'],
    body: 'Applied to the doors tree, thanks.\n',
  }),
  mail({
    id: 'other@x',
    from: BEN,
    subject: 'Why doors are counted',
    date: at(3),
    headers: ['List-Id: <large.example.org>'],
    body: 'Ada wrote about doors in mid:cover@x once, and nobody answered.\n',
  }),
  mail({
    id: 'other@x',
    from: BEN,
    subject: 'Why doors are counted',
    date: at(3),
    headers: [LIST],
    body: 'Ada wrote about doors in mid:cover@x once, and nobody answered.\n',
  }),
  mail({
    id: 'lost@x',
    from: 'ada <ada@example.org>',
    subject: 'Re: Why doors are counted',
    date: at(6),
    headers: ['List-Id: <large.example.org>'],
    body: '> Ada wrote about doors in mid:cover@x once, and nobody answered.\n\nI did answer, but my mailer forgets whom.\n',
  }),
  mail({
    id: 'late@x',
    from: BEN,
    subject: 'Re: Windows',
    date: at(9),
    headers: [LIST, 'References: <ghost@x>'],
    body: 'Windows are doors for cats.\n',
  }),
  mail({
    id: 'ghost@x',
    from: ADA,
    subject: 'Windows',
    date: at(8),
    headers: [LIST],
    body: 'What about windows?\n',
  }),
  mail({
    id: 'GHOST@x',
    from: 'Build Robot <robot@example.org>',
    subject: 'Windows: build failed',
    date: at(60),
    headers: [LIST, 'References: <ghost@x>'],
    body: 'The build of windows failed in fs/window.c.\n',
  }),
];

/** What an editor, or a list, does between two builds. */
export type Step = (publication: Publication) => Promise<void> | void;

/** Files are written into the publication. */
export const files =
  (some: Readonly<Record<string, string>>): Step =>
  ({ folder }) =>
    void writeFiles(folder, some);
/** A file is deleted. */
export const gone =
  (file: string): Step =>
  ({ folder }) =>
    fs.rmSync(path.join(folder, file), { recursive: true, force: true });
/** The settings are others. */
export const settings = (more: string): Step =>
  files({ 'traffic.yaml': `site: { title: Small Traffic, url: https://traffic.example.org }\n${more}` });

/** A mail comes. */
export function arrives(raw: Buffer): Step {
  return async publication => {
    const folder = fs.mkdtempSync(path.join(publication.folder, 'mail-'));
    await importInto(publication, [mboxOf(folder, [raw])]);
    fs.rmSync(folder, { recursive: true });
  };
}

const SECTION = `---
thread: doubt@x
title: Doors, and who counts them
topics: [doors]
---
Ben Example said, ["a door should be counted twice"](mid:doubt@x).
`;

/** What may happen, by name. */
export const STEPS: Readonly<Record<string, Step>> = {
  ...Object.fromEntries(MAILS.map((raw, index) => [`mail ${index} arrives`, arrives(raw)])),
  'all mail arrives': async publication => {
    for (const raw of MAILS) await arrives(raw)(publication);
  },
  'the archive begins anew': async publication => {
    gone('archive.db')(publication);
    await arrives(MAILS[0]!)(publication);
  },
  'an editor joins': files({
    'threads.yaml': 'join:\n  - { message: lost@x, to: other@x, reason: quoted }\n',
  }),
  'an editor splits': files({ 'threads.yaml': 'split:\n  - { message: doubt@x, reason: another matter }\n' }),
  'an editor thinks again': gone('threads.yaml'),
  'Ben has a name': files({ 'people.mailmap': 'Benjamin Example <ben@example.net>\n' }),
  'Ben has none': gone('people.mailmap'),
  'an issue is drafted': files({
    'issues/1/issue.md':
      '---\ndate: 2018-03-14\neditor: Edda Example\nsections: [doors]\n---\nA week of doors.\n',
    'issues/1/doors.md': SECTION,
  }),
  'a section is edited': files({ 'issues/1/doors.md': `${SECTION}\nAda Example answered nothing.\n` }),
  'an issue is withdrawn': gone('issues'),
  'topics are defined': files({
    'topics.yaml': 'doors: { definition: What one closes., aliases: [gates] }\n',
  }),
  'about is written': files({ 'about.md': '# About doors\n' }),
  'addresses are masked': settings('privacy: { addresses: mask }\n'),
  'addresses are shown': settings(''),
  'Ben is hidden': settings('people: { hide: [ben@example.net] }\n'),
  'commits are shown': settings('commits: { small: "https://git.example.org/%h" }\n'),
  'lists are named': settings('lists: { large.example.org: big }\n'),
};
