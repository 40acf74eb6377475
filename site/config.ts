import type { EleventyConfig } from '@11ty/eleventy';

/** Eleventy's configuration. The pages themselves are handed over by `site/build.ts`, pass by pass. */
export default function configure(eleventy: EleventyConfig): void {
  eleventy.addExtension('11ty.ts', { key: '11ty.js' });
  eleventy.setQuietMode(true);
  // What git ignores in this repository says nothing about which pages a publication has.
  eleventy.setUseGitIgnore(false);
  // Eleventy remarks that a page took long whenever the machine is busy.
  for (const group of Object.values(eleventy.benchmarks)) group.setMinimumThresholdMs(0);
  // Whoever runs plain `eleventy` should hear what to run instead.
  if (!('pass' in eleventy.globalData)) {
    throw new Error('the pages are made by "traffic build", which hands Eleventy a publication');
  }
}
