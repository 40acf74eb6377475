import assert from 'node:assert/strict';
import test from 'node:test';
import { OperatorError } from '../publication/operator-error.ts';
import { parseSettings } from '../publication/traffic-yaml.ts';

/** A file with a source that is good but for these lines, the first of which is line 7. */
function source(...lines: readonly string[]): string {
  const good =
    'sources:\n  - name: work\n    type: imap\n    host: mail.example.org\n    user: me\n    password_env: P\n';
  return `${good}${lines.map(line => `    ${line}\n`).join('')}`;
}

/** What is wrong in a file, and what is said: the line, and words that name the value or the remedy. */
const FAULTS: readonly (readonly [text: string, said: string])[] = [
  ['just words', '1: the file must be a map, not text.'],
  ['- a\n- b\n', '1: the file must be a map, not a list.'],
  ['colour:\n  dark: true\n', '1: the file has no setting called "colour"; see "traffic init" for'],
  [
    'site:\n  title: A\n  colours:\n    dark: 1\n',
    '3: site has no setting called "colours"; see "traffic init" for',
  ],
  ['site:\n  titel: A\n', '2: site has no setting called "titel"; see "traffic init" for'],
  ['site:\n  title: 2018\n', '2: site.title must be text, not a number; put it in quotes.'],
  ['site:\n  title: ""\n', '2: site.title must not be empty.'],
  ['site:\n  colour:\n', '2: site has no setting called "colour"; see "traffic init" for'],
  ['site: Larch\n', '1: site must be a map, not text.'],
  ['site:\n  url: example.org\n', '2: site.url must be a scheme and a host such as https://example.org;'],
  ['site:\n  url: ftp://example.org\n', '2: site.url must be a scheme and a host'],
  [
    'site:\n  url: https://example.org/lists/\n',
    '2: site.url must be a scheme and a host such as https://example.org; a path is for prefix.',
  ],
  ['site:\n  url: https://me:pw@example.org\n', '2: site.url must be a scheme and a host'],
  ['site:\n  prefix: lists\n', '2: site.prefix must begin and end with a slash, such as / or /lists/.'],
  ['site:\n  prefix: //\n', '2: site.prefix must begin and end with a slash'],
  ['site:\n  language: english please\n', '2: site.language must be a language tag such as en or en-GB.'],
  ['site:\n  timezone: Berlin\n', '2: site.timezone must be a time zone such as UTC or Europe/Berlin.'],
  ['site:\n  archive: topics\n', '2: site.archive must be all: this version shows every archived thread.'],
  [
    'lists:\n  larch.example.org: Larch List\n',
    "2: lists.larch.example.org must be a list's name for URLs: small letters,",
  ],
  ['lists:\n  larch.example.org: ../etc\n', "2: lists.larch.example.org must be a list's name for URLs"],
  [
    'lists:\n  larch.example.org: search\n',
    '2: lists.larch.example.org must not be the name of a page of the site;',
  ],
  ['lists:\n  larch.example.org:\n', '2: lists.larch.example.org is missing.'],
  ['lists: [larch]\n', '1: lists must be a map, not a list.'],
  ['sources: {name: work}\n', '1: sources must be a list, not a map.'],
  ['sources:\n  - work\n', '2: sources.0 must be a map, not text.'],
  ['sources:\n  -\n', '2: sources.0 is missing.'],
  [
    'sources:\n  - type: imap\n    host: h\n    user: me\n    password_env: P\n',
    '2: sources.0.name is missing.',
  ],
  [
    'sources:\n  - name: my work\n    type: imap\n    host: h\n    user: me\n    password_env: P\n',
    '2: sources.0.name must be letters, digits,',
  ],
  [
    'sources:\n  - name: import\n    type: imap\n    host: h\n    user: me\n    password_env: P\n',
    '2: sources.0.name must not be import,',
  ],
  [
    'sources:\n  - name: work\n    type: pop3\n    host: h\n    user: me\n    password_env: P\n',
    '3: sources.0.type must be imap or public-inbox; an mbox, a Maildir or mail files are read by "traffic import PATH".',
  ],
  [
    'sources:\n  - name: work\n    type: imap\n    host: h:993\n    user: me\n    password_env: P\n',
    '4: sources.0.host must be a name such as mail.example.org, without a port.',
  ],
  [
    'sources:\n  - name: work\n    type: imap\n    host: h\n    user: 7\n    password_env: P\n',
    '5: sources.0.user must be text, not a number; put it in quotes.',
  ],
  [
    'sources:\n  - name: work\n    type: imap\n    host: h\n    user: me\n',
    '2: sources.0.password_env or password_command or token_command must say how to log in, one of the three.',
  ],
  [
    source('password_command: pass'),
    '6: sources.0.password_env or password_command or token_command must say how to log in, one of the three.',
  ],
  [
    source('password: sesame'),
    "7: sources.0 holds a password, which must not lie in the site's folder; name an environment variable with password_env, or a program with password_command or token_command.",
  ],
  [source('token_command: x'), '6: sources.0.password_env or password_command or token_command must say'],
  [source('path: x'), '7: sources.0 has no setting called "path"; see "traffic init" for'],
  [
    'sources:\n  - name: work\n    host: h\n',
    '2: sources.0.type is missing: it must be imap or public-inbox; an mbox, a Maildir or mail files are read by "traffic import PATH".',
  ],
  ['sources:\n  - name: lore\n    type: public-inbox\n', '2: sources.0.path is missing.'],
  [
    'sources:\n  - name: lore\n    type: public-inbox\n    path: x\n    user: me\n',
    '5: sources.0 has no setting called "user"; see "traffic init" for',
  ],
  [
    'sources:\n  - name: lore\n    type:\n    path: x\n',
    '3: sources.0.type is missing: it must be imap or public-inbox;',
  ],
  [
    'sources:\n  - name: lore\n    type: [imap]\n',
    '3: sources.0.type must be imap or public-inbox; an mbox, a Maildir',
  ],
  [
    'sources:\n  - name: lore\n    type: public-inbox\n    path: ~/mirrors/larch\n',
    '4: sources.0.path must be written without ~, as no shell reads it.',
  ],
  [source('topics: calls'), '7: sources.0.topics must be a list, not text.'],
  [source('port: 99999'), '7: sources.0.port must be a whole number from 1 to 65535.'],
  [source('port: "993"'), '7: sources.0.port must be a whole number from 1 to 65535.'],
  [source('tls: yes'), '7: sources.0.tls must be required, starttls or none.'],
  [source('allow_plaintext: sure'), '7: sources.0.allow_plaintext must be true or false, not text.'],
  [source('list: Larch'), "7: sources.0.list must be a list's name for URLs"],
  [source('mailboxes: INBOX'), '7: sources.0.mailboxes must be a list, not text.'],
  [source('mailboxes: []'), '7: sources.0.mailboxes must name a mailbox.'],
  [
    source('mailboxes:', '  - INBOX', '  - 2018'),
    '9: sources.0.mailboxes.1 must be text, not a number; put it in quotes.',
  ],
  [source('mailboxes: [*]'), '7: a text that begins with * must stand in quotes.'],
  [source('mailboxes: [*larch]'), '7: *larch must stand in quotes, as its * has a meaning in YAML.'],
  [
    source('topics: [syscalls]'),
    '7: sources.0.topics.0 must be a name that stands under topics:, and syscalls does not; what stands there is nothing yet.',
  ],
  [
    `${source('topics:', '  - calls', '  - constructor')}topics: { calls: { subject: x } }\n`,
    '9: sources.0.topics.1 must be a name that stands under topics:, and constructor does not; what stands there is calls.',
  ],
  [
    `${source()}  - name: work\n    type: imap\n    host: h\n    user: me\n    password_env: P\n`,
    '7: sources.1.name must not be work again; each source needs a name of its own.',
  ],
  ['topics:\n  syscalls: x\n', '2: topics.syscalls must be a map, not text.'],
  [
    'topics:\n  Sys Calls: { subject: x }\n',
    '2: topics.Sys Calls is no name for a topic; use small letters, digits and "-".',
  ],
  [
    'topics:\n  calls:\n    title: Calls\n',
    '2: topics.calls.subject or body or people must say what the topic is about.',
  ],
  [
    'topics:\n  calls:\n    subjects: x\n',
    '3: topics.calls has no setting called "subjects"; see "traffic init" for',
  ],
  [
    'topics:\n  calls:\n    subject: "sys_("\n',
    '3: topics.calls.subject is no regular expression (unterminated group); put a \\ before signs that stand for themselves.',
  ],
  ['topics:\n  calls:\n    subject: []\n', '3: topics.calls.subject must not be empty.'],
  [
    'topics:\n  calls:\n    subject: 7\n',
    '3: topics.calls.subject must be text, not a number; put it in quotes.',
  ],
  [
    'topics:\n  calls:\n    subject: x\n    since: March\n',
    '4: topics.calls.since must be a day such as 2018-03-01.',
  ],
  [
    'topics:\n  calls:\n    subject: x\n    until: 2018-02-30\n',
    '4: topics.calls.until must be a day such as 2018-03-01.',
  ],
  [
    'topics:\n  calls:\n    subject: x\n    since: 2018-03-02\n    until: 2018-03-02\n',
    '5: topics.calls.until must be a day after since; it is the first day that counts no more.',
  ],
  ['topics:\n  calls:\n', '2: topics.calls is missing.'],
  ['topics:\n  calls: {}\n', '2: topics.calls.subject or body or people must say what the topic is about.'],
  [
    'topics:\n  calls:\n    since: 2018-03-01\n    lists: [larch]\n',
    '2: topics.calls.subject or body or people must say what the topic is about.',
  ],
  [
    'topics:\n  calls:\n    body:\n      - sys_\n      - "[sys_"\n',
    '5: topics.calls.body.1 is no regular expression (unterminated character class); put a \\ before',
  ],
  ['topics:\n  calls:\n    subject: ""\n', '3: topics.calls.subject must not be empty.'],
  ['topics:\n  calls:\n    subject: { is: x }\n', '3: topics.calls.subject must be a list, not a map.'],
  ['topics:\n  calls:\n    subject: *\n', '3: a text that begins with * must stand in quotes.'],
  [
    'topics:\n  calls:\n    subject: x\n    since: 2018\n',
    '4: topics.calls.since must be a day such as 2018-03-01.',
  ],
  ['topics:\n  calls:\n    people: Ada Larch\n', '3: topics.calls.people must be a list, not text.'],
  [
    'topics:\n  calls:\n    people:\n      - Ada Larch <ada@example.org>\n',
    '4: topics.calls.people.0 must be a name or an address, not both in one.',
  ],
  [
    'topics:\n  calls:\n    subject: x\n    lists: [Larch Devel]\n',
    "4: topics.calls.lists.0 must be a list's name for URLs",
  ],
  ['topics: [calls]\n', '1: topics must be a map, not a list.'],
  ['privacy: { addresses: hide }\n', '1: privacy.addresses must be show or mask.'],
  ['privacy: mask\n', '1: privacy must be a map, not text.'],
  ['max_message_bytes: 32MB\n', '1: max_message_bytes must be a whole number from 1024 to 1073741824.'],
  ['max_message_bytes: 5\n', '1: max_message_bytes must be a whole number from 1024'],
  ['site:\n\ttitle: A\n', '2: Tabs are not allowed as indentation.'],
  ['site: {}\nsite: {}\n', '2: this setting stands here a second time.'],
  ['site: {}\n---\nsite: {}\n', '2: the file must not have a second part behind ---.'],
  ['? [a]\n: b\n', '1: the file has no setting called "[ a ]"'],
  ['__proto__: { a: 1 }\n', '1: the file has no setting called "__proto__"'],
];

for (const [text, said] of FAULTS) {
  test(`said of a bad file: ${said}`, () => {
    assert.throws(
      () => parseSettings(text, 'my/traffic.yaml'),
      (error: unknown) => {
        assert.ok(error instanceof OperatorError, String(error));
        assert.equal(error.message.slice(0, `my/traffic.yaml:${said}`.length), `my/traffic.yaml:${said}`);
        assert.match(error.message, /^[^\n]+\.$/);
        assert.ok(error.wrongUse);
        return true;
      },
    );
  });
}
