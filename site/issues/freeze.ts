import type { Archive } from '../../ingest/archive/archive.ts';
import type { MessageId } from '../../mail/message-id.ts';
import type { Issue } from '../../publication/issues/issue.ts';
import type { IssueLock } from '../../publication/issues/lock.ts';
import { readThreadBodies } from '../bodies.ts';
import { tell } from '../briefs.ts';
import { gistOf, type ThreadGist } from '../gists.ts';
import type { Site } from '../model.ts';
import { statisticsOfIssues } from '../stats/issue-statistics.ts';
import { postsByIssue } from '../stats/issue-stats.ts';
import { citedBy } from './cited.ts';
import { threadFacts } from './facts.ts';
import { fileHashes, saidHash } from './frozen.ts';

/** How an issue stands now, for its lock. `issues` are all of the publication; `version` is that of the program. */
export async function freezeIssue(
  archive: Archive,
  site: Site,
  issues: readonly Issue[],
  frozen: Issue,
  version: string,
): Promise<IssueLock> {
  const issue: Issue = { ...frozen, lock: undefined };
  const all = issues.map(one => (one === frozen ? issue : one));
  const statistics = statisticsOfIssues(archive, site, all);
  const gists = await gistsOf(archive, site, issue);
  return {
    version,
    files: fileHashes(site.publication.folder, issue),
    messages: messagesOf(archive, site, issue),
    statistics: statistics.get(issue.number),
    posts: postsByIssue(all, issue, statistics),
    threads: Object.fromEntries(
      issue.sections.map(section => [section.id, threadFacts({ site }, issue, section, gists)]),
    ),
  };
}

/** What the briefs of an issue's threads come to. */
async function gistsOf(
  archive: Archive,
  site: Site,
  { sections }: Issue,
): Promise<ReadonlyMap<MessageId, ThreadGist>> {
  const discussions = new Set(
    sections.flatMap(({ thread }) => (thread && site.discussionOf.get(thread)) ?? []),
  );
  const gists = new Map<MessageId, ThreadGist>();
  for (const discussion of discussions) {
    const bodies = await readThreadBodies(archive, [discussion], false);
    gists.set(discussion.root, gistOf(tell(site, discussion, bodies)));
  }
  return gists;
}

function messagesOf(archive: Archive, site: Site, issue: Issue): IssueLock['messages'] {
  return Object.fromEntries(
    [...citedBy(issue)].sort().flatMap(id => {
      const hash = saidHash(archive, site, id);
      return hash === undefined ? [] : [[id, hash]];
    }),
  );
}
