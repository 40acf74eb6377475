import zlib from 'node:zlib';
import type { Archive } from '../ingest/archive.ts';
import { mboxrdEntry } from '../ingest/mbox.ts';
import type { MessageId } from '../mail/message-id.ts';
import { redirectPage } from '../templates/plain-pages.ts';
import { attachmentPath } from './attachments.ts';
import type { Body } from './bodies.ts';
import type { Discussion, Post } from './model.ts';
import type { Output } from './output.ts';
import { beside, besideThread, type SitePath } from './permalinks.ts';
import { discussionPath, isMasked, postPath, type Views } from './views.ts';

// The files of a site that are no pages: mail as it came, and signposts. They are written as they are, byte for byte.

/** Writes what lies beside a message's page: the raw mail, its attachments, and redirects from its other addresses. */
export function writeMessageFiles(
  output: Output,
  views: Views,
  archive: Archive,
  post: Post,
  body: Body,
): void {
  const { message } = post;
  const page = postPath(views.site, post);
  if (!isMasked(views)) {
    output.write(beside(page, 'raw.txt'), archive.text(message.hash));
    for (const hash of message.variants) output.write(beside(page, `${hash}.txt`), archive.text(hash));
  }
  for (const [index, attachment] of body.attachments.entries()) {
    output.write(attachmentPath(page, index + 1, attachment), attachment.content);
  }
  const { links } = views.site;
  redirect(output, views, links.anyList(message.id), page);
  for (const list of message.lists.slice(1)) redirect(output, views, links.message(list, message.id), page);
}

/** Writes what lies beside a thread's page: its mbox, and redirects from the other lists it was on. */
export function writeThreadFiles(
  output: Output,
  views: Views,
  archive: Archive,
  discussion: Discussion,
): void {
  const page = discussionPath(views.site, discussion);
  if (!isMasked(views)) {
    const entries = discussion.posts.map(post => mboxrdEntry(archive.text(post.message.hash)).bytes);
    output.write(besideThread(page, 't.mbox.gz'), zlib.gzipSync(Buffer.concat(entries)));
  }
  for (const list of discussion.lists) {
    if (list !== discussion.list)
      redirect(output, views, views.site.links.thread(list, discussion.root), page);
  }
}

/** Writes redirects from where threads once were: a late parent moves a thread to a new root. */
export function writeRedirects(
  output: Output,
  views: Views,
  published: Iterable<{ readonly list: string; readonly root: MessageId }>,
): void {
  const { site } = views;
  for (const { list, root } of published) {
    const now = site.discussionOf.get(root);
    if (!now) continue;
    const [before, after] = [site.links.thread(list, root), discussionPath(site, now)];
    if (before !== after && !(now.root === root && now.lists.includes(list)))
      redirect(output, views, before, after);
  }
}

function redirect(output: Output, views: Views, from: SitePath, to: SitePath): void {
  output.write(from, String(redirectPage(views.frame.language, views.link(to))));
}
