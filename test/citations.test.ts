import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { parseHTML } from 'linkedom';
import {
  blockQuotation,
  citation,
  idOfMidUrl,
  inlineQuotation,
  midUrl,
  quotationMarkdown,
} from '../briefs/citations.ts';
import { plainBrackets } from '../briefs/verify/brackets.ts';
import { fold } from '../briefs/verify/folding.ts';
import { citedIds, type ReadQuotation, readProse } from '../briefs/verify/passages.ts';
import type { MessageId } from '../mail/message-id.ts';
import { renderMarkdown } from '../site/markdown.ts';
import { runs } from './support/property.ts';

const ID = 'lock.1@example.org' as MessageId;

function quotationsIn(markdown: string): readonly ReadQuotation[] {
  return readProse(markdown).passages.flatMap(({ parts }) => parts.filter(part => part.kind === 'quotation'));
}

/** What nasty mail is made of. */
const NASTY = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...[
          '`',
          '``',
          '*',
          '**',
          '_',
          '__',
          '[',
          ']',
          '](',
          '<',
          '>',
          '&',
          '&amp;',
          '&#35;',
          '|',
          '~',
          '~~',
          '!',
          '\\',
        ],
        ...[
          '# ',
          '> ',
          '1. ',
          '2) ',
          '- ',
          '+ ',
          '---',
          '===',
          '    ',
          '\n',
          '\n\n',
          '\t',
          ' ',
          '  \n',
          '\\\n',
          '```',
          '[x]: y',
        ],
        ...[
          'https://example.org/a_b*c',
          'www.example.org',
          'ada@example.org',
          '<b>',
          '<!-- -->',
          '<https://x.example>',
          '(',
          ')',
          '()',
          '](',
          '[x]()',
          '$',
        ],
        ...[
          'sys_call_table',
          '_start',
          'end_',
          '*ptr*',
          '__init__',
          'a[i]',
          '[…]',
          '"',
          "'",
          '“',
          '”',
          '…',
          '—',
          '|---|',
          ':',
        ],
      ),
      fc.stringMatching(/^[a-z0-9]{1,6}$/),
      fc.string({ unit: 'grapheme', maxLength: 4 }),
    ),
    { minLength: 1, maxLength: 24 },
  )
  .map(parts => parts.join(''));
/** A mail whose words are not there is nothing to quote. */
const QUOTABLE = NASTY.filter(text => /[a-z0-9]/.test(fold(text)) && !text.includes('\0'));

test('what is quoted from any mail comes back from its Markdown', () => {
  fc.assert(
    fc.property(QUOTABLE, text => {
      const read = ({ text: { shown, written } }: ReadQuotation) =>
        [shown, written].map(words => plainBrackets(fold(words)));
      const block = quotationsIn(blockQuotation(text, 'Ada Example', ID));
      assert.deepEqual(
        block.map(one => [...read(one), one.id, one.name]),
        [[fold(text), fold(text), ID, 'Ada Example']],
        blockQuotation(text, 'Ada Example', ID),
      );
      const inline = quotationsIn(`Ada Example wrote, ${inlineQuotation(text, ID)} And on.`);
      assert.deepEqual(
        inline.map(one => [...read(one), one.id]),
        [[fold(text), fold(text), ID]],
        inlineQuotation(text, ID),
      );
    }),
    runs(1000),
  );
});

test('a page shows what is quoted as it stands in the mail', () => {
  const shown = (markdown: string) =>
    fold(parseHTML(`<html><body>${renderMarkdown(markdown)}</body></html>`).document.body.textContent ?? '');
  fc.assert(
    fc.property(QUOTABLE, text => {
      assert.equal(shown(quotationMarkdown(text)), fold(text));
      const words = text.trim().replace(/(?<!\.)\.$/, '');
      assert.equal(shown(`Ada: ${inlineQuotation(text, ID, true)}`), fold(`Ada: "${words}"`));
    }),
    runs(),
  );
});

test('any id comes back from its URL', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), text => {
      const id = `${text}@example.org` as MessageId;
      assert.equal(idOfMidUrl(midUrl(id)), id);
      assert.deepEqual([...citedIds(`See ${citation('that', id)}.`)], [id]);
    }),
    runs(),
  );
  assert.equal(midUrl('a/b%c(d)_e+f@example.org' as MessageId), 'mid:a%2Fb%25c%28d%29%5Fe%2Bf@example.org');
});

test('URLs that are no ids of messages are none', () => {
  for (const url of [
    'mid:',
    'mid:%',
    'mid:%zz@example.org',
    'mid:a%80@example.org',
    'https://example.org/',
    'cid:a@b',
  ])
    assert.equal(idOfMidUrl(url), undefined, url);
  assert.equal(idOfMidUrl('MID:%3Clock.1@example.org%3E'), ID);
});

test('a sentence ends once, behind what it quotes', () => {
  const url = midUrl(ID);
  const cases: readonly (readonly [text: string, goesOn: boolean, markdown: string])[] = [
    ['It is so.', false, `["It is so."](${url})`],
    ['Is it so?', false, `["Is it so?"](${url})`],
    ['it is so', false, `["it is so"](${url}).`],
    ['It is so.', true, `["It is so"](${url})`],
    ['I tried that too. :-)', false, `["I tried that too. :-)"](${url})`],
    ['it is gone :(', false, `["it is gone :("](${url})`],
    ['He said "so:"', false, `["He said "so:""](${url})`],
    ['固件有问题。', false, `["固件有问题。"](${url})`],
    ['It is so...', true, `["It is so..."](${url})`],
    ['sys_call_table and _start', true, `["sys_call_table and \\_start"](${url})`],
    ['a […] b [c]', true, `["a […] b \\[c\\]"](${url})`],
  ];
  for (const [text, goesOn, markdown] of cases) assert.equal(inlineQuotation(text, ID, goesOn), markdown);
  assert.equal(
    blockQuotation('1. One\n# two\n\n- three', 'Ada *Example*', ID),
    `> 1\\. One\n> \\# two\n>\n> \\- three\n>\n> — [Ada \\*Example\\*](${url})`,
  );
});
