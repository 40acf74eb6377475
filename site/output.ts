import fs from 'node:fs';
import path from 'node:path';
import { outputFile, type SitePath } from './permalinks.ts';

/** A site being written: a folder beside the published one, which it replaces when it is whole. */
export class Output {
  /** Where the new site is written. */
  readonly folder: string;
  readonly #published: string;
  #files = 0;

  constructor(published: string) {
    this.#published = published;
    this.folder = `${published}.new-${process.pid}`;
    sweep(published);
    fs.mkdirSync(this.folder, { recursive: true });
  }

  /** How many files were written. */
  get files(): number {
    return this.#files;
  }

  /** Counts files that somebody else wrote into the folder. */
  countFiles(number: number): void {
    this.#files += number;
  }

  /** Writes a file; a path that ends in a slash is a page. */
  write(target: SitePath, content: string | Uint8Array): void {
    const file = path.join(this.folder, outputFile(target));
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, content);
    this.#files++;
  }

  /** Puts the new site in the place of the old one. */
  publish(): void {
    const old = `${this.#published}.old-${process.pid}`;
    if (fs.existsSync(this.#published)) fs.renameSync(this.#published, old);
    fs.renameSync(this.folder, this.#published);
    fs.rmSync(old, { recursive: true, force: true });
  }

  /** Leaves the old site as it was. */
  discard(): void {
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Removes what builds that were killed have left beside the site. */
function sweep(published: string): void {
  const [folder, name] = [path.dirname(published), path.basename(published)];
  for (const entry of fs.readdirSync(folder)) {
    const pid = entry.startsWith(`${name}.`) && /\.(?:new|old)-(\d+)$/.exec(entry)?.[1];
    if (pid && !isRunning(Number(pid))) fs.rmSync(path.join(folder, entry), { recursive: true, force: true });
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
