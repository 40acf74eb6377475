import path from 'node:path';
import { type Publication, readOptional } from '../../publication/folder.ts';
import { OperatorError } from '../../publication/operator-error.ts';
import type { SearchDocument } from './documents.ts';
import { createFind, type Find } from './find.ts';
import { openIndex, QueryError } from './lunr.ts';

/** The files of the index, in the site's `search/` folder. */
export const INDEX_FILE = 'index.json';
export const DOCUMENTS_FILE = 'documents.json';

/**
 * The search of a built site, over the files that a reader's browser fetches.
 *
 * @throws OperatorError where the site has not been built.
 */
export function openBuiltSearch(publication: Publication): { readonly find: Find } {
  const read = (file: string) => readOptional(path.join(publication.siteFolder, 'search', file));
  const index = read(INDEX_FILE);
  const documents = read(DOCUMENTS_FILE);
  if (index === undefined || documents === undefined) {
    throw new OperatorError(`${publication.folder} has no built site to search; "traffic build" makes one.`);
  }
  const find = createFind(openIndex(index), JSON.parse(documents) as SearchDocument[]);
  return {
    find(query) {
      try {
        return find(query);
      } catch (error) {
        if (error instanceof QueryError)
          throw new OperatorError(error.message, { cause: error, wrongUse: true });
        throw error;
      }
    },
  };
}
