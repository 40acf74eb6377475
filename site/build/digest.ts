import { hash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Html } from '../../templates/html.ts';

/** The program's folder. */
export const ROOT = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

/** 132 bits: nobody can make two texts with the same ones. */
const LETTERS = 22;

/** What tells lists of texts apart, in 22 letters. */
export function digestOf(...parts: readonly (string | Uint8Array)[]): string {
  // In one piece: there are tens of thousands of them.
  const whole = parts.every(part => typeof part === 'string')
    ? `${parts.join('\0')}\0`
    : Buffer.concat(parts.flatMap(part => [Buffer.from(part), Buffer.alloc(1)]));
  return hash('sha256', whole, 'base64url').slice(0, LETTERS);
}

/** What tells the contents of files apart, in 22 letters. */
export function digestOfFile(content: Uint8Array): string {
  return hash('sha256', content, 'base64url').slice(0, LETTERS);
}

/** What JSON tells the whole of. */
export type Plain<Data> = Data extends
  | ReadonlyMap<unknown, unknown>
  | ReadonlySet<unknown>
  | RegExp
  | ((...values: never) => unknown)
  ? never
  : Data extends string | number | boolean | null | undefined | Html
    ? Data
    : { readonly [Key in keyof Data]: Plain<Data[Key]> };

/** The digest of plain data. */
export function digestOfPlain<Data>(data: Data & Plain<Data>): string {
  return digestOf(JSON.stringify(data));
}

/** The digest of data with maps, sets and expressions in it; a function in it is an error. */
export function digestOfData(data: unknown): string {
  return digestOf(JSON.stringify(data, asText));
}

function asText(_key: string, value: unknown): unknown {
  if (value instanceof Map || value instanceof Set) return [...value];
  if (value instanceof RegExp) return String(value);
  if (typeof value === 'function') throw new TypeError('a function is no plain data');
  return value;
}

/** The parts of the program that pages are made by. */
const ROOMS = ['briefs', 'ingest', 'loader', 'mail', 'publication', 'site', 'templates'];
const FILES = ['.eleventy.js', 'package.json', 'package-lock.json', 'tsconfig.json'];

/** Changes with everything that the program is made of, so that a new version of it makes every page anew. */
export function programDigest(): string {
  const files = ROOMS.flatMap(room =>
    fs
      .readdirSync(path.join(ROOT, room), { recursive: true, encoding: 'utf8' })
      .filter(name => /(?:^|\/)[^./][^/]*\.\w+$/.test(name))
      .sort()
      .map(name => path.join(room, name)),
  );
  const beside = FILES.filter(name => fs.existsSync(path.join(ROOT, name)));
  return digestOf(
    process.version,
    ...[...files, ...beside].flatMap(name => [name, fs.readFileSync(path.join(ROOT, name))]),
  );
}
