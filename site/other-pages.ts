import type { Archive } from '../ingest/archive/archive.ts';
import { held } from '../mail/held.ts';
import type { MessageId } from '../mail/message-id.ts';
import { peopleText } from '../publication/people-mailmap.ts';
import type { SearchLinks } from '../templates/search.ts';
import { digestOf } from './build/digest.ts';
import type { OwnPages } from './build/own-pages.ts';
import type { SiteStore } from './build/store.ts';
import { coverageOf } from './desk/coverage.ts';
import { threadsFeedPage } from './feeds.ts';
import { listViews } from './front.ts';
import type { Gists } from './gists.ts';
import { issueFront } from './issues/front.ts';
import { issuesFeed } from './issues/issue-feeds.ts';
import { issuePasses } from './issues/passes.ts';
import { publishingPass, writeIssueFiles } from './issues/publishing.ts';
import { updateOf } from './issues/updates.ts';
import { frontPass, listsPass } from './passes.ts';
import { pagesOfAll, peopleList, personPages } from './people-pages.ts';
import { saidByPeople } from './people-said.ts';
import { comparePromised, type Promised, type SinceLastBuild } from './promised.ts';
import { reviewsIn, seriesList, seriesPages, seriesSources } from './series-pages.ts';
import { writeRedirects, writeSeriesFiles } from './static-files.ts';
import { statisticsOfIssues } from './stats/issue-statistics.ts';
import { topicPasses, writeTopicRedirects } from './topic-pages.ts';
import type { Views } from './views.ts';

/** Records of threads that are held in memory. */
const RECORDS = 10_000;

/** Makes the pages and files that are no thread's, and gives what the site promises. */
export async function makeOwnPages(
  pages: OwnPages,
  archive: Archive,
  views: Views,
  store: SiteStore,
  links: Omit<SearchLinks, 'lists'>,
  draft: boolean,
  since: SinceLastBuild | undefined,
): Promise<Promised> {
  const { site, issues } = views;
  const threads = store.threads();
  const record = held((root: MessageId) => store.record(root), RECORDS);
  const gists: Gists = { get: root => record(root).gist };
  const reviews = reviewsIn(site, record);
  const said = saidByPeople(
    views,
    site.discussions.map(({ root }) => threads.get(root)!.quoted),
  );
  const covered = coverageOf(site, issues.issues);
  const updates = site.discussions
    .filter(one => covered.has(one))
    .flatMap(one => updateOf(site, one, record(one.root).outcome, covered) ?? []);
  const digests = new Map([...threads].map(([root, { input, answers }]) => [root, `${input}${answers}`]));
  const mailmap = digestOf(peopleText(site.publication.folder));
  const series = seriesSources(views, digests, mailmap);
  await pages.offer('series', seriesPages(views, series, reviews));
  await pages.offer('people', personPages(views, said, record, digests));
  const listed = await seriesList(views, series, reviews, store.memo);
  const lists = site.lists.map(name => listViews(views, name, gists, digests));
  const listPages = lists.map(({ list }) => list);
  await pages.add(listsPass(views, listPages, listed, peopleList(views, said)));
  await pages.offer(
    'months',
    lists.flatMap(({ months }) => months),
  );
  const statistics = statisticsOfIssues(archive, site, issues.issues);
  const around = { gists, pageOf: pagesOfAll(views, said), statistics, draft };
  for (const pass of issuePasses(views, around)) await pages.add(pass);
  for (const pass of topicPasses(views, around)) await pages.add(pass);
  const feed = issuesFeed(views, around);
  await pages.add(publishingPass(views, around, feed));
  await pages.offer('feeds', [threadsFeedPage(views, archive)]);
  const front = issueFront(views, around, updates);
  await pages.add(await frontPass(views, archive, links, gists, front, store.memo));
  await pages.render();
  writeIssueFiles(pages, views, around, feed);
  writeTopicRedirects(pages, views);
  writeSeriesFiles(pages, views);
  const promised = comparePromised(site, [...said.keys()], archive, since);
  writeRedirects(pages, views, promised.left, said);
  return promised;
}
