/** Markup that may be printed as it is; everything else is escaped. Made by `html` and `trustedHtml` alone. */
export class Html {
  readonly markup: string;

  constructor(markup: string) {
    this.markup = markup;
  }

  toString(): string {
    return this.markup;
  }
}

/** What may stand in a template: text is escaped; nothing and booleans print nothing. */
export type Printable = Html | string | number | boolean | null | undefined | readonly Printable[];

/**
 * Markup from a template literal whose values are escaped, quotes included, unless they are markup themselves.
 * All of the site's markup is made with it; foreign text reaches a page no other way.
 */
export function html(strings: TemplateStringsArray, ...values: readonly Printable[]): Html {
  let markup = strings[0]!;
  for (let at = 0; at < values.length; at++) markup += printed(values[at]) + strings[at + 1]!;
  return new Html(markup);
}

function printed(value: Printable): string {
  if (typeof value === 'string') return escapeHtml(value);
  if (value instanceof Html) return value.markup;
  if (value === null || value === undefined || typeof value === 'boolean') return '';
  if (!Array.isArray(value)) return escapeHtml(String(value));
  let markup = '';
  for (const one of value) markup += printed(one);
  return markup;
}

/** Text that is markup already: the editor's own Markdown, rendered. Never for anything that came by mail. */
export function trustedHtml(markup: string): Html {
  return new Html(markup);
}

/** `text` escaped, for the inside of long `<pre>`s, where a template a line would be slow. */
export function escapeHtml(text: string): string {
  // Most values hold nothing to escape, and one look is faster than five.
  if (!SPECIAL.test(text)) return text;
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

const SPECIAL = /[&<>"']/;

/** `text` escaped for between two tags alone, where quotes may stand as they are: markup is full of them. */
export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
