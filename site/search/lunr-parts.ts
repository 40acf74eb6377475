import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Plugin } from 'esbuild';

/** Where words become terms, in every script; and what reads queries, in the one that has `lunr-query.ts`. */
const TERMS = ['token', 'stemmer'];
const QUERIES = [
  'utils',
  'token_set',
  'token_set_builder',
  'query',
  'query_parse_error',
  'query_lexer',
  'query_parser',
];

/**
 * Puts into a script for browsers those parts of lunr alone that it needs: what builds an index and what ranks, of its
 * eight kilobytes packed the most, is never asked there (`rank.ts`).
 */
export const lunrParts: Plugin = {
  name: 'lunr-parts',
  setup(build) {
    const whole = createRequire(import.meta.url).resolve('lunr');
    const code = (parts: readonly string[]) =>
      [
        licence(whole),
        // The stemmer makes itself known to the pipeline of lunr's builder, the lexer takes the tokenizer's separator.
        'const lunr = { Pipeline: { registerFunction() {} }, tokenizer: {} };',
        ...parts.map(part =>
          withoutHead(fs.readFileSync(path.join(path.dirname(whole), 'lib', `${part}.js`), 'utf8')),
        ),
        'export default lunr;',
      ].join('\n');
    build.onResolve({ filter: /^lunr$/ }, ({ importer }) => ({
      path: importer.endsWith('lunr-query.ts') ? 'queries' : 'terms',
      namespace: 'lunr',
    }));
    build.onLoad({ filter: /.*/, namespace: 'lunr' }, ({ path: parts }) => ({
      contents: code(parts === 'queries' ? QUERIES : TERMS),
    }));
  },
};

/** What lunr asks to be kept with its code. */
function licence(whole: string): string {
  return /^\/\*\*[\s\S]*?\*\//.exec(fs.readFileSync(whole, 'utf8'))![0];
}

/** A part has its name and a year that is not filled in above its code; the licence says both. */
function withoutHead(part: string): string {
  return part.replace(/^\/\*![\s\S]*?\*\//, '');
}
