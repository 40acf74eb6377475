import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test, { type TestContext } from 'node:test';
import { checkCoverage } from '../briefs/coverage.ts';
import type { Issue } from '../publication/issues/issue.ts';
import { linkFault } from '../publication/issues/links.ts';
import { checkText } from '../publication/issues/text-rules.ts';
import { idOf, type SaidMail, threadOf } from './support/checked-thread.ts';
import { writeFiles } from './support/folder.ts';
import { mail } from './support/mails.ts';
import { markupErrors, pages } from './support/pages.ts';
import { filledPublication, ROOT, SAMPLE_MBOX, SETTINGS, temporaryFolder } from './support/publication.ts';
import { trafficIn } from './support/traffic.ts';

const FRONT = '---\ntitle: A title\n---\n\n';

/** What is found in a section's words: `error unfinished 5:1`. */
function inText(words: string): readonly string[] {
  return checkText('s.md', FRONT + words).map(
    ({ severity, rule, line, column }) => `${severity} ${rule} ${line}:${column}`,
  );
}

const TEXTS: readonly (readonly [why: string, words: string, expected: readonly string[]])[] = [
  ['nothing to find', 'All is well here.', []],
  ['a FIXME', 'Oda wrote.\nFIXME: how did it end?', ['error unfinished 6:1']],
  ['a TODO in a comment', '<!-- TODO: ask -->', ['error unfinished 5:6']],
  ['a TODO that somebody else wrote', '["a TODO: of mine"](mid:a@example.org)', []],
  ['a TODO in a block that is quoted', '> TODO: free it\n>\n> — [Ada](mid:a@example.org)', []],
  ['a TODO in code', 'The line `TODO:` and\n\n```\nFIXME\n```\n', []],
  ['no FIXME', "FIXMEs, and somebody's TODO list", []],
  ['a doubled word', 'It was the\nthe first.', ['warning doubled-word 5:8']],
  ['a doubled word at a start', 'The the list', ['warning doubled-word 5:1']],
  ['doubled over a paragraph', 'so it is\n\nis it', []],
  ['doubled around a quotation', 'said that ["it"](mid:a@example.org) that', []],
  ['doubled in a quotation', '["the the bug"](mid:a@example.org)', []],
  ['words that may stand twice', 'he had had that that was', []],
  ['one word within another', 'then the theory, an analogy', []],
  ['900 words', 'word and '.repeat(450), []],
  ['901 words', `${'word and '.repeat(450)}more`, ['warning long 5:1']],
  ['long addresses are no words', '[a](https://example.org/b/c/d) '.repeat(500), []],
];

test('what a file of an issue is looked through for', () => {
  for (const [why, words, expected] of TEXTS) assert.deepEqual(inText(words), expected, why);
  assert.equal(checkText('s.md', '---\ntitle: FIXME\n---\nWords.')[0]?.line, 2, 'a FIXME for a title');
  assert.deepEqual(inText('a\r\nFIXME\r\n'), ['error unfinished 6:1'], 'lines as Windows ends them');
  const todo = '<!-- FIXME: end with [what Oda wrote](mid:a@example.org), FIXME or without --> and so on';
  assert.deepEqual(
    checkText('s.md', todo).map(({ message }) => message.replace(/ still stands.*/, '')),
    ['“FIXME: end with what Oda wrote, FIXME or without”', '“FIXME or without”'],
    'what is left to do',
  );
});

test('rules are linear in what strangers wrote', () => {
  for (const piece of ['["', '[', '`', '```\n', '> ', 'the ', '](', 'a\n'])
    assert.ok(checkText('s.md', piece.repeat(20_000)).length >= 0, piece);
});

const issue = (number: number, ...ids: readonly string[]): Issue => ({
  number,
  date: '2018-03-14',
  editor: 'Ada Example',
  title: '',
  period: undefined,
  introduction: { file: '', line: 1, markdown: '' },
  stats: undefined,
  lock: undefined,
  sections: ids.map(id => ({
    id,
    thread: undefined,
    title: id,
    topics: [],
    mentions: [],
    told: {},
    prose: { file: '', line: 1, markdown: '' },
  })),
  corrections: [],
});

const ISSUES = new Map([issue(11, 'boot', 'calls'), issue(12, 'dumps')].map(one => [one.number, one]));

const LINKS: readonly (readonly [url: string, fault: RegExp | undefined])[] = [
  ['#dumps', undefined],
  ['#s1', undefined],
  ['#s2', /^Issue 12 has no section s2; it has dumps\.$/],
  ['#boot', /no section boot/],
  ['#', /no section/],
  ['../11/', undefined],
  ['../11/#boot', undefined],
  ['../11/#s2', undefined],
  ['/issues/11/#calls', undefined],
  ['../11/#dumps', /^Issue 11 has no section dumps; it has boot, calls\.$/],
  ['../13/', /^There is no issue 13/],
  ['https://example.org/', undefined],
  ['mailto:list@example.org', undefined],
  ['https:', /leads nowhere/],
  ['calls.md', /leads nowhere; write #NAME/],
  ['javascript:alert(1)', /leads nowhere/],
  ['//example.org/', /leads nowhere/],
];

test('links lead to sections, issues, or out', () => {
  for (const [url, fault] of LINKS) {
    const found = linkFault(url, 12, ISSUES);
    if (fault) assert.match(found ?? '', fault, url);
    else assert.equal(found, undefined, url);
  }
});

const SAID: readonly SaidMail[] = [
  { id: 'a', by: 'Ada Example', text: 'It leaks.', at: '2018-03-05T10:00:00Z' },
  { id: 'b', by: 'Ben Sample', text: 'It does not.', to: 'a', at: '2018-03-06T10:00:00Z' },
  { id: 'c', by: 'a bot', text: 'Built.', to: 'a', at: '2018-03-07T10:00:00Z' },
  { id: 'd', by: 'Ada Example', text: 'Here is how.', to: 'b', at: '2018-03-20T10:00:00Z' },
];

const COVERED: readonly (readonly [
  why: string,
  until: string,
  quoted: readonly string[],
  cited: readonly string[],
  rules: readonly string[],
])[] = [
  ['all told', '2018-03-28', ['a', 'b'], ['d'], ['share']],
  ['the newest left out', '2018-03-28', ['a', 'b'], [], ['newest-untold', 'share']],
  ['what came after the issue is no part of it', '2018-03-14', ['a', 'b'], [], ['share']],
  ['something later told instead of the newest', '2018-03-14', ['a'], ['d'], ['one-side', 'share']],
  ['one side quoted', '2018-03-14', ['b'], ['a'], ['one-side', 'share']],
  ['nobody quoted', '2018-03-14', [], ['a', 'b'], ['share']],
  ['told before it began', '2018-03-01', [], [], []],
];

test('how a story covers its thread', () => {
  const thread = threadOf(SAID);
  for (const [why, until, quoted, cited, rules] of COVERED) {
    const remarks = checkCoverage({
      thread,
      until: Date.parse(until) / 1000,
      quoted: new Set(quoted.map(idOf)),
      cited: new Set([...quoted, ...cited].map(idOf)),
    });
    assert.deepEqual(
      remarks.map(({ rule }) => rule),
      rules,
      why,
    );
  }
  const [share] = checkCoverage({ thread, until: 2e9, quoted: new Set(), cited: new Set([idOf('d')]) }).slice(
    -1,
  );
  assert.equal(share?.message, '1 of 3 messages are cited, by 1 of 2 people.', 'programs do not count');
});

const MAILS = {
  'a.eml': mail({
    id: 'a@example.org',
    subject: 'Names are lost',
    body: 'The unpacker loses a name for each archive that is cut short.\n',
  }),
  'b.eml': mail({
    id: 'b@example.org',
    from: 'Ben Sample <ben@example.net>',
    subject: 'Re: Names are lost',
    date: 'Tue, 6 Mar 2018 10:00:00 +0000',
    headers: ['References: <a@example.org>'],
    body: 'Eleven bytes are no reason to wake anybody up.\n',
  }),
};

const ISSUE = '---\ndate: 2018-03-14\neditor: Cy Elm\nsections: [names]\n---\n\nWelcome.\n';
const SECTION = `---
thread: a@example.org
title: Eleven Bytes
---

Ada Example found that the unpacker ["loses a name for each archive"](mid:a@example.org). To Ben Sample those
["are no reason to wake anybody up"](mid:b@example.org).
`;

/** A `corrections.yaml` with the value of `is` on line 6, and that of `was` above it. */
function corrected(is: string, was = 'four thousand names, and "nobody else at all"'): string {
  return `# Of the first issue.
corrections:
  - date: 2018-03-16
    section: names
    was: '${was}'
    is: ${is}
    kind: fact
`;
}

/** A publication with one issue, which `files` change, and what a command line on it gives. */
async function edited(context: TestContext, files: Readonly<Record<string, string>> = {}) {
  const mails = temporaryFolder(context);
  writeFiles(mails, MAILS);
  const { folder } = await filledPublication(context, [mails], SETTINGS);
  writeFiles(folder, { 'issues/1/issue.md': ISSUE, 'issues/1/names.md': SECTION, ...files });
  const traffic = (words: readonly string[], env: NodeJS.ProcessEnv = {}) =>
    trafficIn(env, ['-C', folder, ...words]);
  return { folder, traffic };
}

const CHANGED: readonly (readonly [why: string, files: Readonly<Record<string, string>>, finding: string])[] =
  [
    [
      'an altered quotation',
      { 'issues/1/names.md': SECTION.replace('each archive', 'every archive') },
      'issues/1/names.md:6:37 error not-found: ',
    ],
    [
      'words of somebody else',
      { 'issues/1/names.md': SECTION.replace('To Ben Sample', 'To her') },
      'issues/1/names.md:7:1 error wrong-speaker: ',
    ],
    [
      'an id of no message',
      { 'issues/1/names.md': SECTION.replace('mid:b@', 'mid:x@') },
      'issues/1/names.md:7:1 error no-such-message: ',
    ],
    [
      'a thread that is not held',
      { 'issues/1/names.md': SECTION.replace('thread: a@', 'thread: x@') },
      'issues/1/names.md:2:1 error thread: ',
    ],
    [
      'a link to nowhere',
      { 'issues/1/issue.md': `${ISSUE}See [there](#other).\n` },
      'issues/1/issue.md:8:5 error link: Issue 1 has no section other',
    ],
    [
      'front matter with an unknown word',
      { 'issues/1/names.md': SECTION.replace('title:', 'titel: x\ntitle:') },
      'issues/1/names.md:3:1 error file: the file has no setting called "titel"',
    ],
    [
      'a day that is none',
      { 'issues/1/issue.md': ISSUE.replace('03-14', '02-30') },
      'issues/1/issue.md:2:1 error file: date must be a day of the calendar',
    ],
    [
      'a section that is missing',
      { 'issues/1/issue.md': ISSUE.replace('[names]', '[names, other]') },
      'issues/1/issue.md:4:19 error file: issues/1/other.md is missing',
    ],
    [
      'a section listed twice',
      { 'issues/1/issue.md': ISSUE.replace('[names]', '[names, names]') },
      'issues/1/issue.md:4:1 error file: sections names a section twice',
    ],
    [
      'days that end before they begin',
      {
        'issues/1/issue.md': ISSUE.replace(
          'sections',
          'period: { since: 2018-03-05, until: 2018-03-04 }\nsections',
        ),
      },
      'issues/1/issue.md:4:1 error file: period must not end before it begins',
    ],
    [
      'a section that no issue lists',
      { 'issues/1/other.md': SECTION },
      'issues/1/other.md:1:1 warning unlisted: ',
    ],
    [
      'a correction of no section',
      {
        'issues/1/corrections.yaml':
          'corrections:\n  - { date: 2018-03-16, section: other, kind: fact, was: a, is: b }\n',
      },
      'issues/1/corrections.yaml:2:25 error file: issue 1 has no section other',
    ],
    [
      'a correction that quotes what nobody wrote',
      {
        'issues/1/corrections.yaml': corrected(`|
      Not so: Ada Example wrote that it
      ["loses a name"](mid:a@example.org), and Ben Sample ["cares"](mid:b@example.org).`),
      },
      'issues/1/corrections.yaml:8:59 error not-found: Ben Sample ',
    ],
    [
      'words that a correction puts into the wrong mouth',
      {
        'issues/1/corrections.yaml': corrected(
          `'Ben''s words? No: Ben Sample wrote ["loses a name for each"](mid:a@example.org).'`,
        ),
      },
      'issues/1/corrections.yaml:6:45 error wrong-speaker: ',
    ],
    [
      'a quotation in what was wrong that is none',
      { 'issues/1/corrections.yaml': corrected('Nothing.', '["and a half"](mid:a@example.org)') },
      'issues/1/corrections.yaml:5:11 error not-found: ',
    ],
    [
      'a correction that cites no message',
      { 'issues/1/corrections.yaml': corrected('"See [the\\n\\"mail\\"](mid:x@example.org)."') },
      'issues/1/corrections.yaml:6:14 error no-such-message: ',
    ],
    [
      'a correction with a link to nowhere',
      { 'issues/1/corrections.yaml': corrected('>-\n      See the\n      other [section](#other).') },
      'issues/1/corrections.yaml:8:13 error link: Issue 1 has no section other',
    ],
    [
      'a correction that is not finished',
      { 'issues/1/corrections.yaml': corrected('It is so. # FIXME: is it?') },
      'issues/1/corrections.yaml:6:21 error unfinished: ',
    ],
    [
      'a correction that tells a number that nobody wrote',
      { 'issues/1/corrections.yaml': corrected('There were 4711 names.') },
      'issues/1/corrections.yaml:6:20 warning number: ',
    ],
    [
      'a topic that is none',
      {
        'issues/1/names.md': SECTION.replace('title:', 'topics: [boots]\ntitle:'),
        'topics.yaml': 'topics: [{ name: boot }]\n',
      },
      'issues/1/names.md:3:1 warning topic: ',
    ],
    [
      'a name that nobody has',
      { 'issues/1/names.md': `${SECTION}\nDora Missing [agreed](mid:b@example.org).\n` },
      'issues/1/names.md:9:1 warning name: ',
    ],
  ];

test('check says where what is wrong', async context => {
  const { folder, traffic } = await edited(context);
  const clean = await traffic(['check']);
  assert.deepEqual(clean, {
    code: 0,
    out: `issues/1/names.md:6:1 note share: 2 of 2 messages are cited, by 2 of 2 people.
1 issue, 1 section, 2 of 2 quotations found word for word: 1 note
`,
    err: '',
  });
  for (const [why, files, finding] of CHANGED) {
    writeFiles(folder, files);
    const { code, out } = await traffic(['check']);
    assert.ok(
      out.split('\n').some(line => line.startsWith(finding)),
      `${why}: ${out}`,
    );
    assert.equal(code, finding.includes(' error ') ? 1 : 0, why);
    for (const file of Object.keys(files)) fs.rmSync(path.join(folder, file));
    writeFiles(folder, { 'issues/1/issue.md': ISSUE, 'issues/1/names.md': SECTION });
  }
});

test('a link to a section whose file has a fault is not said to lead nowhere', async context => {
  const { traffic } = await edited(context, {
    'issues/1/issue.md': `${ISSUE}See [there](#names).\n`,
    'issues/1/names.md': SECTION.replace('title: Eleven', 'title: Names: Eleven'),
  });
  const { out } = await traffic(['check']);
  assert.match(out, /^issues\/1\/names\.md:3:8 error file: .*put a text that has ": " in it in quotes\b/);
  assert.match(out, /: 1 error\n$/);
});

test('check prints JSON, annotations, and one issue where it is asked for one', async context => {
  const { folder, traffic } = await edited(context, {
    'issues/1/names.md': SECTION.replace('each archive', '100% of them'),
    'issues/2/issue.md': ISSUE.replace('[names]', '[]'),
  });
  const json = (await traffic(['check', '--json'])).out.trim().split('\n');
  const [finding] = json.map(line => JSON.parse(line)).filter(({ severity }) => severity === 'error');
  assert.deepEqual(
    { ...finding, message: '' },
    { file: 'issues/1/names.md', line: 6, column: 37, severity: 'error', rule: 'not-found', message: '' },
  );
  const { out, code } = await traffic(['check'], { GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE: folder });
  assert.match(
    out,
    /^::error file=issues\/1\/names\.md,line=6,col=37,title=not-found::Ada Example does not/m,
  );
  assert.match(out, /^::notice file=issues\/1\/names\.md,line=6,col=1,title=share::/m);
  assert.equal(code, 1);
  const second = await traffic(['check', '2']);
  assert.deepEqual(
    [second.code, second.out],
    [0, '1 issue, 0 sections, 0 of 0 quotations found word for word: all is well\n'],
  );
  assert.match((await traffic(['check', '3'])).err, /there is no issue 3/);
  assert.equal((await traffic(['check', 'three'])).code, 2);
});

test('build refuses an issue with errors, and shows them in a draft', async context => {
  const { folder, traffic } = await edited(context, {
    'issues/1/names.md': SECTION.replace('each archive', 'every archive'),
  });
  const refused = await traffic(['build']);
  assert.equal(refused.code, 1);
  assert.match(refused.err, /the issues have 1 error, so nothing was built; run "traffic check"/);
  assert.equal(fs.existsSync(path.join(folder, '_site')), false);
  assert.equal((await traffic(['build', '--draft'])).code, 0);
  const page = fs.readFileSync(path.join(folder, '_site/issues/1/index.html'), 'utf8');
  assert.match(
    page,
    /<div class="findings" role="note">[\s\S]*error not-found[\s\S]*issues\/1\/names\.md:6:37/,
  );
  assert.match(page, /<q class="unverified">loses a name for every archive<\/q>/);
  assert.equal(page.match(/<a class="said"/g)?.length, 1, 'the other quotation is true');
  assert.doesNotMatch(page, /note share/, 'what is only to know is no part of a page');
});

test('what a correction quotes and nobody wrote is shown above the issue, and never as if it were true', async context => {
  const { folder, traffic } = await edited(context, {
    'issues/1/corrections.yaml': corrected('Ada Example wrote, ["loses all"](mid:a@example.org).'),
  });
  assert.match((await traffic(['build'])).err, /the issues have 1 error/);
  assert.equal((await traffic(['build', '--draft'])).code, 0);
  for (const file of ['issues/1/index.html', 'corrections/index.html'])
    assert.match(
      fs.readFileSync(path.join(folder, '_site', file), 'utf8'),
      /<q class="unverified">loses all<\/q>/,
    );
  const page = fs.readFileSync(path.join(folder, '_site/issues/1/index.html'), 'utf8');
  assert.match(
    page.slice(0, page.indexOf('id="names"')),
    /error not-found[^<]*<\/b>[^<]*<span[^>]*>issues\/1\/corrections/,
  );
  writeFiles(folder, {
    'issues/1/corrections.yaml': corrected(
      'Ada Example wrote, ["loses a name for each"](mid:a@example.org).',
    ),
  });
  assert.match((await traffic(['check'])).out, /3 of 3 quotations found word for word: 1 note\n$/);
  assert.equal((await traffic(['build'])).code, 0);
  assert.match(
    fs.readFileSync(path.join(folder, '_site/corrections/index.html'), 'utf8'),
    /<q><a class="said" href="[^"]*#m[0-9a-f]{40}">loses a name for each<\/a><\/q>/,
  );
  assert.deepEqual(await markupErrors(pages(path.join(folder, '_site'))), []);
});

test('the newest message that is not told is that of the days of the issue, and no matter once it is out', async context => {
  const period = (until: string) =>
    ISSUE.replace('---\n\n', `period: { since: 2018-03-05, until: ${until} }\n---\n\n`);
  const { folder, traffic } = await edited(context, {
    'issues/1/issue.md': period('2018-03-06'),
    'issues/1/names.md': SECTION.replace(/ To Ben.*/s, '\n'),
  });
  assert.match((await traffic(['check'])).out, /warning newest-untold: .*b@example\.org/);
  writeFiles(folder, { 'issues/1/issue.md': period('2018-03-05') });
  assert.doesNotMatch((await traffic(['check'])).out, /newest-untold/);
  writeFiles(folder, { 'issues/1/issue.md': period('2018-03-06') });
  assert.equal((await traffic(['freeze', '1'])).code, 0);
  assert.match((await traffic(['check'])).out, /1 of 1 quotation found word for word: 1 warning, 1 note\n$/);
  assert.doesNotMatch((await traffic(['check'])).out, /newest-untold/);
});

test('an editor has nothing left to do in the sample', async context => {
  const { folder } = await filledPublication(context, [SAMPLE_MBOX]);
  for (const name of ['issues', 'topics.yaml'])
    fs.cpSync(path.join(ROOT, 'sample', name), path.join(folder, name), { recursive: true });
  const { out } = await trafficIn({}, ['-C', folder, 'check', '--json']);
  const findings = out
    .trim()
    .split('\n')
    .map(line => JSON.parse(line));
  assert.deepEqual(
    findings.filter(({ severity }) => severity !== 'note'),
    [],
  );
  assert.equal(findings.length, 10, 'a note for each section');
});
