import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { escapeHtml, html, type Printable, trustedHtml } from '../templates/html.ts';
import { runs } from './support/property.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};
const readBack = (markup: string) => markup.replace(/&[^;]*;/g, entity => ENTITIES[entity] ?? 'no entity');

/** Texts of what means something in markup, and of anything. */
const text = fc.oneof(
  fc.string({
    unit: fc.constantFrom('&', '<', '>', '"', "'", 'a', ';', '#39', 'amp;', '\n', '\0', 'é', '\ud800'),
  }),
  fc.string({ unit: 'binary' }),
);

test('a text in a template, in an attribute too, is no markup and reads as it was', () => {
  fc.assert(
    fc.property(text, value => {
      const escaped = escapeHtml(value);
      assert.doesNotMatch(escaped, /[<>"']/);
      assert.equal(readBack(escaped), value);
      assert.equal(String(html`<p title="${value}">${value}</p>`), `<p title="${escaped}">${escaped}</p>`);
    }),
    runs(),
  );
});

test('what templates made stands in templates as it is, however deep in lists; all else is escaped', () => {
  const { value } = fc.letrec<{ value: { printed: Printable; markup: string } }>(tie => ({
    value: fc.oneof(
      { depthSize: 'small' },
      text.map(one => ({ printed: one, markup: escapeHtml(one) })),
      text.map(one => ({ printed: html`<b>${one}</b>`, markup: `<b>${escapeHtml(one)}</b>` })),
      text.map(one => ({ printed: trustedHtml(one), markup: one })),
      fc.constantFrom(null, undefined, true, false).map(printed => ({ printed, markup: '' })),
      fc.oneof(fc.integer(), fc.double()).map(printed => ({ printed, markup: String(printed) })),
      fc.array(tie('value')).map(all => ({
        printed: all.map(({ printed }) => printed),
        markup: all.map(({ markup }) => markup).join(''),
      })),
    ),
  }));
  fc.assert(
    fc.property(value, value, (one, other) => {
      const markup = String(html`<i>${one.printed}</i>${other.printed}`);
      assert.equal(markup, `<i>${one.markup}</i>${other.markup}`);
    }),
    runs(),
  );
});

test('nothing is markup because it says so', () => {
  const feigned = [
    { isEscaped: true, toString: () => '<b>' },
    { markup: '<b>', toString: () => '<b>' },
    Object.assign(new String('<b>'), { isEscaped: true }),
  ];
  for (const one of feigned) assert.equal(String(html`${one as never}`), '&lt;b&gt;');
});
