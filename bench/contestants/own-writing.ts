// A program of its own: copies the files of a folder one by one, and tells how long the writing took.
import fs from 'node:fs';
import path from 'node:path';

const [from, to] = process.argv.slice(2) as [string, string];
let milliseconds = 0;
for (const entry of fs.readdirSync(from, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile()) continue;
  const file = path.join(entry.parentPath, entry.name);
  const bytes = fs.readFileSync(file);
  const copy = path.join(to, path.relative(from, file));
  const start = performance.now();
  fs.mkdirSync(path.dirname(copy), { recursive: true });
  fs.writeFileSync(copy, bytes);
  milliseconds += performance.now() - start;
}
process.stdout.write(`${JSON.stringify({ seconds: milliseconds / 1000 })}\n`);
