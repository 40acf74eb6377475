import { writeVersioned } from '../assets.ts';
import type { Body } from '../bodies.ts';
import type { Discussion, Post } from '../model.ts';
import type { Output } from '../output.ts';
import { fixedPath } from '../permalinks.ts';
import { discussionPath, postHref, type Views } from '../views.ts';
import { DOCUMENTS_FILE, INDEX_FILE } from './built.ts';
import { beginning, type SearchDocument } from './documents.ts';
import { createBuilder } from './lunr.ts';

/** Takes a site's messages one by one and writes the index of their words. */
export interface SearchWriter {
  add(discussion: Discussion, post: Post, body: Body): void;
  /** Writes the index and its documents, and gives their links. */
  write(output: Output): { readonly index: string; readonly documents: string };
}

/** A writer with nothing in it. Documents are numbered as they come: by thread, in the order of its page. */
export function createSearchWriter(views: Views): SearchWriter {
  const builder = createBuilder();
  const documents: SearchDocument[] = [];
  return {
    add(discussion, post, body) {
      const { message, author, subject } = post;
      const path = discussionPath(views.site, discussion);
      builder.add(documents.length, {
        subject: `${subject.tags.join(' ')} ${subject.title}`,
        from: author.name,
        body: body.own,
      });
      documents.push({
        message: message.id,
        url: postHref(views, discussion, post),
        title: `${subject.reply ? 'Re: ' : ''}${subject.title}`,
        from: author.name,
        received: message.received,
        thread: views.link(path),
        threadTitle: discussion.subject.title,
        text: beginning(body.own),
      });
    },
    write(output) {
      const { prefix } = views.site.publication.settings.site;
      const put = (file: string, json: string) =>
        writeVersioned(output, prefix, fixedPath(`/search/${file}`), Buffer.from(json));
      return {
        index: put(INDEX_FILE, builder.toJson()),
        documents: put(DOCUMENTS_FILE, JSON.stringify(documents)),
      };
    },
  };
}
