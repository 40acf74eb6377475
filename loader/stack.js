import fs from 'node:fs';
import { SourceMap } from 'node:module';
import { fileURLToPath } from 'node:url';
import { keptFile, mapFile, readKept } from './translations.js';

/** V8's hook: an error with its stack as text, with the lines of the TypeScript. Asked for where a stack is read: few are. */
export function prepareStackTrace(error, frames) {
  const stack = [error, ...frames.map(frame => `    at ${frame}`)].join('\n');
  return stack.replace(/(file:\/\/[^\s()]+\.ts):(\d+):(\d+)/g, (place, url, line, column) => {
    const entry = mapOf(url)?.findEntry(line - 1, column - 1);
    return entry?.originalLine === undefined
      ? place
      : `${url}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
  });
}

function mapOf(url) {
  try {
    const file = fileURLToPath(url);
    const map = readKept(mapFile(keptFile(file, fs.readFileSync(file, 'utf8'))));
    return map && new SourceMap(JSON.parse(map));
  } catch {
    return undefined; // The stack is the better one of the two faults to hear of.
  }
}
