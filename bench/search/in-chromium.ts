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
  /** Asks once more on an open page, and waits likewise. */
  warm(page: Page, query: string): Promise<unknown>;
}

/** The page of this program. */
export const OURS: Way = {
  page: 'search/',
  cold: page => seen(page, SHOWN),
  warm: (page, query) =>
    page.evaluate(
      words =>
        new Promise<void>(resolve => {
          const results = document.querySelector('#results')!;
          results.replaceChildren();
          const box = document.querySelector<HTMLInputElement>('#q')!;
          box.value = words;
          new MutationObserver((_, observer) => {
            if (!results.querySelector('.hit, .hit-first, .hint')) return;
            observer.disconnect();
            resolve();
          }).observe(results, { childList: true });
          // As when somebody presses Enter: typing waits for a pause.
          box.form!.requestSubmit();
        }),
      query,
    ),
};
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
  warm: (page, query) =>
    page.evaluate(words => (window as unknown as { find(query: string): unknown }).find(words), query),
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

/** Each query on one open page, asked a second time, when all that it needs is there; `again` says how it is written then. */
export async function warmQueries(
  { folder }: BuiltIndex,
  way: Way,
  queries: readonly string[],
  again: (query: string) => string,
): Promise<readonly number[]> {
  const server = await countingServer(folder);
  try {
    return await withBrowser({}, async ({ context }) => {
      const page = await context.newPage();
      await page.goto(`${server.url}${way.page}?q=${encodeURIComponent(queries[0]!)}`);
      await way.cold(page);
      const times: number[] = [];
      for (const query of queries) {
        await way.warm(page, query);
        await page.waitForTimeout(100);
        const start = performance.now();
        await way.warm(page, again(query));
        times.push(performance.now() - start);
      }
      return times;
    });
  } finally {
    server.close();
  }
}
