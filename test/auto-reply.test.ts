import assert from 'node:assert/strict';
import path from 'node:path';
import test from 'node:test';
import { parseHTML } from 'linkedom';
import { headerFacts } from '../mail/message.ts';
import { writeFiles } from './support/folder.ts';
import { mail } from './support/mails.ts';
import { pages } from './support/pages.ts';
import { build, filledPublication, temporaryFolder } from './support/publication.ts';

const ANSWERS = 'In-Reply-To: <one@example.org>';

test('a mail that a program sent in the name of somebody who is away is known by its header', () => {
  const tells = (...headers: string[]) => headerFacts(mail({ headers })).autoReply;
  assert.ok(tells('Auto-Submitted: auto-replied'));
  assert.ok(tells('AUTO-SUBMITTED: Auto-Replied (vacation)'));
  assert.ok(tells('X-Autoreply: yes'));
  assert.ok(tells('X-AutoReply: yes', 'Precedence: bulk'));
  assert.ok(tells('X-Auto-Responder: jane@example.org'));
  assert.ok(tells('Precedence: auto_reply'));
  // Lists say so of all mail, services of what people wrote, and Exchange asks so of others.
  assert.ok(!tells('Precedence: bulk'));
  assert.ok(!tells('Auto-Submitted: auto-generated', 'Auto-Submitted: no'));
  assert.ok(!tells('X-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply'));
  assert.ok(!tells('X-Autoreply: no'));
});

test('or by its subject, where it answers something', () => {
  const tells = (subject: string, headers = [ANSWERS]) => headerFacts(mail({ subject, headers })).autoReply;
  for (const subject of [
    'Automatic reply: [PATCH v2 1/3] Count open files',
    'Autoreply: Count open files',
    'Auto-Reply: Count open files',
    'Auto Response: Count open files',
    'Out of Office: Re: Count open files',
    'Out of office',
    'Out of Office AutoReply: Count open files',
    'AUTO: Jane Doe is out of the office (returning 12 March)',
    '[Auto-Reply] Count open files',
    'Automatische Antwort: Count open files',
    '=?utf-8?q?R=C3=A9ponse_automatique_=3A?= Count open files',
    '=?utf-8?b?6Ieq5Yqo5Zue5aSNOg==?= Count open files',
  ])
    assert.equal(tells(subject), subject !== 'Out of office', subject);
  for (const subject of [
    'Re: Automatic reply: Count open files',
    'Automatic reply to the list is a nuisance',
    'auto: load modules by name',
    '[PATCH] autoreply: count open files',
  ])
    assert.ok(!tells(subject), subject);
  assert.ok(!tells('Automatic reply: how do I turn it off?', []), 'the first of a thread');
});

test('who is away says nothing: the thread shows the mail, and nobody is told to have answered', async context => {
  const folder = temporaryFolder(context);
  const question = 'Does anybody know what else could count the files of a task?';
  writeFiles(folder, {
    'one.eml': mail({
      subject: 'Files are not counted',
      body: `The counter of open files stays at zero after the change of last week.\n\n${question}\n`,
    }),
    'away.eml': mail({
      id: 'away@example.org',
      from: 'Ben Cedar <ben@example.net>',
      subject: 'Automatic reply: Files are not counted',
      date: 'Tue, 6 Mar 2018 10:00:00 +0000',
      headers: [ANSWERS],
      body: `> ${question}\n\nI agree to look at all of your mail when I am back in the office.\n`,
    }),
  });
  const publication = await filledPublication(context, [folder]);
  await build(publication);
  const thread = pages(publication.siteFolder).find(({ file }) =>
    file.endsWith(path.join('T', 'index.html')),
  )!;
  const { document } = parseHTML(thread.markup);
  const words = (element: Element | null) => element!.textContent!.replace(/\s+/g, ' ');
  assert.match(words(document.querySelector('.head')), /No reply 2 messages, 1 person, .*Ada Example $/);
  const brief = words(document.querySelector('.auto'));
  assert.match(brief, /Nobody replied on the list/);
  assert.doesNotMatch(brief, /Ben Cedar|I agree/);
  assert.match(
    words(document.querySelector('main')),
    /Automatic reply: Files are not counted.*I agree to look/,
  );
});
