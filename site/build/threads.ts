import type { MessageId } from '../../mail/message-id.ts';
import { leadText } from '../elsewhere.ts';
import { pageIn, type SitePath } from '../permalinks.ts';
import type { SearchIndex } from '../search/search-index.ts';
import { inputText, type ThreadInput, threadInput } from '../thread-input.ts';
import type { Views } from '../views.ts';
import { digestOf } from './digest.ts';
import { createCollector, heapUsed } from './garbage.ts';
import type { Renderer } from './render.ts';
import type { AskedOf, SiteStore } from './store.ts';

/** What became of a site's threads. */
export interface MadeThreads {
  /** How many files they have. */
  readonly files: number;
  readonly written: readonly SitePath[];
  readonly removed: readonly SitePath[];
  /** The paths of the pages that the threads which changed or are no more had before. */
  readonly former: readonly SitePath[];
}

/** Messages of one batch: what is held in memory, read and rendered, at a time. */
const BATCH_MESSAGES = 400;

/** A thread of which something changed. */
interface StaleThread {
  readonly input: ThreadInput;
  /** The digest of `input`. */
  readonly digest: string;
}

/** The threads that changed since the last build, and those that did not. */
export interface Threads {
  readonly stale: readonly StaleThread[];
  /** Messages in them. */
  readonly staleMessages: number;
  /** Files of the others. */
  readonly sameFiles: number;
  /** The threads that are no more. */
  readonly gone: readonly MessageId[];
}

/** Finds out which threads changed since the last build; `around` is the digest of what all pages show. */
export function compareThreads(views: Views, around: string, store: SiteStore, search: SearchIndex): Threads {
  const known = store.threads();
  const roots = new Set<MessageId>();
  const stale: StaleThread[] = [];
  let sameFiles = 0;
  for (const discussion of views.site.discussions) {
    const digest = digestOf(around, inputText(views, discussion));
    const before = known.get(discussion.root);
    roots.add(discussion.root);
    const isSame =
      before?.input === digest &&
      search.fingerprint(discussion.root) === digest &&
      before.answers === answersTo(before.asked, views);
    if (isSame) sameFiles += before.number;
    else stale.push({ input: threadInput(views, discussion), digest });
  }
  return {
    stale,
    staleMessages: stale.reduce((sum, { input }) => sum + input.discussion.posts.length, 0),
    sameFiles,
    gone: [...known.keys()].filter(root => !roots.has(root)),
  };
}

/** Has threads made that changed, and remembers what was made. */
export async function makeThreads(
  { stale, staleMessages, sameFiles, gone }: Threads,
  views: Views,
  store: SiteStore,
  search: SearchIndex,
  renderer: Renderer,
  progress: (done: number, total: number) => void,
): Promise<MadeThreads> {
  const written: SitePath[] = [];
  const removed: SitePath[] = [];
  const former: SitePath[] = [];
  let files = sameFiles;
  let done = 0;
  // What reading left behind goes first where much is made; it takes longer than to make a few.
  const collectGarbage = createCollector(staleMessages > BATCH_MESSAGES ? 0 : heapUsed());
  const known = (root: MessageId) => {
    const before = store.filesOf(root);
    for (const file of before.keys()) {
      const page = pageIn(file);
      if (page !== undefined) former.push(page);
    }
    return before;
  };
  for (const root of gone) {
    removed.push(...known(root).keys());
    store.removeThread(root);
  }
  const make = async (batch: readonly StaleThread[]) => {
    const jobs = batch.map(({ input }) => ({ input, known: known(input.discussion.root) }));
    const made = await renderer.render(jobs);
    for (const [at, { root, documents, written: changed, ...thread }] of made.entries()) {
      const { input, digest } = batch[at]!;
      store.setThread({ ...thread, root, input: digest, answers: answersTo(thread.asked, views) });
      search.replace(root, digest, documents);
      files += thread.files.size;
      written.push(...changed);
      for (const file of jobs[at]!.known.keys()) if (!thread.files.has(file)) removed.push(file);
      done += input.discussion.posts.length;
    }
    progress(done, staleMessages);
    collectGarbage();
  };
  progress(0, staleMessages);
  collectGarbage();
  await eachOf(batches(stale), renderer.atOnce, make);
  return { files, written, removed, former };
}

/** Calls `work` with each of `items`, with so many `atOnce`. */
async function eachOf<Item>(
  items: Iterable<Item>,
  atOnce: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const left = items[Symbol.iterator]();
  const lane = async () => {
    for (let next = left.next(); !next.done; next = left.next()) await work(next.value);
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
}

/** Threads in groups of about `BATCH_MESSAGES` messages; a longer thread is a group of its own. */
function* batches(threads: readonly StaleThread[]): Generator<readonly StaleThread[]> {
  let batch: StaleThread[] = [];
  let messages = 0;
  for (const thread of threads) {
    const { length } = thread.input.discussion.posts;
    if (batch.length > 0 && messages + length > BATCH_MESSAGES) {
      yield batch;
      batch = [];
      messages = 0;
    }
    batch.push(thread);
    messages += length;
  }
  if (batch.length > 0) yield batch;
}

/** The digest of what the site answers to what a thread's pages asked; leads by all that they are made from. */
function answersTo({ leads, writers }: AskedOf, views: Views): string {
  if (leads.length + writers.length === 0) return '';
  return digestOf(
    ...leads.map(id => leadText(views, id)),
    '',
    ...writers.map(one => views.whereabouts.writer(one) ?? ''),
  );
}
