import { moduleOf } from './loader/program.js';

/** Eleventy's configuration; what of it is TypeScript, such as the pages, is in `site/config.ts`. */
export default async function configure(eleventy) {
  // Whoever runs plain `eleventy` should hear what to run instead.
  if (!('pass' in eleventy.globalData)) {
    throw new Error('the pages are made by "traffic build", which hands Eleventy a publication');
  }
  const { default: configured } = await import(moduleOf(new URL('site/config.ts', import.meta.url)));
  configured(eleventy);
}

export const config = {
  dir: { input: 'site/pages' },
  templateFormats: ['11ty.js'],
  // Mail never meets a template language: pages are functions, and Markdown is the editor's alone.
  markdownTemplateEngine: false,
  htmlTemplateEngine: false,
};
