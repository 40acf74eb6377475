import type { Issue, Section } from '../../publication/issues/issue.ts';
import type { FrozenThread } from '../../publication/issues/lock.ts';
import type { SectionFacts } from '../../templates/issue.ts';
import type { Gists } from '../gists.ts';
import { discussionPath } from '../mail-views.ts';
import type { Discussion, Post } from '../model.ts';
import type { Views } from '../views.ts';
import { endOf, noonOf } from './issue-day.ts';

/** What a section says of its thread: as it was frozen, else as `threadFacts` has it. */
export function sectionFacts(views: Views, issue: Issue, section: Section, gists: Gists): SectionFacts {
  const { thread, told, id } = section;
  const discussion = thread && views.site.discussionOf.get(thread);
  const frozen = issue.lock && Object.hasOwn(issue.lock.threads, id) ? issue.lock.threads[id] : undefined;
  const { first, last, posts, subject, status } = frozen ?? threadFacts(views, issue, section, gists);
  const archiveHref = discussion ? views.link(discussionPath(views, discussion)) : told.archive;
  return { first, last, posts, subject, status, archiveHref };
}

/** A section's thread: as the section's file has it, else as it stood when the issue came out. */
export function threadFacts(
  views: Pick<Views, 'site'>,
  issue: Issue,
  { thread, told }: Section,
  gists: Gists,
): FrozenThread {
  const discussion = thread && views.site.discussionOf.get(thread);
  const posts = discussion && postsAt(discussion, endOf(views.site, issue));
  const times = posts?.map(({ message }) => message.received).sort((a, b) => a - b);
  return {
    first: told.first === undefined ? times?.[0] : noonOf(views, told.first),
    last: told.last === undefined ? times?.at(-1) : noonOf(views, told.last),
    posts: told.posts ?? posts?.length,
    subject: told.subject ?? (discussion && subjectOf(discussion)),
    status: (discussion && gists.get(discussion.root)?.status) || undefined,
  };
}

/** The posts of a thread that had come at a time; all where the time is before the first. */
export function postsAt({ posts }: Discussion, until: number): readonly Post[] {
  const come = posts.filter(({ message }) => message.received <= until);
  return come.length > 0 ? come : posts;
}

/** The subject of a thread's first message, its tags in front. */
export function subjectOf({ subject }: Discussion): string {
  return [...subject.tags, subject.title].join(' ');
}
