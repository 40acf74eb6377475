import type { Frame } from '../../templates/frame.ts';
import { FIELDS } from './lunr.ts';
import { KINDS } from './query.ts';
import { ROOT_FILE, type Root } from './root.ts';

/** `search.json`: what another program needs to know to read the index; docs/search.md tells the form of its files. */
export function describeSearch(
  { format, language, documents, names }: Root,
  { siteTitle, siteUrl, search }: Frame,
): string {
  const description = {
    title: siteTitle,
    page: `${siteUrl}${search}?q={query}`,
    format,
    root: ROOT_FILE,
    language,
    lunr: '2.3.9',
    fields: FIELDS,
    documents,
    filters: { l: names.list, is: KINDS, topic: names.topic, status: names.status, d: ['2018-03..2018-04'] },
  };
  return `${JSON.stringify(description, null, 1)}\n`;
}
