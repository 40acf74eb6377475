import type { Page } from 'playwright-core';
import { withBrowser } from '../../test/support/browser.ts';
import { countingServer } from './counting-server.ts';
import type { BuiltIndex } from './sites.ts';

/** What one query took of a browser. */
export interface Asked {
  readonly bytes: number;
  readonly requests: number;
  readonly milliseconds: number;
}

/** How a search is asked in a page, and when its first result is there. */
export interface Way {
  readonly page: string;
  /** A page that was opened with `?q=`, waited for until the first result is shown, or that there is none. */
  cold(page: Page): Promise<unknown>;
  /** Asks on an open page as a reader does, and gives the milliseconds until the first result is shown, by the page's clock. */
  warm(page: Page, query: string): Promise<number>;
}

/** The page of this program. */
export const OURS: Way = {
  page: 'search/',
  cold: page => seen(page, SHOWN),
  async warm(page, query) {
    // What is typed is drawn by the time that somebody presses Enter.
    await page.locator('#q').evaluate((box, words) => {
      (box as HTMLInputElement).value = words;
    }, query);
    await page.waitForTimeout(REST_MILLISECONDS);
    return page.evaluate(
      () =>
        new Promise<number>(resolve => {
          const results = document.querySelector('#results')!;
          new MutationObserver((_, observer) => {
            if (!results.querySelector('.hit, .hit-first, .hint')) return;
            observer.disconnect();
            resolve(performance.now() - start);
          }).observe(results, { childList: true });
          const start = performance.now();
          document.querySelector<HTMLInputElement>('#q')!.form!.requestSubmit();
        }),
    );
  },
};
/** Before each question: what the last one left to do is done by then. */
const REST_MILLISECONDS = 100;
const SHOWN = 'document.querySelector(".hit, .hit-first") || document.querySelector("#said")?.textContent';

/** Waits until an expression is true on a page, and not a frame longer, as more is fetched meanwhile. */
function seen(page: Page, expression: string): Promise<unknown> {
  return page.evaluate(`new Promise(resolve => {
    const look = () => (${expression}) && resolve();
    new MutationObserver(look).observe(document, { attributes: true, childList: true, subtree: true });
    look();
  })`);
}

/** Pagefind, by its own interface. */
export const PAGEFINDS: Way = {
  page: 'page.html',
  cold: page => seen(page, 'document.body?.hasAttribute("data-done")'),
  async warm(page, query) {
    await page.waitForTimeout(REST_MILLISECONDS);
    return page.evaluate(async words => {
      const start = performance.now();
      await (window as unknown as { find(query: string): unknown }).find(words);
      return performance.now() - start;
    }, query);
  },
};

/** Each query in a browser that has nothing yet. */
export async function coldQueries(
  { folder }: BuiltIndex,
  way: Way,
  queries: readonly string[],
): Promise<readonly Asked[]> {
  const server = await countingServer(folder);
  try {
    const all: Asked[] = [];
    for (const query of queries)
      await withBrowser({}, async ({ context }) => {
        const page = await context.newPage();
        server.reset();
        const start = performance.now();
        await page.goto(`${server.url}${way.page}?q=${encodeURIComponent(query)}`, { waitUntil: 'commit' });
        await way.cold(page);
        all.push({ ...server.count(), milliseconds: performance.now() - start });
      });
    return all;
  } finally {
    server.close();
  }
}

/** Milliseconds of each query on an open page, when all that it needs is there. */
export interface WarmTimes {
  /** Asked when all the others were asked since: nobody remembers what it found. */
  readonly anew: readonly number[];
  /** Asked once more behind that. */
  readonly again: readonly number[];
}

/** Queries on two open pages in turn, so that a machine whose speed drifts treats both alike. */
export function warmQueries(
  ours: BuiltIndex,
  pagefind: BuiltIndex,
  queries: readonly string[],
): Promise<{ readonly ours: WarmTimes; readonly pagefind: WarmTimes }> {
  return onOpenPage(ours, OURS, queries[0]!, our =>
    onOpenPage(pagefind, PAGEFINDS, queries[0]!, async theirs => {
      const asked = {
        ours: { anew: [] as number[], again: [] as number[] },
        pagefind: { anew: [] as number[], again: [] as number[] },
      };
      for (const query of queries) {
        await OURS.warm(our, query);
        await PAGEFINDS.warm(theirs, query);
      }
      for (const query of queries) {
        for (const kind of ['anew', 'again'] as const) {
          asked.ours[kind].push(await OURS.warm(our, query));
          asked.pagefind[kind].push(await PAGEFINDS.warm(theirs, query));
        }
      }
      return asked;
    }),
  );
}

/** What `work` gives with a page that has answered a query, in a browser of its own. */
async function onOpenPage<T>(
  { folder }: BuiltIndex,
  way: Way,
  query: string,
  work: (page: Page) => Promise<T>,
): Promise<T> {
  const server = await countingServer(folder);
  try {
    return await withBrowser({}, async ({ context }) => {
      const page = await context.newPage();
      await page.goto(`${server.url}${way.page}?q=${encodeURIComponent(query)}`);
      await way.cold(page);
      return work(page);
    });
  } finally {
    server.close();
  }
}
