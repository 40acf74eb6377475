import { raw, html as tag } from 'hono/html';

/** Markup that may be printed as it is; everything else is escaped. */
export interface Html {
  toString(): string;
  readonly isEscaped: true;
}

/** What may stand in a template: text is escaped; nothing and booleans print nothing. */
export type Printable = Html | string | number | boolean | null | undefined | readonly Printable[];

/**
 * Markup from a template literal whose values are escaped, quotes included, unless they are markup themselves.
 * All of the site's markup is made with it; foreign text reaches a page no other way.
 */
export function html(strings: TemplateStringsArray, ...values: readonly Printable[]): Html {
  return tag(strings, ...values) as unknown as Html;
}

/** Text that is markup already: the editor's own Markdown, rendered. Never for anything that came by mail. */
export function trustedHtml(markup: string): Html {
  return raw(markup) as unknown as Html;
}

/** `text` escaped, for the inside of long `<pre>`s, where a template a line would be slow. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, character => ESCAPES[character]!);
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
