import fs from 'node:fs';
import os from 'node:os';
import type { Archive } from '../ingest/archive/archive.ts';
import type { Publication } from '../publication/folder.ts';
import { tally } from '../publication/issues/finding.ts';
import { OperatorError, plainReason } from '../publication/operator-error.ts';
import type { SearchLinks } from '../templates/search.ts';
import { type Assets, makeAssets } from './assets.ts';
import { digestOfData } from './build/digest.ts';
import { inProgramFolder } from './build/eleventy.ts';
import { cacheFolder, closeMade, type MadeSite, openMade, publish } from './build/made.ts';
import { OwnPages } from './build/own-pages.ts';
import { createPool } from './build/pool.ts';
import { createRenderer, type Renderer } from './build/render.ts';
import { Staging } from './build/staging.ts';
import { isDamagedIn, type SiteStore } from './build/store.ts';
import { systemFault } from './build/system-fault.ts';
import { compareThreads, makeThreads } from './build/threads.ts';
import { type EditorPages, editorPages } from './desk/editor-pages.ts';
import { checkIssues } from './issues/check.ts';
import { remarksOnFrozen } from './issues/frozen.ts';
import { mailSettings } from './mail-views.ts';
import { readMentions } from './mentions.ts';
import { loadSite, type Site } from './model.ts';
import { makeOwnPages } from './other-pages.ts';
import type { SitePath } from './permalinks.ts';
import { writeSearch } from './search/write.ts';
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
  const mentions = await readMentions(archive, site, memo);
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
  const promised = await makeOwnPages(pages, archive, views, store, links, draft, since);
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
      ...untrueBriefs(site, store),
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

/** What is untrue in briefs, one sentence each. */
function untrueBriefs({ discussions }: Site, store: SiteStore): readonly string[] {
  const untrue = discussions.filter(({ root }) => store.threads().get(root)!.isUntrue);
  return untrue.flatMap(({ root }) => store.record(root).untrue);
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
