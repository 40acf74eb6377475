import assert from 'node:assert/strict';
import test from 'node:test';
import { parseBody } from '../mail/body.ts';
import { html, trustedHtml } from '../templates/html.ts';
import { isWrappedProse, linked, mailBody } from '../templates/mail-body.ts';

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
  assert.match(markup, /<h4 class="file">fs\/one\.c <span>\+1 −1<\/span><\/h4>/);
  assert.match(markup, /<span class="d">--- b;\n<\/span><span class="a">\+\+\+ c&lt;d&gt;;\n<\/span>/);
  assert.doesNotMatch(markup, /\+\+\+ b\/fs/);
});

test('a long quotation folds and leaves its last lines, which are what is answered, in view', () => {
  const quoted = Array.from({ length: 30 }, (_, line) => `> line ${line + 1}`).join('\n');
  const markup = body(`${quoted}\nMy answer.\n`);
  const [folded, shown] = markup.split('</details>');
  assert.match(folded!, /<summary>25 quoted lines before these<\/summary>/);
  assert.doesNotMatch(folded!, /line 26/);
  assert.match(shown!, /line 26[\s\S]*line 30[\s\S]*My answer/);
});

test('control and bidi characters are shown, not obeyed', () => {
  const markup = body('red \u001b[31m alert \u202Eevil\u0000\n');
  assert.match(markup, /red ␛\[31m alert ⟨U\+202E⟩evil␀/);
});
