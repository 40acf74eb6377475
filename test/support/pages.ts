import fs from 'node:fs';
import path from 'node:path';
import { HtmlValidate } from 'html-validate';
import { parseHTML } from 'linkedom';
import type { Publication } from '../../publication/folder.ts';

/** A page of a built site. */
export interface SitePage {
  /** Its path in the site, such as `about/index.html`. */
  readonly file: string;
  readonly markup: string;
}

/** All HTML pages of a built site. */
export function pages(siteFolder: string): readonly SitePage[] {
  return fs
    .readdirSync(siteFolder, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.html'))
    .sort()
    .map(file => ({ file, markup: fs.readFileSync(path.join(siteFolder, file), 'utf8') }));
}

/** The links of all pages that lead nowhere, and how many links were looked at. Links to other sites are not followed. */
export function checkLinks(
  siteFolder: string,
  prefix: string,
): { readonly links: number; readonly broken: readonly string[] } {
  const all = pages(siteFolder);
  const anchors = new Map(
    all.map(page => [
      page.file,
      new Set([...page.markup.matchAll(/\sid="([^"]+)"/g)].map(match => match[1]!)),
    ]),
  );
  const broken: string[] = [];
  let links = 0;
  for (const { file, markup } of all) {
    const base = new URL(
      `http://site${prefix}${file
        .split(path.sep)
        .map(encodeURIComponent)
        .join('/')
        .replace(/index\.html$/, '')}`,
    );
    for (const match of markup.matchAll(/\s(?:href|src)="([^"]+)"/g)) {
      const target = new URL(match[1]!.replaceAll('&amp;', '&').replaceAll('&#39;', "'"), base);
      if (target.host !== 'site' || target.protocol !== 'http:') continue;
      links++;
      const problem = problemOf(target);
      if (problem) broken.push(`${file}: ${match[1]}: ${problem}`);
    }
  }
  return { links, broken };

  function problemOf(target: URL): string | undefined {
    if (!target.pathname.startsWith(prefix)) return 'is outside the prefix';
    const inside = decodeURIComponent(target.pathname.slice(prefix.length));
    const name = inside === '' || inside.endsWith('/') ? `${inside}index.html` : inside;
    if (!fs.existsSync(path.join(siteFolder, name))) return 'is not there';
    // `#-` is nowhere on purpose: what closes a note must not scroll.
    if (['', '#main', '#-'].includes(target.hash)) return undefined;
    return anchors.get(name)?.has(target.hash.slice(1)) ? undefined : 'has no such anchor';
  }
}

const validator = new HtmlValidate({
  extends: ['html-validate:recommended'],
  rules: {
    // The doctype and void elements are written as the HTML standard itself writes them.
    'doctype-style': 'off',
    // A page shows mail as it was sent, blanks at the ends of lines included.
    'no-trailing-whitespace': 'off',
    // Titles of threads are as long as somebody made them.
    'long-title': 'off',
  },
});

/** What html-validate finds wrong in the markup of pages, each finding once per page. */
export async function markupErrors(all: readonly SitePage[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const { file, markup } of all) {
    const report = await validator.validateString(markup, file);
    for (const result of report.results) {
      for (const { ruleId, message, line } of result.messages)
        found.push(`${file}:${line} ${ruleId}: ${message}`);
    }
  }
  return found;
}

/** A page of a publication's built site, by its path without `index.html`. */
export function page({ siteFolder }: Publication, file: string): Document {
  const markup = fs.readFileSync(path.join(siteFolder, file, 'index.html'), 'utf8');
  return parseHTML(markup).document as unknown as Document;
}

/** What an element says, on one line. */
export function words(element: { readonly textContent: string | null } | null | undefined): string {
  return (element?.textContent ?? '').replace(/\s+/g, ' ').trim();
}
