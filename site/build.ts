import fs from 'node:fs';
import os from 'node:os';
import type { Archive } from '../ingest/archive/archive.ts';
import type { Publication } from '../publication/folder.ts';
import { tally } from '../publication/issues/finding.ts';
import { OperatorError, plainReason } from '../publication/operator-error.ts';
import { peopleText } from '../publication/people-mailmap.ts';
import type { SearchLinks } from '../templates/search.ts';
import { type Assets, makeAssets } from './assets.ts';
import { digestOf, digestOfData } from './build/digest.ts';
import { inProgramFolder } from './build/eleventy.ts';
import { cacheFolder, closeMade, type MadeSite, openMade, publish } from './build/made.ts';
import { OwnPages } from './build/own-pages.ts';
import { createPool } from './build/pool.ts';
import { createRenderer, type Renderer } from './build/render.ts';
import { Staging } from './build/staging.ts';
import { isDamagedIn, type SiteStore } from './build/store.ts';
import { systemFault } from './build/system-fault.ts';
import { compareThreads, makeThreads } from './build/threads.ts';
import { coverageOf } from './desk/coverage.ts';
import { type EditorPages, editorPages } from './desk/editor-pages.ts';
import { checkIssues } from './issues/check.ts';
import { issueFront } from './issues/front.ts';
import { remarksOnFrozen } from './issues/frozen.ts';
import { issuesFeed } from './issues/issue-feeds.ts';
import { issuePasses } from './issues/passes.ts';
import { publishingPass, writeIssueFiles } from './issues/publishing.ts';
import { updateOf } from './issues/updates.ts';
import { mailSettings } from './mail-views.ts';
import { readMentions } from './mentions.ts';
import { loadSite } from './model.ts';
import { frontPass, listsPass } from './passes.ts';
import { pagesOfAll, peopleList, personPages } from './people-pages.ts';
import { saidByPeople } from './people-said.ts';
import type { SitePath } from './permalinks.ts';
import { comparePromised, type Promised, type SinceLastBuild } from './promised.ts';
import { writeSearch } from './search/write.ts';
import { seriesList, seriesPages, seriesSources } from './series-pages.ts';
import { writeRedirects, writeSeriesFiles } from './static-files.ts';
import { statisticsOfIssues } from './stats/issue-statistics.ts';
import { topicPasses, writeTopicRedirects } from './topic-pages.ts';
import { createViews, type Views } from './views.ts';

/** What is being done, and how much of it is: nothing where it cannot be counted. */
export type Progress = (what: string, done: number, total?: number) => void;

/** What a build made. */
export interface Built {
  readonly messages: number;
  readonly threads: number;
  /** The files of the site. */
  readonly files: number;
  /** How many of them are new or have changed, and how many are gone. */
  readonly written: number;
  readonly removed: number;
  /** How many threads were made, as something of them had changed. */
  readonly made: number;
  /** What the editor should know of what they wrote, one sentence each. */
  readonly remarks: readonly string[];
  /** For the editor alone: not written, as it is no part of the site. */
  readonly desk: EditorPages;
}

/** How a site is built. */
export interface BuildOptions {
  /** Builds a site for the editor alone, which shows what the check finds in issues; otherwise errors refuse the build. */
  readonly draft?: boolean;
  /** Makes every page anew, whatever the last build made. */
  readonly full?: boolean;
  /** Worker threads; as many as there are processors, up to 8, where there is enough to do for them. */
  readonly jobs?: number;
}

/** Fewer messages are made sooner than a worker has begun. */
const WORTH_A_WORKER = 250;
/** Each worker has a program of its own in memory. */
const MOST_WORKERS = 8;

/**
 * Makes the publication's site: all pages through Eleventy, and beside them raw mail, mbox files, redirects and the
 * search index. What did not change since the last build is neither made nor written again; what changed is put in its
 * place file by file, and a whole new site in one step. The same archive and settings always give the same bytes,
 * however the site came about.
 */
export async function buildSite(
  archive: Archive,
  publication: Publication,
  progress: Progress = () => {},
  options: BuildOptions = {},
): Promise<Built> {
  const cache = cacheFolder(publication);
  try {
    return await builtOnce(archive, publication, progress, options);
  } catch (error) {
    if (!isDamagedIn(cache, error)) throw error;
    // It holds nothing that cannot be made again.
    fs.rmSync(cache, { recursive: true, force: true });
    return builtOnce(archive, publication, progress, options);
  }
}

async function builtOnce(
  archive: Archive,
  publication: Publication,
  progress: Progress,
  options: BuildOptions,
): Promise<Built> {
  const made = await openMade(publication, options.full === true, () =>
    progress('waiting for another build of this site', 0),
  );
  try {
    return await inProgramFolder(() => build(archive, publication, made, progress, options));
  } catch (error) {
    throw systemError(error, made.published) ?? error;
  } finally {
    closeMade(made);
  }
}

async function build(
  archive: Archive,
  publication: Publication,
  made: MadeSite,
  progress: Progress,
  { draft = false, jobs }: BuildOptions,
): Promise<Built> {
  const { store, search } = made;
  progress('reading headers', 0);
  const { memo, headers } = store;
  const site = await loadSite(archive, publication, { doubts: true, memo, headers });
  const mentions = await readMentions(archive, site.discussions, memo);
  progress('checking issues', 0);
  const issues = await checkIssues(archive, site);
  const errors = issues.findings.filter(({ severity }) => severity === 'error');
  if (!draft && errors.length > 0) throw untrueIssues(tally(errors));
  const staging = new Staging(made.staging);
  const assets = await makeAssets(publication.settings.site.prefix, memo);
  const views = createViews(site, assets.links, issues, mentions);
  const around = digestOfData([views.frame, mailSettings(publication.settings)]);
  const pages = new OwnPages(views, around, staging, store.pages());
  for (const file of assets.files) pages.write(file.path, file.content);
  progress('comparing threads', 0);
  const compared = compareThreads(views, around, store, search);
  const renderer = rendererFor(compared.staleMessages, jobs, archive, views, staging);
  const threads = await makeThreads(compared, views, store, search, renderer, (done, total) =>
    progress('making threads', done, total),
  ).finally(() => renderer.close());
  progress('indexing words', 0);
  const { records, digests } = store.records();
  const searchFiles = writeSearch(search, views, made.whole ? undefined : made.published, staging);
  const links = searchLinks(assets.links, searchFiles.links);
  progress('making other pages', 0);
  const before = made.whole ? undefined : store.promised();
  const since =
    before?.published === archive.countPublished()
      ? {
          changed: compared.stale.map(({ input }) => input.discussion),
          former: [...threads.former, ...before.left],
        }
      : undefined;
  const promised = await makeOwnPages(pages, archive, views, { records, digests, memo }, links, draft, since);
  const { written, removed } = searchFiles.files;
  // A file that one has no more may be another's now.
  const changes = {
    written: new Set([...threads.written, ...pages.written, ...inSearch(written)]),
    removed: new Set<SitePath>(),
  };
  for (const file of [...threads.removed, ...pages.removed(), ...inSearch(removed)])
    if (!changes.written.has(file)) changes.removed.add(file);
  progress('putting files in their places', 0);
  pages.save(store);
  // Remembered first: a page that was shown and forgotten would be a broken promise.
  archive.addPublished(promised.fresh);
  store.keepPromised({ published: archive.countPublished(), left: [...promised.left.keys()] });
  publish(made, changes);
  return {
    messages: site.messages.length,
    threads: site.discussions.length,
    files: threads.files + pages.all.size + searchFiles.files.kept.length + written.length,
    written: changes.written.size,
    removed: changes.removed.size,
    made: compared.stale.length,
    remarks: [
      ...site.remarks,
      ...views.people.remarks,
      ...[...records.values()].flatMap(({ untrue }) => untrue),
      ...remarksOnFrozen(issues.findings),
      ...(errors.length > 0 ? [`the issues have ${tally(errors)}; "traffic check" lists them`] : []),
    ],
    desk: editorPages(views),
  };
}

function rendererFor(
  messages: number,
  jobs: number = Math.min(os.availableParallelism(), MOST_WORKERS),
  archive: Archive,
  views: Views,
  staging: Staging,
): Renderer {
  const workers = Math.min(jobs, Math.floor(messages / WORTH_A_WORKER));
  return workers > 1 ? createPool(views, workers, staging.folder) : createRenderer(archive, views, staging);
}

/** Makes the pages and files that are no thread's, and gives what the site promises. */
async function makeOwnPages(
  pages: OwnPages,
  archive: Archive,
  views: Views,
  { records, digests, memo }: ReturnType<SiteStore['records']> & Pick<SiteStore, 'memo'>,
  links: Omit<SearchLinks, 'lists'>,
  draft: boolean,
  since: SinceLastBuild | undefined,
): Promise<Promised> {
  const { site, issues } = views;
  const ofThreads = site.discussions.map(one => [one, records.get(one.root)!] as const);
  const gists = new Map(ofThreads.map(([{ root }, { gist }]) => [root, gist]));
  const reviews = new Map(ofThreads.flatMap(([, record]) => record.reviews));
  const said = saidByPeople(
    views,
    ofThreads.map(([, record]) => record.said),
  );
  const covered = coverageOf(site, issues.issues);
  const updates = ofThreads.flatMap(([one, { outcome }]) => updateOf(site, one, outcome, covered) ?? []);
  const mailmap = digestOf(peopleText(site.publication.folder));
  const series = seriesSources(views, digests, mailmap);
  await pages.offer('series', seriesPages(views, series, reviews));
  await pages.offer('people', personPages(views, said, gists, digests));
  const listed = await seriesList(views, series, reviews, memo);
  await pages.add(listsPass(views, listed, peopleList(views, said)));
  const statistics = statisticsOfIssues(archive, site, issues.issues);
  const around = { gists, pageOf: pagesOfAll(views, said), statistics, draft };
  for (const pass of issuePasses(views, around)) await pages.add(pass);
  for (const pass of topicPasses(views, around)) await pages.add(pass);
  const feed = issuesFeed(views, around);
  await pages.add(publishingPass(views, around, feed));
  await pages.add(await frontPass(views, archive, links, gists, issueFront(views, around, updates)));
  await pages.render();
  writeIssueFiles(pages, views, around, feed);
  writeTopicRedirects(pages, views);
  writeSeriesFiles(pages, views);
  const promised = comparePromised(site, [...said.keys()], archive, since);
  writeRedirects(pages, views, promised.left, said);
  return promised;
}

function searchLinks(
  assets: Assets,
  index: Pick<SearchLinks, 'root' | 'archives'>,
): Omit<SearchLinks, 'lists'> {
  return {
    script: assets.search,
    worker: assets.searchWorker,
    plainWorker: assets.plainSearchWorker,
    workerRest: assets.searchWorkerRest,
    plainWorkerRest: assets.plainSearchWorkerRest,
    ...index,
  };
}

function inSearch(files: readonly string[]): readonly SitePath[] {
  return files.map(file => `/search/${file}` as SitePath);
}

function untrueIssues(errors: string): OperatorError {
  return new OperatorError(
    `the issues have ${errors}, so nothing was built; run "traffic check" to see where, or "traffic build --draft" to see them in the pages.`,
  );
}

/** A fault of the system, such as a full disk, in a sentence; undefined of any other error. */
function systemError(error: unknown, folder: string): OperatorError | undefined {
  const fault = systemFault(error);
  return (
    fault &&
    new OperatorError(`the site cannot be written to ${folder}: ${plainReason(fault)}.`, { cause: error })
  );
}
