import fs from 'node:fs';
import path from 'node:path';
import type { Output } from '../output.ts';
import { outputFile, type SitePath } from '../permalinks.ts';

/** The files of a site that is being made: a folder beside the published one, so that they are put in its place by renaming. */
export class Staging implements Output {
  readonly folder: string;
  readonly #made = new Set<string>();

  constructor(folder: string) {
    this.folder = folder;
  }

  write(target: SitePath, content: string | Uint8Array): void {
    const file = path.join(this.folder, outputFile(target));
    const beside = path.dirname(file);
    if (!this.#made.has(beside)) {
      fs.mkdirSync(beside, { recursive: true });
      this.#made.add(beside);
    }
    fs.writeFileSync(file, content);
  }
}

/** The folder of a site; a link to a web server's folder stays a link, and what it leads to is meant, even if it is not there yet. */
export function publishedFolder(place: string): string {
  if (fs.existsSync(place)) return fs.realpathSync(place);
  if (!fs.lstatSync(place, { throwIfNoEntry: false })?.isSymbolicLink()) return place;
  const target = path.resolve(path.dirname(place), fs.readlinkSync(place));
  fs.mkdirSync(path.dirname(target), { recursive: true });
  return target;
}

/** The folder in which this process makes a site that is published in another. Empty; what builds that were killed have left is removed. */
export function stagingFolder(published: string): string {
  const folder = `${published}.new-${process.pid}`;
  sweep(published);
  fs.mkdirSync(folder, { recursive: true });
  return folder;
}

/** Puts a whole site in the place of the published one. */
export function publishWhole(folder: string, published: string): void {
  const old = `${published}.old-${process.pid}`;
  fs.rmSync(old, { recursive: true, force: true });
  const hasOld = fs.existsSync(published);
  if (hasOld) fs.renameSync(published, old);
  try {
    fs.renameSync(folder, published);
  } catch (error) {
    if (hasOld) fs.renameSync(old, published);
    throw error;
  }
  fs.rmSync(old, { recursive: true, force: true });
}

/** What names other files comes when these are there. */
const LAST = /^\/search\/(?:root\.bin|search\.json)$/;

/**
 * Puts files into a published site, each in one step, and then takes others out of it, with the folders that are empty
 * then.
 */
export function publishChanges(
  folder: string,
  published: string,
  written: Iterable<SitePath>,
  removed: Iterable<SitePath>,
): void {
  const made = new Set<string>();
  const all = [...written];
  for (const target of [...all.filter(one => !LAST.test(one)), ...all.filter(one => LAST.test(one))]) {
    const file = path.join(published, outputFile(target));
    const beside = path.dirname(file);
    if (!made.has(beside)) fs.mkdirSync(beside, { recursive: true });
    made.add(beside);
    fs.renameSync(path.join(folder, outputFile(target)), file);
  }
  for (const target of removed) {
    const file = path.join(published, outputFile(target));
    fs.rmSync(file, { recursive: true, force: true });
    removeEmpty(path.dirname(file), published);
  }
}

function removeEmpty(folder: string, top: string): void {
  for (let at = folder; at !== top && at.startsWith(top); at = path.dirname(at)) {
    try {
      fs.rmdirSync(at);
    } catch {
      return; // Something lies in it, or it is gone.
    }
  }
}

/** Removes what builds that were killed have left beside the site; a site that one of them had moved away comes back. */
function sweep(published: string): void {
  const [folder, name] = [path.dirname(published), path.basename(published)];
  for (const entry of fs.readdirSync(folder)) {
    const [, kind, pid] = (entry.startsWith(`${name}.`) && /\.(new|old)-(\d+)$/.exec(entry)) || [];
    if (!pid || isRunning(Number(pid))) continue;
    const left = path.join(folder, entry);
    if (kind === 'old' && !fs.existsSync(published)) fs.renameSync(left, published);
    else fs.rmSync(left, { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  if (pid === process.pid) return false; // What a process of the same number left, or this one's last build.
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
