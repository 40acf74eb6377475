import fs from 'node:fs';
import path from 'node:path';
import type { MessageId } from '../../mail/message-id.ts';
import type { SearchLinks } from '../../templates/search.ts';
import type { Body } from '../bodies.ts';
import type { Told } from '../briefs.ts';
import type { MailViews } from '../mail-views.ts';
import type { Discussion } from '../model.ts';
import type { Output } from '../output.ts';
import { fixedPath } from '../permalinks.ts';
import type { Views } from '../views.ts';
import { describeSearch } from './description.ts';
import { messageDocument, sectionDocument, threadDocument } from './documents.ts';
import { createPreparer, type PreparedDocument } from './prepare.ts';
import { ROOT_FILE, type Root } from './root.ts';
import type { SearchIndex, WrittenIndex } from './search-index.ts';

/** Makes the documents of threads, their words counted; `bodies` has those of all messages of the thread. */
export type ThreadDocuments = (
  discussion: Discussion,
  bodies: ReadonlyMap<MessageId, Body>,
  told: Told,
) => readonly PreparedDocument[];

/** What makes documents of a site's threads. It needs no index, so that a worker thread can have one. */
export function createThreadDocuments(views: MailViews): ThreadDocuments {
  const prepare = createPreparer(views.settings.site.language);
  return (discussion, bodies, told) => [
    ...discussion.posts.map(post =>
      prepare(messageDocument(views, discussion, post, bodies.get(post.message.id)!)),
    ),
    prepare(threadDocument(views, discussion, told)),
  ];
}

/** The owner of the sections of all issues, in the index: no Message-ID. */
const ISSUES = 'issues';

/**
 * Puts the sections of issues into the index, which has all threads of the site by now, takes threads out that the site
 * has no more, and writes the files that changed. `previous` is the folder of the site as the last build left it; undefined
 * where all files are wanted.
 */
export function writeSearch(
  index: SearchIndex,
  views: Views,
  previous: string | undefined,
  output: Output,
): { readonly files: WrittenIndex; readonly links: Pick<SearchLinks, 'root' | 'archives'> } {
  const { site, settings, link, issues } = views;
  const { prefix, language } = settings.site;
  const prepare = createPreparer(language);
  const sections = issues.issues.flatMap(issue =>
    issue.sections.map(section => {
      const told = section.thread && site.discussionOf.get(section.thread);
      return prepare(sectionDocument(views, issue, section, told));
    }),
  );
  index.replace(ISSUES, '', sections);
  const owners = new Set<string>([ISSUES, ...site.discussions.map(({ root }) => root)]);
  for (const owner of index.owners()) if (!owners.has(owner)) index.remove(owner);
  const about = { prefix, lists: site.lists, describe: (root: Root) => describeSearch(root, views.frame) };
  const before = previous === undefined ? undefined : rootIn(previous);
  const files = index.write(about, before, (file, bytes) =>
    output.write(fixedPath(`/search/${file}`), bytes),
  );
  return {
    files,
    links: {
      root: `${link(fixedPath(`/search/${ROOT_FILE}`))}?v=${files.version}`,
      archives: archivesOf(views),
    },
  };
}

/** The root's file of a built site; undefined where it has none. */
function rootIn(site: string): Uint8Array | undefined {
  try {
    return fs.readFileSync(path.join(site, 'search', ROOT_FILE));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Where the site's lists can be searched by a server, by the settings. */
function archivesOf({ site }: Views): SearchLinks['archives'] {
  const { archives } = site.publication.settings;
  return site.lists.flatMap(list => (archives[list] === undefined ? [] : [{ list, href: archives[list] }]));
}
