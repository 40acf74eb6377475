import zlib from 'node:zlib';
import { mboxrdEntry } from '../ingest/files/mbox.ts';
import { redirectPage } from '../templates/plain-pages.ts';
import { attachmentPath } from './attachments.ts';
import type { Body, Texts } from './bodies.ts';
import { discussionPath, isMasked, type MailViews, postPath } from './mail-views.ts';
import type { Discussion, Post } from './model.ts';
import type { Output } from './output.ts';
import type { Contributor } from './people.ts';
import { beside, besideThread, fixedPath, type SitePath } from './permalinks.ts';
import type { Promised } from './promised.ts';
import type { Views } from './views.ts';

// The files of a site that are no pages: mail as it came, and signposts. They are written as they are, byte for byte.

/** Writes what lies beside a message's page: the raw mail, its attachments, and redirects from its other addresses. */
export function writeMessageFiles(
  output: Output,
  views: MailViews,
  texts: Texts,
  post: Post,
  body: Body,
): void {
  const { message } = post;
  const page = postPath(views, post);
  if (!isMasked(views)) {
    output.write(beside(page, 'raw.txt'), texts.text(message.hash));
    for (const hash of message.variants) output.write(beside(page, `${hash}.txt`), texts.text(hash));
  }
  for (const [index, attachment] of body.attachments.entries()) {
    output.write(attachmentPath(page, index + 1, attachment), attachment.content);
  }
  const { links } = views;
  redirect(output, views, links.anyList(message.id), page);
  for (const list of message.lists.slice(1)) redirect(output, views, links.message(list, message.id), page);
}

/** Three quarters of the default's time, for 3 % more bytes. */
const GZIP = { level: 4 };

/** Writes what lies beside a thread's page: its mbox, and redirects from the other lists it was on. */
export function writeThreadFiles(
  output: Output,
  views: MailViews,
  texts: Texts,
  discussion: Discussion,
): void {
  const page = discussionPath(views, discussion);
  if (!isMasked(views)) {
    const entries = discussion.posts.map(post => mboxrdEntry(texts.text(post.message.hash)).bytes);
    output.write(besideThread(page, 't.mbox.gz'), zlib.gzipSync(Buffer.concat(entries), GZIP));
  }
  const { links } = views;
  for (const list of discussion.lists) {
    if (list !== discussion.list) redirect(output, views, links.thread(list, discussion.root), page);
    // A ghost has no page of its own; whoever trims the thread's address should not fall into nothing.
    if (discussion.rootIsGhost) redirect(output, views, links.message(list, discussion.root), page);
  }
}

/** Writes redirects from where a series lies if another of its versions were the first. */
export function writeSeriesFiles(output: Output, views: Views): void {
  for (const { path, otherPaths } of views.site.series.told)
    for (const other of otherPaths) redirect(output, views, other, path);
}

/**
 * Writes redirects from where pages once were: a late parent moves a thread, a list's own copy moves a message. `left`
 * are these by path, `people` those who have a page.
 */
export function writeRedirects(
  output: Output,
  views: Views,
  left: Promised['left'],
  people: { has(one: Contributor): boolean },
): void {
  const { site } = views;
  for (const [path, id] of left) {
    const from = fixedPath(path as `/${string}`);
    const discussion = site.discussionOf.get(id);
    const post = site.postOf.get(id);
    if (path.startsWith('/people/')) {
      const person = post && views.people.of(post.author);
      // The digits in an address from before senders were masked are those of theirs.
      if (person && !isMasked(views) && people.has(person)) redirect(output, views, from, person.path);
      continue;
    }
    const told = post && path.startsWith('/series/') ? site.series.of(post.message)?.told : undefined;
    if (told) redirect(output, views, from, told.path);
    else if (post && !/^\/series\/|\/T\/$/.test(path)) redirect(output, views, from, postPath(views, post));
    else if (discussion) redirect(output, views, from, discussionPath(views, discussion));
  }
}

/** Writes a redirect from one path to another. */
export function redirect(
  output: Output,
  views: Pick<MailViews, 'frame' | 'link'>,
  from: SitePath,
  to: SitePath,
): void {
  output.write(from, String(redirectPage(views.frame.language, views.link(to))));
}
