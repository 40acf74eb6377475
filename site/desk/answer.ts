import fs from 'node:fs';
import path from 'node:path';
import { href, outputFile, type SitePath } from '../permalinks.ts';
import type { EditorPages } from './editor-pages.ts';
import { QUOTE_SCRIPT, quoteScript, withQuoteButton } from './quote-button.ts';

/** What is sent to the editor's browser in place of a file of the site. */
export interface Answer {
  readonly type: string;
  readonly text: string;
}

const HTML = 'text/html; charset=utf-8';
/** A thread's page, or one of several. */
const OF_THREAD = /\/T\/(?:\d+\/)?$/;

/** The answer to a request for `url` that only the editor gets; undefined where the site's own file is the answer. */
export async function answerFor(
  desk: EditorPages,
  siteFolder: string,
  prefix: string,
  url: string,
): Promise<Answer | undefined> {
  const asked = pathOf(url, prefix);
  if (asked === undefined) return undefined;
  if (asked === QUOTE_SCRIPT) return { type: 'text/javascript; charset=utf-8', text: await quoteScript() };
  const page = await desk.page(asked);
  if (page !== undefined) return { type: HTML, text: page };
  if (!OF_THREAD.test(asked)) return undefined;
  const markup = readInside(siteFolder, outputFile(asked));
  return markup === undefined
    ? undefined
    : { type: HTML, text: withQuoteButton(markup, href(prefix, QUOTE_SCRIPT), desk) };
}

/** The path of the site that a URL asks for; undefined where its percent-encoding is broken. */
function pathOf(url: string, prefix: string): SitePath | undefined {
  try {
    return decodeURIComponent(`/${url.slice(prefix.length).replace(/[?#].*/s, '')}`) as SitePath;
  } catch {
    return undefined;
  }
}

/** The text of a file of a folder; undefined where there is none, or the name leads out of it. */
function readInside(folder: string, name: string): string | undefined {
  const file = path.join(folder, name);
  if (!file.startsWith(folder + path.sep) || file.includes('\0')) return undefined;
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
