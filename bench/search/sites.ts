import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import { groupBy } from '../../mail/group-by.ts';
import { NO_MEMO } from '../../mail/memo.ts';
import { makeAssets } from '../../site/assets.ts';
import { Staging } from '../../site/build/staging.ts';
import { fixedPath } from '../../site/permalinks.ts';
import { createPreparer, type SearchDocument } from '../../site/search/prepare.ts';
import { openSearchIndex } from '../../site/search/search-index.ts';
import { escapeHtml } from '../../templates/html.ts';
import { wholeLunrIndex } from '../../test/support/whole-index.ts';
import { run } from '../process.ts';
import type { Workplace } from '../workplace.ts';

/** Fetched when it is asked for; it is no dependency. */
export const PAGEFIND = 'pagefind@1.6.0';

/** An index in a folder that can be served, and what it took. */
export interface BuiltIndex {
  readonly folder: string;
  readonly seconds: number;
  /** All files of the search, code included. */
  readonly bytes: number;
  readonly files: number;
}

/** Our index of documents, with the script of the page that searches it. */
export async function ourSite(
  workplace: Workplace,
  name: string,
  documents: readonly SearchDocument[],
): Promise<BuiltIndex> {
  const output = new Staging(workplace.fresh(name));
  const { links: assets, files } = await makeAssets('/', NO_MEMO);
  for (const { path: place, content } of files) output.write(place, content);
  const start = performance.now();
  const index = openSearchIndex(workplace.at(`${name}.db`), 'en', '');
  const prepare = createPreparer('en');
  for (const [thread, some] of groupBy(documents, ({ fact }) => fact.thread))
    index.replace(thread, '', some.map(prepare));
  const lists = [...new Set(documents.flatMap(({ fact }) => fact.lists))];
  const { version } = index.write({ prefix: '/', lists, describe: () => '' }, undefined, (file, bytes) =>
    output.write(fixedPath(`/search/${file}`), bytes),
  );
  index.commit();
  index.close();
  const seconds = (performance.now() - start) / 1000;
  output.write(
    fixedPath('/search/'),
    `<!doctype html><title>Ours</title><form><input id="q" type="search"></form><p id="said"></p>
<div id="results" data-root="/search/root.bin?v=${version}" data-worker="${assets.searchWorker}" data-plain="${assets.plainSearchWorker}" data-rest="${assets.searchWorkerRest}" data-plain-rest="${assets.plainSearchWorkerRest}" data-archives="[]"></div>
<script type="module" src="${assets.search}"></script>`,
  );
  // The plain scripts are fetched where the packed ones cannot run, in their place.
  return {
    ...sizeOf(workplace.at(name, 'search'), name => !/^worker.*\.js$/.test(name)),
    folder: workplace.at(name),
    seconds,
  };
}

/** One lunr index over the same documents, as one file. */
export function lunrSite(workplace: Workplace, documents: readonly SearchDocument[]): BuiltIndex {
  const folder = workplace.fresh('lunr');
  const start = performance.now();
  fs.writeFileSync(
    path.join(folder, 'index.json.gz'),
    zlib.gzipSync(JSON.stringify(wholeLunrIndex(documents))),
  );
  return { ...sizeOf(folder), folder, seconds: (performance.now() - start) / 1000 };
}

/** Pagefind over a page a message with the same words. */
export async function pagefindSite(
  workplace: Workplace,
  documents: readonly SearchDocument[],
): Promise<BuiltIndex> {
  const folder = workplace.fresh('pagefind');
  for (const [number, { record, texts }] of documents.filter(({ key }) => key.kind === 'message').entries()) {
    const { title, from } = record;
    fs.writeFileSync(
      path.join(folder, `${number}.html`),
      `<!doctype html><html lang="en"><title>${escapeHtml(title)}</title><body><h1>${escapeHtml(title)}</h1><p>${escapeHtml(from)}</p><p>${escapeHtml(texts.files)}</p><p>${escapeHtml(texts.body)}</p></body></html>`,
    );
  }
  fs.writeFileSync(path.join(folder, 'page.html'), PAGEFIND_PAGE);
  const install = workplace.fresh('pagefind-program');
  const npm = { program: 'npm', folder: install };
  await run({ ...npm, args: ['install', '--no-audit', '--no-fund', '--prefix', install, PAGEFIND] });
  const { seconds } = await run({
    program: path.join(install, 'node_modules', '.bin', 'pagefind'),
    args: ['--site', folder, '--quiet'],
    folder: install,
  });
  return { ...sizeOf(path.join(folder, 'pagefind')), folder, seconds };
}

/** Searches as the Pagefind API is used: the search, then the first result's text. */
const PAGEFIND_PAGE = `<!doctype html><title>Pagefind</title><p id="out"></p><script type="module">
import * as pagefind from '/pagefind/pagefind.js';
window.find = async query => {
  const { results } = await pagefind.search(query);
  if (results[0]) document.querySelector('#out').innerHTML = (await results[0].data()).excerpt;
  return results.length;
};
const query = new URLSearchParams(location.search).get('q');
if (query) window.find(query).then(() => document.body.setAttribute('data-done', ''));
</script>`;

function sizeOf(
  folder: string,
  counts: (name: string) => boolean = () => true,
): { readonly bytes: number; readonly files: number } {
  const stats = fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(counts)
    .map(name => fs.statSync(path.join(folder, name)))
    .filter(stat => stat.isFile());
  return { bytes: stats.reduce((sum, stat) => sum + stat.size, 0), files: stats.length };
}
