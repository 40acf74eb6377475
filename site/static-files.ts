import zlib from 'node:zlib';
import type { Archive } from '../ingest/archive/archive.ts';
import type { PublishedPage } from '../ingest/archive/records.ts';
import { mboxrdEntry } from '../ingest/files/mbox.ts';
import { redirectPage } from '../templates/plain-pages.ts';
import { attachmentPath } from './attachments.ts';
import type { Body } from './bodies.ts';
import type { Discussion, Post, Site } from './model.ts';
import type { Output } from './output.ts';
import type { Contributor } from './people.ts';
import { beside, besideThread, fixedPath, type SitePath } from './permalinks.ts';
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
  const { links } = views.site;
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
 * The pages of a site that must not die: every message and thread, under each list it is on, every series, and
 * those `people` who have a page and wrote.
 */
export function* promisedPages(
  { discussions, links, series }: Site,
  people: Iterable<Contributor>,
): Generator<PublishedPage> {
  for (const { root, lists, posts } of discussions) {
    for (const list of lists) yield { path: links.thread(list, root), id: root };
    for (const { message } of posts) {
      for (const list of message.lists) yield { path: links.message(list, message.id), id: message.id };
    }
  }
  for (const { path, series: one } of series.told) yield { path, id: one.versions[0]!.set.head.message.id };
  for (const { path, written } of people) if (written) yield { path, id: written.firstMessage };
}

/** Writes redirects from where pages once were: a late parent moves a thread, a list's own copy moves a message. */
export function writeRedirects(output: Output, views: Views, published: Iterable<PublishedPage>): void {
  const { site } = views;
  for (const { path, id } of published) {
    const from = fixedPath(path as `/${string}`);
    if (output.has(from)) continue;
    const discussion = site.discussionOf.get(id);
    const post = site.postOf.get(id);
    if (path.startsWith('/people/')) {
      const person = post && views.people.of(post.author);
      // The digits in an address from before senders were masked are those of theirs.
      if (person && !isMasked(views) && output.has(person.path)) redirect(output, views, from, person.path);
      continue;
    }
    const told = path.startsWith('/series/') ? site.series.of(id)?.told : undefined;
    if (told) redirect(output, views, from, told.path);
    else if (post && !/^\/series\/|\/T\/$/.test(path)) redirect(output, views, from, postPath(site, post));
    else if (discussion) redirect(output, views, from, discussionPath(site, discussion));
  }
}

/** Writes a redirect from one path to another. */
export function redirect(output: Output, views: Views, from: SitePath, to: SitePath): void {
  output.write(from, String(redirectPage(views.frame.language, views.link(to))));
}
