import fs from 'node:fs';
import path from 'node:path';
import { openPublication } from '../publication/folder.ts';
import { OperatorError } from '../publication/operator-error.ts';
import { serveSite } from '../site/server.ts';
import { CHROMIUM, CHROMIUM_FLAGS } from '../test/support/browser.ts';
import { run, traffic } from './process.ts';
import { SAMPLE } from './replicas.ts';
import { note, print, printTable } from './report.ts';
import { median } from './statistics.ts';
import type { Workplace } from './workplace.ts';

/** Fetched when it is asked for: it is larger than everything else here together. */
const LIGHTHOUSE = 'lighthouse@12.8.2';

/** Of each kind of page that people come to, one of the sample. */
const PAGES: Readonly<Record<string, string>> = {
  home: '',
  thread: 'linux-example/20180305091502.7431-1-oda@example.org/T/',
  message: 'linux-example/20180305142044.GA25434@vinterhal.example.org/',
  search: 'search/',
  series: 'series/remove-calls-of-system-calls-from-inside-the-kernel-0be45e95/',
};
const FORMS = { desktop: ['--preset=desktop'], mobile: [] } as const;
const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'] as const;

/** What is used here of Lighthouse's report. Scores are of 1; null where an audit has none. */
interface Report {
  readonly runtimeError?: { readonly message: string };
  readonly categories: Readonly<
    Record<
      string,
      {
        readonly score: number | null;
        readonly auditRefs: readonly { readonly id: string; readonly weight: number }[];
      }
    >
  >;
  readonly audits: Readonly<Record<string, { readonly title: string; readonly score: number | null }>>;
}

/** Measures pages of the built sample with Lighthouse: the median of `runs` for each score, and what costs points. */
export async function lighthouse(workplace: Workplace, runs: number): Promise<void> {
  if (!fs.existsSync(CHROMIUM))
    throw new OperatorError(`${CHROMIUM} is not there; install Debian's package chromium.`, {
      wrongUse: true,
    });
  const folder = workplace.at('sample');
  fs.cpSync(path.dirname(SAMPLE), folder, { recursive: true });
  await run(traffic(folder, '--quiet', 'import', SAMPLE));
  await run(traffic(folder, '--quiet', 'build'));
  const server = await serveSite(openPublication(folder), 0, true);
  const rows: string[][] = [];
  const faults = new Set<string>();
  try {
    for (const [form, flags] of Object.entries(FORMS))
      for (const [name, page] of Object.entries(PAGES)) {
        const reports: Report[] = [];
        for (let done = 0; done < runs; done++) {
          note(`${form}, ${name}: run ${done + 1} of ${runs}`);
          reports.push(await reportOn(workplace, server.url + page, flags));
        }
        rows.push([`${form}, ${name}`, ...CATEGORIES.map(category => middle(reports, category))]);
        for (const fault of reports.flatMap(faultsOf)) faults.add(`${form}, ${name}: ${fault}`);
      }
  } finally {
    await server.close();
  }
  print(`\n${LIGHTHOUSE}, medians of ${runs}`);
  printTable(['page', ...CATEGORIES], rows);
  for (const fault of faults) print(fault);
}

async function reportOn(workplace: Workplace, url: string, flags: readonly string[]): Promise<Report> {
  const { stdout } = await run({
    program: 'npx',
    args: [
      '--yes',
      LIGHTHOUSE,
      url,
      '--quiet',
      '--no-enable-error-reporting',
      '--output=json',
      `--chrome-flags=${CHROMIUM_FLAGS.join(' ')}`,
      ...flags,
    ],
    folder: workplace.folder,
    env: { CHROME_PATH: CHROMIUM },
  });
  const report = JSON.parse(stdout) as Report;
  if (report.runtimeError) throw new Error(`${url}: ${report.runtimeError.message}`);
  return report;
}

function middle(reports: readonly Report[], category: string): string {
  const scores = reports.map(({ categories }) => categories[category]!.score ?? 0);
  return String(Math.round(100 * median(scores)));
}

/** The audits that cost points; those of performance only where they are bad, as no load is without a millisecond. */
function faultsOf({ categories, audits }: Report): readonly string[] {
  return CATEGORIES.flatMap(category =>
    categories[category]!.auditRefs.filter(({ weight }) => weight > 0).flatMap(({ id }) => {
      const { title, score } = audits[id]!;
      const least = category === 'performance' ? 0.9 : 1;
      return score === null || score >= least ? [] : [`${category}: ${id}, ${title}`];
    }),
  );
}
