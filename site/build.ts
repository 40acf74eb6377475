import path from 'node:path';
import { fileURLToPath } from 'node:url';
import Eleventy from '@11ty/eleventy';
import type { Archive } from '../ingest/archive/archive.ts';
import type { MessageId } from '../mail/message-id.ts';
import type { Review } from '../mail/series/review.ts';
import type { Publication } from '../publication/folder.ts';
import { tally } from '../publication/issues/finding.ts';
import { OperatorError, plainReason } from '../publication/operator-error.ts';
import { writeAssets } from './assets.ts';
import { reviewsIn, seriesPasses } from './biography.ts';
import { readThreadBodies } from './bodies.ts';
import { tell } from './briefs.ts';
import { coverageOf } from './desk/coverage.ts';
import { type EditorPages, editorPages } from './desk/editor-pages.ts';
import type { Covered } from './desk/moved.ts';
import { gistOf, type ThreadGist } from './gists.ts';
import { checkIssues } from './issues/check.ts';
import { issueFront } from './issues/front.ts';
import { remarksOnFrozen } from './issues/frozen.ts';
import { issuesFeed } from './issues/issue-feeds.ts';
import { issuePasses } from './issues/passes.ts';
import { publishingPass, writeIssueFiles } from './issues/publishing.ts';
import { updateOf } from './issues/updates.ts';
import { type Discussion, loadSite } from './model.ts';
import { Output } from './output.ts';
import type { Pass } from './pass.ts';
import { frontPass, mailPass } from './passes.ts';
import { pagesOfAll, peoplePasses } from './people-pages.ts';
import { addSaid, saidInIssues } from './people-said.ts';
import { createSearchWriter } from './search/write.ts';
import {
  promisedPages,
  writeMessageFiles,
  writeRedirects,
  writeSeriesFiles,
  writeThreadFiles,
} from './static-files.ts';
import { statisticsOfIssues } from './stats/issue-statistics.ts';
import { topicPasses, writeTopicRedirects } from './topic-pages.ts';
import { createViews, isMasked } from './views.ts';

/** How much of the work is done. */
export type Progress = (what: string, done: number, total: number) => void;

/** What a build made. */
export interface Built {
  readonly messages: number;
  readonly threads: number;
  readonly files: number;
  /** What the editor should know of what they wrote, one sentence each. */
  readonly remarks: readonly string[];
  /** For the editor alone: not written, as it is no part of the site. */
  readonly desk: EditorPages;
}

/** How a site is built. */
export interface BuildOptions {
  /** Builds a site for the editor alone, which shows what the check finds in issues; otherwise errors refuse the build. */
  readonly draft?: boolean;
}

/** Messages of one pass: what is held in memory, parsed and rendered, at a time. */
const PASS_MESSAGES = 400;
const ROOT = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');

/**
 * Makes the publication's site: all pages through Eleventy, and beside them raw mail, mbox files, redirects
 * and the search index. The new site is written beside the old one and takes its place when it is whole.
 * The same archive and settings always give the same bytes.
 */
export async function buildSite(
  archive: Archive,
  publication: Publication,
  progress: Progress = () => {},
  { draft = false }: BuildOptions = {},
): Promise<Built> {
  const site = await loadSite(archive, publication);
  const issues = await checkIssues(archive, site);
  const errors = issues.findings.filter(({ severity }) => severity === 'error');
  if (!draft && errors.length > 0) throw untrueIssues(errors.length);
  const output = new Output(publication.siteFolder);
  try {
    const assets = await writeAssets(output, publication.settings.site.prefix);
    const views = createViews(site, assets, issues);
    const search = createSearchWriter(views);
    const untrue: string[] = [];
    const gists = new Map<MessageId, ThreadGist>();
    const reviews = new Map<MessageId, readonly Review[]>();
    const saidBy = saidInIssues(views);
    const covered = coverageOf(site, issues.issues);
    const updates: Covered[] = [];
    let done = 0;
    for (const discussions of batches(site.discussions)) {
      const bodies = await readThreadBodies(archive, discussions, isMasked(views));
      const told = new Map(discussions.map(one => [one.root, tell(site, one, bodies)]));
      await render(output, mailPass(views, discussions, bodies, told));
      for (const [root, one] of told) {
        gists.set(root, gistOf(one));
        addSaid(views, saidBy, one);
        for (const { message } of one.errors) untrue.push(`The brief of ${root} is not shown: ${message}`);
      }
      for (const discussion of discussions) {
        const { brief } = told.get(discussion.root)!;
        const update = updateOf(site, discussion, brief, covered);
        if (update) updates.push(update);
        writeThreadFiles(output, views, archive, discussion);
        search.add(discussion, bodies, told.get(discussion.root)!);
        for (const post of discussion.posts) {
          writeMessageFiles(output, views, archive, post, bodies.get(post.message.id)!);
          const said = reviewsIn(site, post, bodies.get(post.message.id)!);
          if (said.length > 0) reviews.set(post.message.id, said);
        }
        done += discussion.posts.length;
      }
      progress('building', done, site.messages.length);
    }
    for (const pass of seriesPasses(views, reviews)) await render(output, pass);
    for (const pass of peoplePasses(views, saidBy, gists)) await render(output, pass);
    const searchFiles = search.write(output);
    const statistics = statisticsOfIssues(archive, site, issues.issues);
    const around = { gists, pageOf: pagesOfAll(views, saidBy), statistics, draft };
    for (const pass of issuePasses(views, around)) await render(output, pass);
    for (const pass of topicPasses(views, around)) await render(output, pass);
    const feed = issuesFeed(views, around);
    await render(output, publishingPass(views, around, feed));
    writeIssueFiles(output, views, around, feed);
    writeTopicRedirects(output, views);
    const links = {
      script: assets.search,
      worker: assets.searchWorker,
      plainWorker: assets.plainSearchWorker,
      ...searchFiles,
    };
    await render(output, await frontPass(views, archive, links, gists, issueFront(views, around, updates)));
    writeSeriesFiles(output, views);
    writeRedirects(output, views, archive.published());
    // Remembered first: a page that was shown and forgotten would be a broken promise.
    archive.addPublished(promisedPages(site, saidBy.keys()));
    output.publish();
    const { messages, discussions, remarks } = site;
    return {
      messages: messages.length,
      threads: discussions.length,
      files: output.files,
      remarks: [
        ...remarks,
        ...views.people.remarks,
        ...untrue,
        ...remarksOnFrozen(issues.findings),
        ...(errors.length > 0 ? [`the issues have ${tally(errors)}; "traffic check" lists them`] : []),
      ],
      desk: editorPages(views),
    };
  } catch (error) {
    output.discard();
    throw systemError(error, output.folder) ?? error;
  }
}

function untrueIssues(errors: number): OperatorError {
  const what = errors === 1 ? '1 error' : `${errors} errors`;
  return new OperatorError(
    `the issues have ${what}, so nothing was built; run "traffic check" to see where, or "traffic build --draft" to see them in the pages.`,
  );
}

/** The system's error behind one of Eleventy's, such as a full disk, in a sentence; undefined where there is none. */
function systemError(error: unknown, folder: string): OperatorError | undefined {
  for (let cause = error; cause instanceof Error && !(cause instanceof OperatorError); ) {
    if (/^E[A-Z]{2,}$/.test((cause as NodeJS.ErrnoException).code ?? '')) {
      return new OperatorError(`the site cannot be written to ${folder}: ${plainReason(cause)}.`, {
        cause: error,
      });
    }
    cause = (cause as { originalError?: unknown }).originalError ?? cause.cause;
  }
  return undefined;
}

/** Threads in groups of about `PASS_MESSAGES` messages; a longer thread is a group of its own. */
function* batches(discussions: readonly Discussion[]): Generator<readonly Discussion[]> {
  let batch: Discussion[] = [];
  let messages = 0;
  for (const discussion of discussions) {
    if (batch.length > 0 && messages + discussion.posts.length > PASS_MESSAGES) {
      yield batch;
      batch = [];
      messages = 0;
    }
    batch.push(discussion);
    messages += discussion.posts.length;
  }
  if (batch.length > 0) yield batch;
}

/** Has Eleventy write the pages of a pass into the output. */
async function render(output: Output, pass: Pass): Promise<void> {
  // Eleventy takes paths from the current folder, and would leave out pages that lie in a `node_modules`.
  const before = process.cwd();
  process.chdir(ROOT);
  try {
    const eleventy = new Eleventy('site/pages', path.relative(ROOT, output.folder), {
      quietMode: true,
      configPath: '.eleventy.js',
      config: config => config.addGlobalData('pass', () => pass),
    });
    eleventy.disableLogger();
    await eleventy.write();
  } finally {
    process.chdir(before);
  }
  for (const [type, items] of Object.entries(pass))
    if (type !== 'frame' && type !== 'dates') output.countFiles((items as unknown[]).length);
}
