import { onOneLine } from '../mail/blanks.ts';
import { groupBy } from '../mail/group-by.ts';
import type { MessageId } from '../mail/message-id.ts';
import { visible } from '../mail/printable.ts';
import type {
  InSectionView,
  MessagePlace,
  PeopleView,
  PersonRow,
  PersonView,
  SaidView,
} from '../templates/people.ts';
import { wholeSentences } from './gists.ts';
import { noonOf } from './issues/issue-day.ts';
import type { PlacedQuotation } from './issues/quoted-in.ts';
import { discussionPath, postHref } from './mail-views.ts';
import type { Post } from './model.ts';
import type { OfferedPage } from './pass.ts';
import type { Contributor, PageOf } from './people.ts';
import { type SaidByPeople, type SaidInBrief, SHOWN_QUOTATIONS } from './people-said.ts';
import { issuePath, PEOPLE_LIST } from './permalinks.ts';
import type { RecordOf } from './thread-record.ts';
import type { Views } from './views.ts';

/** The pages of all who are quoted in issues and briefs, once all have been told. */
export function pagesOfAll(views: Views, all: ReadonlyMap<Contributor, unknown>): PageOf {
  return who => {
    const contributor = views.people.of(who);
    return contributor && all.has(contributor) ? views.link(contributor.path) : undefined;
  };
}

/** The list of people names no more: a page that nobody can load is no list. */
const LISTED_PEOPLE = 1000;

/** The pages of all who are quoted. `threads` has the digests of all that was made of threads, by root. */
export function personPages(
  views: Views,
  all: SaidByPeople,
  record: RecordOf,
  threads: ReadonlyMap<MessageId, string>,
): readonly OfferedPage<PersonView>[] {
  const quoted = quotedPeople(views, all);
  const byName = groupBy(quoted, nameOf);
  return quoted.map(contributor => {
    const { inIssues, total, latest } = all.get(contributor)!;
    const person = {
      ...rowOf(views, contributor, all),
      namesakes: namesakesOf(views, contributor, all, byName),
    };
    const sections = inSections(views, inIssues.slice(0, SHOWN_QUOTATIONS));
    // What somebody said in a thread was made of it, as was the page that the quotation leads to.
    const said = latest.map(({ post }) => [
      post.message.id,
      threads.get(views.site.discussions[post.thread]!.root),
    ]);
    return {
      path: contributor.path,
      from: JSON.stringify([person, sections, total, said]),
      view: () => ({
        ...person,
        inIssues: sections,
        said: latest.map(one => saidView(views, one, record)),
        total,
      }),
    };
  });
}

/** The list of those who have pages; undefined where there is nobody to list. */
export function peopleList(views: Views, all: SaidByPeople): PeopleView | undefined {
  if (views.people.contributors.length === 0) return undefined;
  const quoted = quotedPeople(views, all);
  const most = quoted.toSorted((a, b) => mostFirst(a, b, all));
  const rows = most.slice(0, LISTED_PEOPLE).map(one => rowOf(views, one, all));
  return { href: views.link(PEOPLE_LIST), rows, total: quoted.length };
}

function quotedPeople({ people }: Views, all: SaidByPeople): readonly Contributor[] {
  return people.contributors.filter(one => all.has(one));
}

function mostFirst(a: Contributor, b: Contributor, all: SaidByPeople): number {
  const more = (of: 'threads' | 'messages') => (b.written?.[of] ?? 0) - (a.written?.[of] ?? 0);
  const moreQuoted = all.get(b)!.inIssues.length - all.get(a)!.inIssues.length;
  return more('threads') || more('messages') || moreQuoted || (a.path < b.path ? -1 : 1);
}

/** Many may write under one name, such as "root". */
const SHOWN_NAMESAKES = 5;

function namesakesOf(
  views: Views,
  contributor: Contributor,
  all: SaidByPeople,
  byName: ReadonlyMap<string, readonly Contributor[]>,
): readonly PersonRow[] {
  const namesakes = byName.get(nameOf(contributor))!.filter(one => one !== contributor);
  return namesakes.slice(0, SHOWN_NAMESAKES).map(one => rowOf(views, one, all));
}

function nameOf({ name }: Contributor): string {
  return name.toLowerCase();
}

function rowOf({ link }: Views, contributor: Contributor, all: SaidByPeople): PersonRow {
  const { path, name, written } = contributor;
  return { href: link(path), name, written, quoted: all.get(contributor)!.inIssues.length };
}

/** A sentence has room for so much. */
const SAID_LETTERS = 400;

function shortened(text: string): string {
  return visible(wholeSentences(onOneLine(text), SAID_LETTERS));
}

/** Quotations by the section that has them. */
function inSections(views: Views, all: readonly PlacedQuotation[]): readonly InSectionView[] {
  const bySection = groupBy(all, ({ section, issue }) => section ?? issue);
  return [...bySection.values()].map(own => {
    const { issue, section } = own[0]!;
    return {
      href: views.link(issuePath(issue.number), section?.id),
      title: section?.title ?? 'Introduction',
      issue: issue.number,
      date: noonOf(views, issue.date),
      said: own.map(({ verdict, quotation }) => {
        const post = verdict === 'ok' ? views.site.postOf.get(quotation.id!) : undefined;
        return {
          words: shortened(quotation.text.shown),
          message: post && placeOf(views, post),
        };
      }),
    };
  });
}

function placeOf(views: Views, post: Post): MessagePlace {
  const href = postHref(views, views.site.discussions[post.thread]!, post);
  return { href, number: post.number, received: post.message.received };
}

function saidView(views: Views, { post, at }: SaidInBrief, record: RecordOf): SaidView {
  const discussion = views.site.discussions[post.thread]!;
  const { gist, said } = record(discussion.root);
  const { quotation, stances } = said[at]!;
  return {
    thread: {
      href: views.link(discussionPath(views, discussion)),
      tag: discussion.subject.tags.join(' '),
      title: discussion.subject.title,
      status: gist.status,
    },
    words: shortened(quotation.text),
    message: placeOf(views, post),
    // Everybody comments.
    stances: stances
      .filter(stance => stance !== 'comments')
      .map(stance => (stance === 'author' ? 'began the thread' : stance)),
  };
}
