import type { SitePath } from './permalinks.ts';

/** Takes the files of a site. */
export interface Output {
  /** Takes a file; a path that ends in a slash is a page. */
  write(target: SitePath, content: string | Uint8Array): void;
}
