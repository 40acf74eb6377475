import type { MessageId } from '../../mail/message-id.ts';
import type { SearchLinks } from '../../templates/search.ts';
import type { Body } from '../bodies.ts';
import type { Told } from '../briefs.ts';
import type { Discussion } from '../model.ts';
import type { Output } from '../output.ts';
import { fixedPath } from '../permalinks.ts';
import type { Views } from '../views.ts';
import { describeSearch } from './description.ts';
import { messageDocument, sectionDocument, threadDocument } from './documents.ts';
import { createIndexFiles } from './index-files.ts';
import { packIndex } from './pack.ts';
import { ROOT_FILE } from './root.ts';

/** Takes a site's threads one by one and writes the index of their words. */
export interface SearchWriter {
  /** Adds a thread and its messages; `bodies` has those of all of them. */
  add(discussion: Discussion, bodies: ReadonlyMap<MessageId, Body>, told: Told): void;
  /** Writes the index and gives the links that the search page needs. */
  write(output: Output): Pick<SearchLinks, 'root' | 'archives'>;
}

/** A writer with nothing in it. */
export function createSearchWriter(views: Views): SearchWriter {
  const { site, link } = views;
  const { prefix, language } = site.publication.settings.site;
  const index = createIndexFiles(language);
  const statuses = new Set<string>();
  const topics = new Set<string>();
  return {
    add(discussion, bodies, told) {
      for (const post of discussion.posts)
        index.add(messageDocument(views, discussion, post, bodies.get(post.message.id)!));
      const thread = threadDocument(views, discussion, told);
      index.add(thread);
      statuses.add(thread.fact.status);
      for (const topic of thread.fact.topics) topics.add(topic);
    },
    write(output) {
      for (const issue of views.issues.issues)
        for (const section of issue.sections) index.add(sectionDocument(views, issue, section));
      const names = { list: site.lists.toSorted(), status: [...statuses].sort(), topic: [...topics].sort() };
      const { root, version } = packIndex(index, { language, prefix, names }, (file, bytes) =>
        output.write(fixedPath(`/search/${file}`), bytes),
      );
      output.write(fixedPath('/search/search.json'), describeSearch(root, views.frame));
      return {
        root: `${link(fixedPath(`/search/${ROOT_FILE}`))}?v=${version}`,
        archives: archivesOf(views),
      };
    },
  };
}

/** Where the site's lists can be searched by a server, by the settings. */
function archivesOf({ site }: Views): SearchLinks['archives'] {
  const { archives } = site.publication.settings;
  return site.lists.flatMap(list => (archives[list] === undefined ? [] : [{ list, href: archives[list] }]));
}
