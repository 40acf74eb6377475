import type { Output } from '../output.ts';
import { outputFile, type SitePath } from '../permalinks.ts';
import { digestOfFile } from './digest.ts';

/** Takes files, and passes on those that are new or have another content than before. */
export class ChangedFiles {
  /** Those that were passed on. */
  readonly written: SitePath[] = [];
  readonly #output: Output;
  readonly #known: (file: SitePath) => string | undefined;

  /** `known` gives the digest of what is in a file of the site. */
  constructor(output: Output, known: (file: SitePath) => string | undefined) {
    this.#output = output;
    this.#known = known;
  }

  /** Takes a file, and gives its path and the digest of its content. */
  write(
    target: SitePath,
    content: string | Uint8Array,
  ): { readonly file: SitePath; readonly digest: string } {
    const file = `/${outputFile(target)}` as SitePath;
    // Encoded once, for the digest and the file.
    const bytes = typeof content === 'string' ? Buffer.from(content) : content;
    const digest = digestOfFile(bytes);
    if (this.#known(file) !== digest) {
      this.written.push(file);
      this.#output.write(file, bytes);
    }
    return { file, digest };
  }
}
