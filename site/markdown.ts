import { Marked } from 'marked';
import { type Html, trustedHtml } from '../templates/html.ts';

const marked = new Marked({ gfm: true, async: false });

/** The editor's Markdown as markup. For what an editor wrote and nothing else: marked does not sanitize. */
export function renderMarkdown(text: string): Html {
  return trustedHtml(marked.parse(text) as string);
}
