import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import { openPublication } from '../../publication/folder.ts';
import type { SearchDocument } from '../../site/search/prepare.ts';
import { noBrowser } from '../../test/support/browser.ts';
import { run, traffic } from '../process.ts';
import { megabytes, note, print, printTable, whole } from '../report.ts';
import { median } from '../statistics.ts';
import type { Workplace } from '../workplace.ts';
import { type Asked, coldQueries, OURS, PAGEFINDS, warmQueries } from './in-chromium.ts';
import { documentsOf } from './index-of.ts';
import { costOfAdding, readBy } from './on-disk.ts';
import { queriesFor } from './queries.ts';
import { type BuiltIndex, lunrSite, ourSite, PAGEFIND, pagefindSite } from './sites.ts';

const QUERIES = 200;
/** Each starts a browser. */
const COLD_QUERIES = 20;
const ADDITIONS = 100;
const GROWTH = [5000, 20_000, 100_000];

/** Measures the search on an mbox: ours, one lunr index over everything, and Pagefind, all of the same words. */
export async function searchRate(workplace: Workplace, mbox: string): Promise<void> {
  const folder = workplace.fresh('publication');
  fs.writeFileSync(path.join(folder, 'traffic.yaml'), 'site: { title: Search }\n');
  note('reading the mail');
  await run(traffic(folder, '--quiet', 'import', mbox));
  const documents = await documentsOf(openPublication(folder));
  const messages = documents.filter(({ key }) => key.kind === 'message').length;
  note('building three indexes');
  const ours = await ourSite(workplace, 'ours', documents);
  const lunr = lunrSite(workplace, documents);
  const pagefind = await pagefindSite(workplace, documents);
  print(`\n${whole(messages)} messages, ${whole(documents.length - messages)} threads; ${PAGEFIND}`);
  const row = (name: string, { seconds, bytes, files }: BuiltIndex) => [
    name,
    seconds.toFixed(2),
    megabytes(bytes),
    whole(files),
  ];
  printTable(
    ['index', 'build, s', 'MB', 'files'],
    [row('ours', ours), row('lunr, one file', lunr), row('Pagefind', pagefind)],
  );
  const code = codeBytes(ours.folder);
  const queries = queriesFor(documents, QUERIES);
  const read = await readBy(ours.folder, queries);
  const bytes = read.map(one => one.bytes + code);
  print(`ours, ${QUERIES} queries, cold, until the first result, ${whole(code)} bytes of code included:`);
  printTable(
    ['', 'median', '95 %', 'most'],
    [
      ['bytes', ...spread(bytes)],
      ['requests', ...spread(read.map(one => one.files + 2))],
    ],
  );
  if (noBrowser) note(noBrowser);
  else
    await inChromium(
      ours,
      pagefind,
      queries.filter(({ plain }) => plain).map(({ text }) => text),
    );
  await growth(workplace, documents, messages);
  note(`adding ${ADDITIONS} messages one by one`);
  const costs = costOfAdding(workplace, documents, Math.min(ADDITIONS, messages >> 1));
  const mean = costs.reduce((sum, { share }) => sum + share, 0) / costs.length;
  print(
    `A new message rewrites ${(100 * mean).toFixed(2)} % of the index's bytes, the mean of the last ${costs.length}; it takes ${median(costs.map(({ milliseconds }) => milliseconds)).toFixed(0)} ms, the median.`,
  );
}

/** The same queries where there is less mail, and more: its first messages, and copies of all of it, later and later. */
async function growth(
  workplace: Workplace,
  documents: readonly SearchDocument[],
  messages: number,
): Promise<void> {
  const rows: string[][] = [];
  for (const size of GROWTH) {
    note(`${whole(size)} messages`);
    const some = scaled(documents, Math.round((size * documents.length) / messages));
    const { folder } = await ourSite(workplace, `ours-${size}`, some);
    const code = codeBytes(folder);
    const read = await readBy(folder, queriesFor(some, QUERIES));
    rows.push([whole(size), ...spread(read.map(({ bytes }) => bytes + code))]);
  }
  const [least, most] = [rows[0]!, rows.at(-1)!].map(row => Number(row[1]!.replaceAll(',', '')));
  print('bytes until the first result, as the mail grows:');
  printTable(['messages', 'median', '95 %', 'most'], rows);
  const root = Math.sqrt(GROWTH.at(-1)! / GROWTH[0]!);
  print(
    `${(most! / least!).toFixed(2)} times the bytes; the square root of the growth is ${root.toFixed(2)}.`,
  );
}

/** The first so many documents, or more: copies with ids and times of their own. */
function scaled(documents: readonly SearchDocument[], count: number): readonly SearchDocument[] {
  const sorted = documents.toSorted((a, b) => a.key.received - b.key.received);
  const years = sorted.at(-1)!.key.received - sorted[0]!.key.received + 1;
  return Array.from({ length: count }, (_, at) => {
    const copy = Math.floor(at / sorted.length);
    const one = sorted[at % sorted.length]!;
    if (copy === 0) return one;
    const received = one.key.received + copy * years;
    return {
      ...one,
      key: { ...one.key, received, id: `${copy}.${one.key.id}` },
      fact: { ...one.fact, received, thread: `${copy}.${one.fact.thread}` },
      record: { ...one.record, received, message: `${copy}.${one.record.message}` },
    };
  });
}

async function inChromium(ours: BuiltIndex, pagefind: BuiltIndex, plain: readonly string[]): Promise<void> {
  const queries = plain.slice(0, COLD_QUERIES);
  note('asking in Chromium');
  const rows: string[][] = [];
  const warm = await warmQueries(ours, pagefind, plain.slice(0, 2 * COLD_QUERIES));
  for (const [name, index, way, { anew, again }] of [
    ['ours', ours, OURS, warm.ours],
    ['Pagefind', pagefind, PAGEFINDS, warm.pagefind],
  ] as const) {
    const cold = await coldQueries(index, way, queries);
    const middle = (of: (asked: Asked) => number) => whole(median(cold.map(of)));
    rows.push([
      name,
      middle(asked => asked.bytes),
      middle(asked => asked.requests),
      middle(asked => asked.milliseconds),
      median(anew).toFixed(1),
      median(again).toFixed(1),
    ]);
  }
  print(
    `In Chromium, plain words, medians of ${queries.length} cold and ${2 * COLD_QUERIES} warm queries, to the first result:`,
  );
  printTable(['', 'bytes', 'requests', 'cold, ms', 'ranked anew, ms', 'asked again, ms'], rows);
}

/** What the page loads before the index, the script packed as hosts pack it. */
function codeBytes(folder: string): number {
  const script = zlib.gzipSync(fs.readFileSync(path.join(folder, 'search', 'search.js')));
  return script.length + fs.statSync(path.join(folder, 'search', 'worker.bin')).size;
}

/** Median, 95th percentile and the most. */
function spread(values: readonly number[]): readonly string[] {
  const sorted = values.toSorted((a, b) => a - b);
  return [median(sorted), sorted[Math.floor(0.95 * (sorted.length - 1))]!, sorted.at(-1)!].map(whole);
}
