import assert from 'node:assert/strict';
import test from 'node:test';
import { parseBody } from '../mail/body.ts';
import type { MessageId } from '../mail/message-id.ts';
import { proveQuotations } from '../mail/quotes.ts';
import { ThreadWords } from '../mail/thread-words.ts';
import { html, trustedHtml } from '../templates/html.ts';
import { mailBody } from '../templates/mail-body.ts';
import { linked, type MailLinks, NO_LINKS } from '../templates/mail-links.ts';
import { isWrappedProse } from '../templates/paragraphs.ts';

const body = (text: string) => String(mailBody(parseBody(text)));

test('values of a template are escaped, quotes included, and markup is not escaped twice', () => {
  const inner = html`<b>${'<&>"\''}</b>`;
  assert.equal(
    String(html`<p title="${'"x"'}">${inner}${['a<', inner]}${null}${undefined}${false}${0}</p>`),
    '<p title="&quot;x&quot;"><b>&lt;&amp;&gt;&quot;&#39;</b>a&lt;<b>&lt;&amp;&gt;&quot;&#39;</b>0</p>',
  );
  assert.equal(String(html`${trustedHtml('<i>as it is</i>')}`), '<i>as it is</i>');
});

test('web addresses become links without the marks around them', () => {
  const table: readonly (readonly [string, string])[] = [
    ['see https://example.org/a.', 'https://example.org/a'],
    ['(https://example.org/a_(b))', 'https://example.org/a_(b)'],
    ['<https://example.org/?a=1&b=2>', 'https://example.org/?a=1&b=2'],
    ['"http://example.org/x", he said', 'http://example.org/x'],
    ['[https://example.org/[1]]!', 'https://example.org/[1]'],
  ];
  for (const [text, url] of table) {
    const markup = String(linked(text));
    assert.ok(markup.includes(`<a href="${url.replaceAll('&', '&amp;')}" rel="nofollow">`), markup);
  }
  for (const text of ['javascript:alert(1)', 'data:text/html,x', 'ftp://example.org/', 'https://']) {
    assert.doesNotMatch(String(linked(text)), /<a /, text);
  }
});

test('an address as long as a mail is cut where it ends', () => {
  const tails = [')'.repeat(200_000), `${'.'.repeat(200_000)}x`, '(.'.repeat(100_000)];
  for (const tail of tails) {
    const markup = String(linked(`see http://example.org/${tail}`));
    assert.ok(markup.startsWith('see <a href="http://example.org/'), markup.slice(0, 80));
  }
});

test('prose that a mail program wrapped flows; lists, code and tables keep their lines', () => {
  const wrapped = [
    'A system call entry point is a contract between user space and one',
    'piece of assembly. That plain C code can call it as well is a',
    'coincidence of the calling convention.',
  ];
  assert.ok(isWrappedProse(wrapped));
  const kept: readonly (readonly string[])[] = [
    [
      '- one point of a list that is long enough to look like wrapped prose',
      '- another point of the same list, nearly of the same length as it is',
    ],
    ['close   412   455   +10 %', 'read    390   395    +1 %'],
    ['\tint err = do_something_long_enough(with, these, many, arguments);', '\treturn err;'],
    ['Short lines', 'of a poem', 'stay lines'],
    ['Regards,', 'Oda'],
  ];
  for (const lines of kept) assert.equal(isWrappedProse(lines), false, lines[0]);
});

test('a diff shows its file once and colours its lines; what looks like a sign-off in it stays a line', () => {
  const markup = body(`--- a/fs/one.c
+++ b/fs/one.c
@@ -1,3 +1,3 @@
 int a;
--- b;
+++ c<d>;
 int e;
`);
  assert.match(markup, /<p class="file">fs\/one\.c <span>\+1 −1<\/span><\/p>/);
  assert.match(markup, /<span class="d">--- b;\n<\/span><span class="a">\+\+\+ c&lt;d&gt;;\n<\/span>/);
  assert.doesNotMatch(markup, /\+\+\+ b\/fs/);
});

/** Where the messages of the tests lead. */
const LINKS: MailLinks = {
  ...NO_LINKS,
  source: id => (id === 'one@example.org' ? { href: '#m1', number: 1, author: 'Ada Example' } : undefined),
  held: id => (id === 'one@example.org' ? '/list/one@example.org/' : undefined),
};

/** A body that quotes `quoted`, `found` of its first lines word for word, and goes on with `rest`. */
function quoting(quoted: readonly string[], found: number, rest: string): string {
  const said = quoted.slice(0, found).join('\n');
  const words = new ThreadWords();
  const id = 'one@example.org' as MessageId;
  words.add(id, parseBody(said));
  const text = `${quoted.map(line => `> ${line}`).join('\n')}\n${rest}`;
  const ancestors = [{ id, samePerson: false }];
  return String(mailBody(proveQuotations(words, { blocks: parseBody(text), ancestors }), LINKS));
}

const LINES = Array.from({ length: 30 }, (_, at) => `line ${at + 1} is a line.`);

test('a long quotation that is proved folds to one line, but for its end where that is answered', () => {
  const [folded, shown] = quoting(LINES, 30, '\nMy answer.\n').split('</details>');
  assert.match(folded!, /<summary>quoting Ada Example, #1: 25 lines<\/summary>/);
  assert.match(folded!, /Found word for word in <a href="#m1">#1<\/a>/);
  assert.doesNotMatch(folded!, /line 26 /);
  assert.match(shown!, /href="#m1"[\s\S]*line 26 [\s\S]*line 30 [\s\S]*My answer/);
});

test('where nothing answers it, all of a quotation folds', () => {
  for (const rest of ['', '\n-- \nAda\n']) {
    const markup = quoting(LINES, 30, rest);
    assert.match(markup, /quoting Ada Example, #1: 30 lines/);
    assert.doesNotMatch(markup.split('</details>')[1]!, /line \d+ is/);
  }
});

test('the last paragraph above an answer stays as a whole', () => {
  const lines = [...LINES.slice(0, 10), '', ...LINES.slice(10, 17)];
  const [folded, shown] = quoting(lines, 18, 'My answer.\n').split('</details>');
  assert.match(folded!, /: 10 lines</);
  assert.match(shown!, /line 11 [\s\S]*line 17 /);
});

test('a short quotation is not folded, and leads to its source', () => {
  for (const rest of ['My answer.\n', '']) {
    const markup = quoting(LINES.slice(0, 3), 3, rest);
    assert.doesNotMatch(markup, /<details/);
    assert.match(markup, /<a class="from" href="#m1" aria-label="#1, quoted from Ada Example">#1<\/a>/);
  }
});

test('what is not proved is never folded, and its bar tells', () => {
  const markup = quoting(LINES, 20, '\nMy answer.\n');
  assert.match(markup, /quoting Ada Example, #1: 20 lines/);
  assert.match(
    markup.split('</details>')[1]!,
    /<blockquote class="quoted loose"><p[^>]*>line 21 [\s\S]*line 30 /,
  );
  assert.doesNotMatch(body(`${LINES.map(line => `> ${line}`).join('\n')}\n`), /<details/);
});

test('addresses and ids of messages that the site has lead to it, others where they led', () => {
  const table: readonly (readonly [string, string | undefined])[] = [
    ['https://lore.kernel.org/all/one@example.org/', '/list/one@example.org/'],
    ['https://lkml.kernel.org/r/one@example.org', '/list/one@example.org/'],
    ['https://marc.info/?i=one@example.org', '/list/one@example.org/'],
    ['mid:one@example.org', '/list/one@example.org/'],
    ['&lt;one@example.org&gt;', '/list/one@example.org/'],
    ['https://lore.kernel.org/all/two@example.org/', 'https://lore.kernel.org/all/two@example.org/'],
    ['http://lkml.kernel.org/r/two@example.org', 'https://lore.kernel.org/r/two%40example.org'],
    ['mid:two@example.org', undefined],
    ['&lt;two@example.org&gt;', undefined],
  ];
  for (const [shown, href] of table) {
    const text = `See ${shown.replace('&lt;', '<').replace('&gt;', '>')}, please.`;
    const markup = String(linked(text, LINKS));
    const found = /href="([^"]*)"/.exec(markup)?.[1];
    assert.equal(found, href, shown);
    assert.equal(markup.replace(/<\/?a[^>]*>/g, ''), `See ${shown}, please.`);
  }
});

test('in a line that took the place of another, what changed is marked', () => {
  const hunk = (lines: string) => body(`--- a/one.c\n+++ b/one.c\n@@ -1,9 +1,9 @@\n${lines}\n`);
  assert.match(
    hunk('-\tint err = open(one, two);\n+\tint err = open(one, three);\n x'),
    /open\(one, <mark>two<\/mark>\);\n<\/span><span class="a">\+\tint err = open\(one, <mark>three<\/mark>\);/,
  );
  assert.match(
    hunk('-a < b && c\n+a < b\n x'),
    /a &lt; b<mark> &amp;&amp; c<\/mark>\n<\/span><span class="a">\+a &lt; b\n/,
  );
  assert.doesNotMatch(hunk('-int a = 1;\n-int b = 1;\n+int a = 2;\n+int b = 2;\n x'), /<mark>/);
  assert.doesNotMatch(hunk('-one\n+other\n x'), /<mark>/);
  assert.doesNotMatch(hunk('-one a\n x\n+one b\n x'), /<mark>/);
});

/** A patch with its diffstat, whose files have so many lines each. */
function patchOf(lengths: readonly number[]): string {
  const stat = lengths.map((length, at) => ` f${at}.c | ${length} +`).join('\n');
  const files = lengths.map(
    (length, at) =>
      `--- a/f${at}.c\n+++ b/f${at}.c\n@@ -0,0 +1,${length} @@\n${'+one more line\n'.repeat(length)}`,
  );
  return body(`Words.\n---\n${stat}\n ${lengths.length} files changed\n\n${files.join('')}`);
}

test('a long diff folds file by file, and then its diffstat is in view', () => {
  const table: readonly (readonly [lengths: readonly number[], folded: readonly number[]])[] = [
    [[10, 20], []],
    [[10, 400, 20], [1]],
    // No file is long, and the patch is.
    [[200, 200, 150, 200, 30], [3]],
  ];
  for (const [lengths, folded] of table) {
    const markup = patchOf(lengths);
    const found = [...markup.matchAll(/<details class="fold wide"><summary class="file">f(\d)\.c/g)];
    assert.deepEqual(
      found.map(([, at]) => Number(at)),
      folded,
    );
    assert.equal(/<details class="fold" open><summary>\d files changed/.test(markup), folded.length > 0);
  }
});

test('among other messages, the files of a long diff lead to the message’s own page', () => {
  const hunk = (at: number, length: number) =>
    `--- a/f${at}.c\n+++ b/f${at}.c\n@@ -0,0 +1,${length} @@\n${`+line of ${at}\n`.repeat(length)}`;
  const blocks = parseBody(`Words.\n\n${hunk(1, 10)}${hunk(2, 400)}${hunk(3, 5)}`);
  const among = String(mailBody(blocks, NO_LINKS, [], '/list/one@example.org/'));
  assert.match(
    among,
    /<p class="file"><a href="\/list\/one@example\.org\/">f2\.c<\/a> <span>\+400 −0, 403 lines, on the message’s own page<\/span><\/p>/,
  );
  assert.doesNotMatch(among, /line of 2/);
  assert.match(among, /line of 1[\s\S]*line of 3/);
  assert.match(String(mailBody(blocks)), /<details class="fold wide">[\s\S]*line of 2/);
});

test('a diffstat belongs to the diff behind it, not to one further down', () => {
  const long = `--- a/f.c\n+++ b/f.c\n@@ -0,0 +1,400 @@\n${'+one more line\n'.repeat(400)}`;
  const markup = body(` a.c | 2 +\n 1 file changed\n\nand\n\n f.c | 400 +\n 2 files changed\n\n${long}`);
  assert.deepEqual(
    [...markup.matchAll(/<details class="fold"( open)?><summary>(\d)/g)].map(([, open, n]) => [n, open]),
    [
      ['1', undefined],
      ['2', ' open'],
    ],
  );
});

test('notes, lists of changes, code and armour are told apart', () => {
  const patch = body('Close it.\n---\nFor 6.1.\n\nv2:\n - spelling\n\n one.c | 2 +-\n');
  assert.match(patch, /<p class="label">Notes to reviewers<\/p>\s*<p[^>]*>For 6\.1\./);
  assert.match(patch, /<p class="label">Changes<\/p>\s*<p[^>]*>v2:\n - spelling/);
  assert.match(body('See:\n\n    x = y;\n'), /<pre class="code"[^>]*><code> {4}x = y;<\/code><\/pre>/);
  const signed = body(
    '-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nWords.\n-----BEGIN PGP SIGNATURE-----\n\nabcd\n-----END PGP SIGNATURE-----\n',
  );
  assert.match(signed, /<summary>PGP, signed text follows; not checked here<\/summary>/);
  assert.match(
    signed,
    /<p class="kept">Words\.<\/p>\s*<details class="fold"><summary>PGP signature; not checked here/,
  );
});

test('control and bidi characters are shown, not obeyed', () => {
  const markup = body('red \u001b[31m alert \u202Eevil\u0000\n');
  assert.match(markup, /red ␛\[31m alert ⟨U\+202E⟩evil␀/);
});
