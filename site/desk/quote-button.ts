import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundled } from '../assets.ts';
import { fixedPath } from '../permalinks.ts';
import type { EditorPages, Quotable } from './editor-pages.ts';

/** Where `traffic serve` has the script of the Quote button. */
export const QUOTE_SCRIPT = fixedPath('/desk/quote.js');
/** Where the script finds the messages of its page, by anchor. */
const QUOTABLE_ID = 'quotable';

const SOURCE = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', 'quoting', 'browser.ts');

/** The script of the Quote button. */
export async function quoteScript(): Promise<string> {
  return bundled(SOURCE);
}

const ARTICLE = /<article class="msg[^"]*" id="(m[0-9a-f]{40})"/g;

/**
 * A page of messages with the Quote button: the script, whose link is `src`, and who wrote which message. A page
 * without messages stays as it is.
 */
export function withQuoteButton(markup: string, src: string, { messageOf }: EditorPages): string {
  const anchors = [...markup.matchAll(ARTICLE)].map(([, anchor]) => anchor!);
  const quotable: Record<string, Quotable> = {};
  for (const anchor of anchors) {
    const message = messageOf(anchor);
    if (message) quotable[anchor] = message;
  }
  const end = markup.indexOf('</head>');
  if (anchors.length === 0 || end === -1) return markup;
  // Names are strangers' text, and `</script>` would end the data.
  const data = JSON.stringify(quotable).replaceAll('<', '\\u003c');
  const added = `<script type="application/json" id="${QUOTABLE_ID}">${data}</script>\n<script type="module" src="${src}"></script>\n`;
  return markup.slice(0, end) + added + markup.slice(end);
}
