import fs from 'node:fs/promises';
import path from 'node:path';
import zlib from 'node:zlib';
import type { Publication } from '../../publication/folder.ts';
import { OperatorError } from '../../publication/operator-error.ts';
import { openSearch, type Search } from './find.ts';
import { findInFull } from './full.ts';
import { QueryError } from './lunr.ts';
import { ROOT_FILE } from './root.ts';

/**
 * The search of a built site, over the files that a reader's browser fetches.
 *
 * @throws OperatorError where the site has not been built, or a query cannot be understood.
 */
export async function openBuiltSearch(publication: Publication): Promise<Search> {
  const folder = path.join(publication.siteFolder, 'search');
  const readFile = async (file: string) =>
    zlib.inflateSync(await fs.readFile(path.join(folder, file.replace(/\?.*/, ''))));
  const root = await readFile(ROOT_FILE).catch(error => {
    throw new OperatorError(`${publication.folder} has no built site to search; "traffic build" makes one.`, {
      cause: error,
    });
  });
  const search = openSearch(root, readFile, async () => findInFull);
  return {
    ...search,
    async find(query, now) {
      try {
        return await search.find(query, now);
      } catch (error) {
        if (error instanceof QueryError)
          throw new OperatorError(error.message, { cause: error, wrongUse: true });
        throw error;
      }
    },
  };
}
