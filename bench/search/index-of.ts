import { Archive } from '../../ingest/archive/archive.ts';
import type { Publication } from '../../publication/folder.ts';
import { readThreadBodies } from '../../site/bodies.ts';
import { tell } from '../../site/briefs.ts';
import { loadSite } from '../../site/model.ts';
import { messageDocument, threadDocument } from '../../site/search/documents.ts';
import type { SearchDocument } from '../../site/search/prepare.ts';
import { createViews } from '../../site/views.ts';

/** What a publication's search would be made from: its messages and threads as documents. */
export async function documentsOf(publication: Publication): Promise<readonly SearchDocument[]> {
  const archive = Archive.open(publication.archiveFile);
  try {
    const site = await loadSite(archive, publication);
    const views = createViews(site, { css: '', icon: '', reading: '' });
    const documents: SearchDocument[] = [];
    for (const discussion of site.discussions) {
      const bodies = await readThreadBodies(archive, [discussion], false);
      for (const post of discussion.posts)
        documents.push(messageDocument(views, discussion, post, bodies.get(post.message.id)!));
      documents.push(threadDocument(views, discussion, tell(site, discussion, bodies)));
    }
    return documents;
  } finally {
    archive.close();
  }
}
