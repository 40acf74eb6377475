import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** A temporary folder for everything that a benchmark makes. */
export class Workplace {
  readonly folder: string;

  constructor() {
    this.folder = fs.mkdtempSync(path.join(os.tmpdir(), 'list-traffic-bench-'));
  }

  /** The path of something in the folder. */
  at(...names: readonly string[]): string {
    return path.join(this.folder, ...names);
  }

  /** An empty folder in it; what was there before is gone. */
  fresh(name: string): string {
    const folder = this.at(name);
    fs.rmSync(folder, { recursive: true, force: true });
    fs.mkdirSync(folder);
    return folder;
  }

  /** Removes some of what is in it. */
  clear(...names: readonly string[]): void {
    for (const name of names) fs.rmSync(this.at(name), { recursive: true, force: true });
  }

  /** Removes all that is in it. */
  empty(): void {
    this.clear(...fs.readdirSync(this.folder));
  }

  /** Removes the folder with all that is in it. */
  remove(): void {
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}
