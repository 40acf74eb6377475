import type { Archive } from '../../ingest/archive/archive.ts';
import type { MessageId } from '../../mail/message-id.ts';
import { type Body, readThreadBodies, type Texts } from '../bodies.ts';
import { asBriefThread, tellThread } from '../briefs.ts';
import { Asked } from '../elsewhere.ts';
import { isMasked, type MailViews } from '../mail-views.ts';
import type { ReadThread } from '../message-view.ts';
import type { Output } from '../output.ts';
import { Pass } from '../pass.ts';
import { type MailPages, mailPages } from '../passes.ts';
import type { PageOf } from '../people.ts';
import { saidIn } from '../people-said.ts';
import type { SitePath } from '../permalinks.ts';
import type { PreparedDocument } from '../search/prepare.ts';
import { createThreadDocuments } from '../search/write.ts';
import { writeMessageFiles, writeThreadFiles } from '../static-files.ts';
import type { ThreadInput } from '../thread-input.ts';
import { recordOf, type ThreadRecord } from '../thread-record.ts';
import { ChangedFiles } from './changed-files.ts';
import { rendered } from './eleventy.ts';
import type { AskedOf, FileDigests } from './store.ts';

/** A thread to be made. */
export interface ThreadJob {
  readonly input: ThreadInput;
  /** The files that the site has of it. */
  readonly known: FileDigests;
}

/** What was made of a thread; plain data. */
export interface RenderedThread {
  readonly root: MessageId;
  readonly record: ThreadRecord;
  /** What its pages asked of the rest of the site. */
  readonly asked: AskedOf;
  readonly files: FileDigests;
  /** Those that are new, or have another content than before. */
  readonly written: readonly SitePath[];
  /** For the search. */
  readonly documents: readonly PreparedDocument[];
}

/** Makes threads. */
export interface Renderer {
  /** How many calls it works at, at a time. */
  readonly atOnce: number;
  /** Makes threads, all of which are held in memory together. */
  render(jobs: readonly ThreadJob[]): Promise<readonly RenderedThread[]>;
  close(): Promise<void>;
}

/**
 * What makes threads here and now: reads their mail, tells their briefs, renders their pages, and gives the files that
 * changed to `output`.
 */
export function createRenderer(archive: Archive, views: MailViews, output: Output): Renderer {
  const documentsOf = createThreadDocuments(views);
  const render: Renderer['render'] = async jobs => {
    const discussions = jobs.map(({ input }) => input.discussion);
    const texts = heldTexts(archive);
    const bodies = await readThreadBodies(texts, discussions, isMasked(views));
    const threads = jobs.map(({ input, known }) => {
      const elsewhere = new Asked(views.elsewhere);
      const thread = readThread(views, input, bodies);
      const pages = mailPages({ ...views, elsewhere }, thread);
      return { thread, pages, elsewhere, files: new ThreadFiles(output, known) };
    });
    await renderPages(views, threads);
    return threads.map(({ thread, elsewhere, files }) => {
      const { discussion, told } = thread;
      writeThreadFiles(files, views, texts, discussion);
      for (const post of discussion.posts)
        writeMessageFiles(files, views, texts, post, bodies.get(post.message.id)!);
      return {
        root: discussion.root,
        record: recordOf(thread),
        asked: { leads: [...elsewhere.leads], writers: [...elsewhere.writers] },
        files: files.all,
        written: files.written,
        documents: documentsOf(discussion, bodies, told),
      };
    });
  };
  return { atOnce: 1, render, close: async () => {} };
}

/** Texts that are read once: a message is read for its page, for its own file and for its thread's mbox. */
function heldTexts(archive: Texts): Texts {
  const held = new Map<string, Uint8Array>();
  return {
    text(hash) {
      const text = held.get(hash) ?? archive.text(hash);
      held.set(hash, text);
      return text;
    },
  };
}

function readThread(views: MailViews, input: ThreadInput, bodies: ReadonlyMap<MessageId, Body>): ReadThread {
  const { discussion, supersededBy, pages } = input;
  const told = tellThread(asBriefThread(discussion, bodies, supersededBy));
  const postOf = new Map(discussion.posts.map(post => [post.message.id, post]));
  const quoted = new Set(
    saidIn(told).map(({ quotation }) => pages.get(postOf.get(quotation.message)!.author.key)),
  );
  // Whether the others are quoted elsewhere, nobody knows yet.
  const pageOf: PageOf = who => {
    const path = typeof who === 'string' ? undefined : pages.get(who.key);
    return path !== undefined && quoted.has(path) ? views.link(path) : undefined;
  };
  return { ...input, bodies, postOf, told, pageOf };
}

/** Has the pages of threads rendered, and gives each to the files of its thread. */
async function renderPages(
  { frame, dates }: MailViews,
  threads: readonly { readonly pages: MailPages; readonly files: ThreadFiles }[],
): Promise<void> {
  const pass = new Pass(frame, dates);
  pass.threads = threads.flatMap(({ pages }) => pages.threads);
  pass.messages = threads.flatMap(({ pages }) => pages.messages);
  pass.feeds = threads.flatMap(({ pages }) => pages.feeds);
  const filesOf = new Map(
    threads.flatMap(({ pages, files }) =>
      [...pages.threads, ...pages.messages, ...pages.feeds].map(({ file }) => [file, files] as const),
    ),
  );
  for (const { file, content } of await rendered(pass))
    filesOf.get(file)!.write(`/${file}` as SitePath, content);
}

/** Takes the files of a thread, and passes on those that changed. */
class ThreadFiles implements Output {
  readonly all = new Map<SitePath, string>();
  readonly #changed: ChangedFiles;

  constructor(output: Output, known: FileDigests) {
    this.#changed = new ChangedFiles(output, file => known.get(file));
  }

  get written(): readonly SitePath[] {
    return this.#changed.written;
  }

  write(target: SitePath, content: string | Uint8Array): void {
    const { file, digest } = this.#changed.write(target, content);
    this.all.set(file, digest);
  }
}
