import fs from 'node:fs';
import path from 'node:path';
import { outputFile, type SitePath } from './permalinks.ts';

/** A site being written: a folder beside the published one, which it replaces when it is whole. */
export class Output {
  /** Where the new site is written. */
  readonly folder: string;
  readonly #published: string;
  #files = 0;

  constructor(place: string) {
    // A link to a web server's folder stays a link; what it leads to is replaced.
    const published = fs.existsSync(place) ? fs.realpathSync(place) : place;
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

  /** Whether a page or file is there. */
  has(target: SitePath): boolean {
    return fs.existsSync(path.join(this.folder, outputFile(target)));
  }

  /** Puts the new site in the place of the old one. */
  publish(): void {
    const old = `${this.#published}.old-${process.pid}`;
    // Another build may put its site there between the two renames; it is then the old one.
    for (let tries = 3; ; tries--) {
      fs.rmSync(old, { recursive: true, force: true });
      if (fs.existsSync(this.#published)) fs.renameSync(this.#published, old);
      try {
        fs.renameSync(this.folder, this.#published);
        break;
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        if (tries === 0 || (code !== 'ENOTEMPTY' && code !== 'EEXIST')) throw error;
      }
    }
    fs.rmSync(old, { recursive: true, force: true });
  }

  /** Leaves the old site as it was. */
  discard(): void {
    fs.rmSync(this.folder, { recursive: true, force: true });
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
