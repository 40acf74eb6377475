import fs from 'node:fs';
import { SourceMap } from 'node:module';
import { fileURLToPath } from 'node:url';

/** V8's hook: an error with its stack as text, with the lines of the TypeScript. Asked for where a stack is read: few are. */
export function prepareStackTrace(error, frames) {
  const stack = [error, ...frames.map(frame => `    at ${frame}`)].join('\n');
  return stack.replace(/(file:\/\/[^\s()]+\.js):(\d+):(\d+)/g, (place, url, line, column) => {
    const entry = mapOf(url)?.findEntry(line - 1, column - 1);
    return entry?.originalLine === undefined
      ? place
      : `${new URL(entry.originalSource, url).href}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
  });
}

function mapOf(url) {
  try {
    return new SourceMap(JSON.parse(fs.readFileSync(`${fileURLToPath(url)}.map`, 'utf8')));
  } catch {
    return undefined; // The program's plain JavaScript and packages have none.
  }
}
