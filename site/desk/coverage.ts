import { citedIds } from '../../briefs/verify.ts';
import { addTo } from '../../mail/group-by.ts';
import type { MessageId } from '../../mail/message-id.ts';
import type { Issue, Section } from '../../publication/issues/issue.ts';
import { endOfDays } from '../issues/issue-day.ts';
import type { Discussion, Site } from '../model.ts';

/** That a section of an issue told of a thread, and how far. */
export interface Coverage {
  readonly issue: Issue;
  readonly section: Section;
  /** When the newest of the thread's messages that the section cites was received: what came later is news. */
  readonly until: number;
  /** The messages that it cites, of whatever thread. */
  readonly cited: ReadonlySet<MessageId>;
}

/** Which sections tell of which threads, for each thread by issue. Sections of threads that are not held are left out. */
export function coverageOf(
  site: Site,
  issues: readonly Issue[],
): ReadonlyMap<Discussion, readonly Coverage[]> {
  const found = new Map<Discussion, Coverage[]>();
  for (const issue of issues)
    for (const section of issue.sections) {
      const discussion = section.thread && site.discussionOf.get(section.thread);
      if (discussion) addTo(found, discussion, coverageBy(site, discussion, issue, section));
    }
  return found;
}

/** How far a section tells of its thread. */
export function coverageBy(site: Site, discussion: Discussion, issue: Issue, section: Section): Coverage {
  const cited = citedIds(section.prose.markdown);
  return { issue, section, cited, until: toldUntil(site, discussion, issue, cited) };
}

/** A section that cites no message of its thread told what there was when the issue came out. */
function toldUntil(site: Site, discussion: Discussion, issue: Issue, cited: ReadonlySet<MessageId>): number {
  const times = [...cited]
    .filter(id => site.discussionOf.get(id) === discussion)
    .flatMap(id => site.postOf.get(id)?.message.received ?? []);
  if (times.length > 0) return times.reduce((a, b) => Math.max(a, b));
  return endOfDays(site, issue);
}
