import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type BrowserContext, type BrowserContextOptions, chromium } from 'playwright-core';

/** The browser of tests and benchmarks. */
export const CHROMIUM = '/usr/bin/chromium';
/** How it is started: without a screen, and without a word to any other host. */
export const CHROMIUM_FLAGS: readonly string[] = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Why tests that need a browser are skipped here, or false. In CI they are never skipped. */
export const noBrowser: string | false =
  fs.existsSync(CHROMIUM) || process.env.CI ? false : 'Chromium is not installed';

/** Which pages a browser went to, what they asked of other hosts, and what they complained of. */
export interface Watched {
  readonly context: BrowserContext;
  /** Requests to other hosts than this machine; each was refused. */
  readonly remote: string[];
  /** Errors on the console, failed requests and uncaught exceptions. */
  readonly errors: string[];
}

/** What `work` gives in a fresh Chromium that reaches this machine alone. */
export async function withBrowser<T>(
  options: BrowserContextOptions,
  work: (watched: Watched) => Promise<T>,
): Promise<T> {
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'list-traffic-chromium-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: CHROMIUM,
    args: [...CHROMIUM_FLAGS],
    ...options,
  });
  const remote: string[] = [];
  const errors: string[] = [];
  await context.route(
    url => !/^(localhost|127\.0\.0\.1)$/.test(url.hostname),
    route => {
      remote.push(route.request().url());
      return route.abort();
    },
  );
  context.on('console', message => {
    if (message.type() === 'error') errors.push(message.text());
  });
  context.on('weberror', error => errors.push(String(error.error())));
  context.on('response', response => {
    if (response.status() >= 400) errors.push(`${response.status()} ${response.url()}`);
  });
  try {
    return await work({ context, remote, errors });
  } finally {
    await context.close();
    fs.rmSync(profile, { recursive: true, force: true });
  }
}
