import { dayAt } from '../../publication/calendar.ts';
import type { Issue, Section, ToldThread } from '../../publication/issues/issue.ts';
import { sectionAt } from '../../publication/issues/links.ts';
import { kcIssueOf } from '../../publication/kc/issue-files.ts';
import { writeKc } from '../../publication/kc/write-xml.ts';
import type { Site } from '../model.ts';

import { postsAt, subjectOf } from './facts.ts';
import { endOf } from './issue-day.ts';

/** An issue of ours in the XML of Kernel Traffic; what its sections do not say of their threads, the archive does. */
export function issueKc(site: Site, issue: Issue, issues: readonly Issue[]): string {
  const sections = issue.sections.map(section => ({ ...section, told: toldOf(site, issue, section) }));
  return writeKc(kcIssueOf({ ...issue, sections }), {
    senderOf: id => site.postOf.get(id)?.author.name,
    sectionAt(number, anchor) {
      const one = issues.find(other => other.number === number);
      return one && sectionAt(one, anchor);
    },
  });
}

/** A section's thread as it stood when the issue came out. */
function toldOf(site: Site, issue: Issue, { thread, told }: Section): ToldThread {
  const discussion = thread && site.discussionOf.get(thread);
  if (!discussion) return told;
  const posts = postsAt(discussion, endOf(site, issue));
  const days = posts
    .map(({ message }) => dayAt(message.received, site.publication.settings.site.timezone))
    .sort();
  return {
    subject: told.subject ?? subjectOf(discussion),
    archive: told.archive,
    posts: told.posts ?? posts.length,
    first: told.first ?? days[0],
    last: told.last ?? days.at(-1),
  };
}
