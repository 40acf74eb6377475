import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { htmlText } from '../mail/html-text.ts';
import { runs } from './support/property.ts';

/** HTML and its text. */
const TEXTS: Readonly<Record<string, readonly [html: string, text: string]>> = {
  paragraphs: [
    '<p>One</p><p>Two<br>three</p><div>four</div><div>five</div>',
    'One\n\nTwo\nthree\n\nfour\nfive',
  ],
  'a list': ['<ul><li>one<li>two<ul><li>deep</ul></ul>', ' * one\n * two\n   * deep'],
  'a numbered list': ['<ol start=3><li>one<li>two</ol>', ' 3. one\n 4. two'],
  'a quotation': [
    '<p>Ada wrote:<blockquote><p>a<p>b<blockquote>c</blockquote></blockquote>',
    'Ada wrote:\n\n> a\n> \n> b\n> \n> > c'.replaceAll('> \n', '>\n'),
  ],
  'preformatted text': ['<pre>int a;\n  if (a)\n\n    b();</pre>', 'int a;\n  if (a)\n\n    b();'],
  'a table with a head': [
    '<table><tr><th>Name<th>Size</tr><tr><td>one.c<td>12</tr></table>',
    'Name    Size\none.c   12',
  ],
  'a table of figures': ['<table><tr><td>a<td>1<tr><td>long<td>22</table>', 'a      1\nlong   22'],
  'a table that is a layout': [
    `<table role=presentation><tr><td>${'words '.repeat(20)}<td>b</table>`,
    `${'words '.repeat(20).trim()} b`,
  ],
  'a link': [
    'See <a href="https://example.org/a?b=1&amp;c=2">the page</a>.',
    'See the page <https://example.org/a?b=1&c=2>.',
  ],
  'a link that is its text': [
    '<a href="https://example.org/">https://example.org</a>',
    'https://example.org',
  ],
  'an address that is its text': ['<a href="mailto:ada@example.org">ada@example.org</a>', 'ada@example.org'],
  'an address under a name': ['<a href="mailto:ada@example.org?subject=a">Ada</a>', 'Ada <ada@example.org>'],
  'a link that runs something': ['<a href="javascript:x()">a</a> <a href="data:text/html,x">b</a>', 'a b'],
  'a link around a picture': ['<a href="https://example.org/"><img src="https://example.org/x.png"></a>', ''],
  'a link within the page': ['<a href="#top">up</a>', 'up'],
  headings: ['<h1>Title</h1><p>a<h3>Part</h3>b', 'Title\n=====\n\na\n\nPart\n----\n\nb'],
  'a heading without text': ['<h1><img src=x></h1>a', 'a'],
  'a rule': ['a<hr>b', `a\n\n${'-'.repeat(40)}\n\nb`],
  'scripts, styles and pictures': [
    '<style>p{}</style><script>x()</script><img src=x alt=y width=1><svg><text>s</text></svg><p>a',
    'a',
  ],
  'what is hidden': [
    '<div style="DISPLAY: none">pre</div><span style="color:red;display:none">head</span><p hidden>er</p><p>a',
    'a',
  ],
  'blanks that do not break, and of no width': ['<p>a&nbsp;b&zwnj;&nbsp;&#8203; &#847;</p>', 'a b'],
  entities: ['&lt;b&gt; &amp;amp; &#x1F642; &unknown;', '<b> &amp; 🙂 &unknown;'],
  'tags that nobody closes': ['<p>a<b>b<i>c', 'abc'],
  'no HTML': ['a < b and c > d', 'a < b and c > d'],
};

for (const [name, [html, text]] of Object.entries(TEXTS)) {
  test(`the text of HTML with ${name}`, () => assert.equal(htmlText(html).text.trimEnd(), text));
}

test('HTML made to be slow or to fill the memory has a text in time', () => {
  const traps = [
    '<table border=1><tr><td colspan=999999999 rowspan=999999999>a</table>',
    `<table border=1><tr>${'<td colspan=99 rowspan=99>a'.repeat(1900)}</table>`,
    '<ol type=i start=999999999999><li>a</ol>',
    `${'<blockquote>'.repeat(150)}${'a<br>'.repeat(100_000)}`,
    '<b>'.repeat(300_000),
    '<b></x>'.repeat(140_000),
    `${'</b>'.repeat(90_000)}${'<b>'.repeat(200_000)}`,
    `<h1>${`<span>${'a<br>'.repeat(4_000)}</span>`.repeat(40)}`,
    `<p>${'\u200c'.repeat(1_000_000)}a`,
    `${'<a href="https://example.org/x"><i>'.repeat(95)}${'word '.repeat(200_000)}`,
    '<table><tr><td>a'.repeat(30_000),
  ];
  for (const html of traps) assert.ok(htmlText(html).text.length < 5_000_000);
});

test('arbitrary HTML has a text without tags that scripts stand in', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      ...['p', 'b', 'table', 'tr', 'td', 'ul', 'ol', 'li', 'blockquote', 'pre', 'h1', 'a'].flatMap(tag => [
        `<${tag}>`,
        `</${tag}>`,
      ]),
    ),
    fc.constantFrom(
      '<a href="http://example.org/">',
      '<script>SECRET()</script>',
      '<td colspan=3>',
      '<ol start=x>',
      '<!--',
    ),
    fc.string({ maxLength: 5 }),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), pieces => {
      const { text, cut } = htmlText(pieces.join(''));
      assert.equal(cut, false);
      assert.doesNotMatch(text, /<script/i);
    }),
    runs(500),
  );
});
