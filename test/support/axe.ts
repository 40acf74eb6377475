import fs from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const AXE = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * What axe finds wrong on a page as it stands: each rule with the first element that breaks it. The rules are those
 * that axe has on, or `only` some.
 */
export async function axeFindings(page: Page, only: readonly string[] = []): Promise<readonly string[]> {
  await page.evaluate(AXE);
  return page.evaluate(async runOnly => {
    const { axe } = window as unknown as {
      axe: { run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    const { violations } = await axe.run(runOnly.length > 0 ? { runOnly } : {});
    return violations.map(violation => `${violation.id}: ${violation.nodes[0]!.html}`);
  }, only);
}
