// The configuration and the pages are TypeScript.
import './loader/register.js';

export default (await import('./site/config.ts')).default;

export const config = {
  dir: { input: 'site/pages' },
  templateFormats: ['11ty.ts'],
  // Mail never meets a template language: pages are functions, and Markdown is the editor's alone.
  markdownTemplateEngine: false,
  htmlTemplateEngine: false,
};
