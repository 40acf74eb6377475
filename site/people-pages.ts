import type { Quotation, Stance } from '../briefs/brief.ts';
import { addTo, groupBy } from '../mail/group-by.ts';
import { visible } from '../mail/printable.ts';
import type { PersonRow, PersonView, SaidView } from '../templates/people.ts';
import type { Told } from './briefs.ts';
import { type Gists, wholeSentences } from './gists.ts';
import { PageItem, Pass } from './pass.ts';
import type { Contributor, PageOf } from './people.ts';
import { PEOPLE_LIST } from './permalinks.ts';
import { discussionPath, postHref, type Views } from './views.ts';

/** What somebody said in a thread. */
export interface SaidOnce {
  readonly quotation: Quotation;
  readonly received: number;
  readonly stances: readonly Stance[];
}

/** What people said: what a build gathers while it has the briefs. */
export type SaidByPeople = Map<Contributor, { total: number; latest: readonly SaidOnce[] }>;

/** Whoever has written for thirty years has been quoted ten thousand times, which nobody reads. */
const SHOWN_QUOTATIONS = 200;

/** Adds what people said in a thread, and forgets what is too old to be shown. */
export function addSaid(views: Views, all: SaidByPeople, told: Told): void {
  for (const [contributor, said] of saidIn(views, told)) {
    const own = all.get(contributor) ?? { total: 0, latest: [] };
    all.set(contributor, {
      total: own.total + said.length,
      latest: [...own.latest, ...said].sort(latestFirst).slice(0, SHOWN_QUOTATIONS),
    });
  }
}

function saidIn(
  { site, people }: Views,
  { brief, errors }: Told,
): ReadonlyMap<Contributor, readonly SaidOnce[]> {
  const said = new Map<Contributor, SaidOnce[]>();
  // A brief that is not shown is not quoted from either.
  if (errors.length > 0) return said;
  for (const { quotation, stances } of brief.positions) {
    const post = quotation && site.postOf.get(quotation.message)!;
    const contributor = post && people.of(post.author);
    if (contributor) addTo(said, contributor, { quotation, stances, received: post.message.received });
  }
  return said;
}

function latestFirst(a: SaidOnce, b: SaidOnce): number {
  return b.received - a.received || (a.quotation.message < b.quotation.message ? -1 : 1);
}

/** The pages of those who are quoted in a thread's brief. Whether the others are quoted elsewhere, nobody knows yet. */
export function pagesOfQuoted(views: Views, told: Told): PageOf {
  const quoted = saidIn(views, told);
  return author => {
    const contributor = views.people.of(author);
    return contributor && quoted.has(contributor) ? views.link(contributor.path) : undefined;
  };
}

/** The pages of all who are quoted in briefs, once all have been told. */
export function pagesOfAll(views: Views, all: SaidByPeople): PageOf {
  return author => {
    const contributor = views.people.of(author);
    return contributor && all.has(contributor) ? views.link(contributor.path) : undefined;
  };
}

/** People of one pass: their pages are light. */
const PASS_PEOPLE = 200;
/** The list of people names no more: a page that nobody can load is no list. */
const LISTED_PEOPLE = 1000;

/** The passes that render the pages of all who are quoted, and the list of them. */
export function* peoplePasses(views: Views, all: SaidByPeople, gists: Gists): Generator<Pass> {
  if (views.people.contributors.length === 0) return;
  const quoted = views.people.contributors.filter(one => all.has(one));
  const byName = groupBy(quoted, nameOf);
  for (let start = 0; start < quoted.length; start += PASS_PEOPLE) {
    const pass = new Pass(views.frame, views.dates);
    pass.people = quoted
      .slice(start, start + PASS_PEOPLE)
      .map(one => new PageItem(one.path, personView(views, one, all, byName, gists)));
    yield pass;
  }
  const most = quoted.toSorted(
    (a, b) => b.threads - a.threads || b.messages - a.messages || (a.path < b.path ? -1 : 1),
  );
  const rows = most.slice(0, LISTED_PEOPLE).map(one => rowOf(views, one));
  const pass = new Pass(views.frame, views.dates);
  const list = { href: views.link(PEOPLE_LIST), rows, total: quoted.length };
  pass.peopleList = [new PageItem(PEOPLE_LIST, list)];
  yield pass;
}

/** Many may write under one name, such as "root". */
const SHOWN_NAMESAKES = 5;

function personView(
  views: Views,
  contributor: Contributor,
  all: SaidByPeople,
  byName: ReadonlyMap<string, readonly Contributor[]>,
  gists: Gists,
): PersonView {
  const { total, latest } = all.get(contributor)!;
  const namesakes = byName.get(nameOf(contributor))!.filter(one => one !== contributor);
  return {
    ...rowOf(views, contributor),
    said: latest.map(one => saidView(views, one, gists)),
    total,
    namesakes: namesakes.slice(0, SHOWN_NAMESAKES).map(one => rowOf(views, one)),
  };
}

function nameOf({ name }: Contributor): string {
  return name.toLowerCase();
}

function rowOf({ link }: Views, { path, name, messages, threads, first, last }: Contributor): PersonRow {
  return { href: link(path), name, messages, threads, first, last };
}

/** A sentence has room for so much. */
const SAID_LETTERS = 400;

function saidView(views: Views, { quotation, received, stances }: SaidOnce, gists: Gists): SaidView {
  const post = views.site.postOf.get(quotation.message)!;
  const discussion = views.site.discussionOf.get(quotation.message)!;
  return {
    thread: {
      href: views.link(discussionPath(views.site, discussion)),
      tag: discussion.subject.tags.join(' '),
      title: discussion.subject.title,
      status: gists.get(discussion.root)!.status,
    },
    words: visible(wholeSentences(quotation.text, SAID_LETTERS)),
    href: postHref(views, discussion, post),
    number: post.number,
    received,
    // Everybody comments.
    stances: stances
      .filter(stance => stance !== 'comments')
      .map(stance => (stance === 'author' ? 'began the thread' : stance)),
  };
}
