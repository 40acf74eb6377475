import { createHash } from 'node:crypto';
import { numberLinks, plainText } from '../../briefs/plain-text.ts';
import { patchMark } from '../../mail/series/patch-mark.ts';
import type { Issue, Section } from '../../publication/issues/issue.ts';
import type { Body } from '../bodies.ts';
import type { Told } from '../briefs.ts';
import { discussionPath, isMasked, type MailViews } from '../mail-views.ts';
import type { Discussion, Post } from '../model.ts';
import { issuePath } from '../permalinks.ts';
import { diffNames } from './diff-names.ts';
import type { SearchDocument } from './prepare.ts';
import { oneLine } from './records.ts';

/** A message as a document: subject, writer, own words, and of its diffs the names in them. */
export function messageDocument(
  views: MailViews,
  discussion: Discussion,
  post: Post,
  body: Body,
): SearchDocument {
  const { message, author, subject } = post;
  const title = `${subject.reply ? 'Re: ' : ''}${subject.title}`;
  return {
    key: { kind: 'message', received: message.received, id: message.id },
    texts: {
      subject: `${subject.tags.join(' ')} ${subject.title}`,
      from: isMasked(views) ? author.name : `${author.name} ${author.address}`,
      files: diffNames(body.blocks),
      body: body.own,
    },
    fact: {
      received: message.received,
      author: author.name,
      thread: threadKey(discussion),
      lists: message.lists,
      kinds: kindsOf(post),
      status: '',
      topics: [],
    },
    record: {
      kind: 'message',
      message: message.id,
      title,
      from: author.name,
      received: message.received,
      ...threadOf(views, discussion),
      text: oneLine(body.own),
    },
  };
}

/** A thread as a document: its title, what its brief says it is about, and how it stands. */
export function threadDocument(views: MailViews, discussion: Discussion, { brief }: Told): SearchDocument {
  const { root, subject, last, lists, posts } = discussion;
  const text = brief.gist?.text ?? '';
  return {
    key: { kind: 'thread', received: last, id: root },
    texts: { subject: `${subject.tags.join(' ')} ${subject.title}`, from: '', files: '', body: text },
    fact: {
      received: last,
      author: '',
      thread: threadKey(discussion),
      lists,
      kinds: ['thread'],
      status: brief.status.value.replaceAll(' ', '-'),
      topics: topicsOf(views, discussion),
    },
    record: {
      kind: 'thread',
      message: brief.gist?.message ?? posts[0]!.message.id,
      title: subject.title,
      from: brief.gist?.speaker ?? '',
      received: last,
      ...threadOf(views, discussion),
      text: oneLine(text),
    },
  };
}

/** A section of an issue as a document: its title, topics and prose. `told` is the thread that it tells of. */
export function sectionDocument(
  views: MailViews,
  issue: Issue,
  section: Section,
  told: Discussion | undefined,
): SearchDocument {
  const { id, title, topics, prose } = section;
  const received = Date.parse(`${issue.date}T12:00:00Z`) / 1000;
  const text = plainText(
    prose.markdown,
    Number.POSITIVE_INFINITY,
    numberLinks(() => undefined),
  ).join(' ');
  const { prefix } = views.settings.site;
  const place = views.link(issuePath(issue.number), id).slice(prefix.length);
  return {
    key: { kind: 'section', received, id: `${issue.number}/${id}` },
    texts: { subject: `${title} ${topics.join(' ')}`, from: issue.editor, files: '', body: text },
    fact: {
      received,
      author: issue.editor,
      thread: place,
      lists: [],
      kinds: ['issue'],
      status: '',
      topics: [],
      ...(told && { tells: threadKey(told) }),
    },
    record: {
      kind: 'section',
      message: section.thread ?? '',
      title,
      from: issue.editor,
      received,
      thread: place,
      threadTitle: title,
      text: oneLine(text),
    },
  };
}

function threadOf(
  views: MailViews,
  discussion: Discussion,
): { readonly thread: string; readonly threadTitle: string } {
  const { prefix } = views.settings.site;
  const path = discussionPath(views, discussion);
  // The page that leads on to every message: which part of a long thread has it changes with each reply.
  return { thread: views.link(path).slice(prefix.length), threadTitle: discussion.subject.title };
}

function kindsOf(post: Post): readonly string[] {
  const mark = patchMark(post.subject);
  const kinds = ['message'];
  if (post.patch) kinds.push(mark?.place?.index === 0 ? 'cover' : 'patch');
  if (post.answers !== undefined && !post.patch) kinds.push('reply');
  return kinds;
}

/** The topics of `traffic.yaml` that a message of the thread is of, by subject, writer, list and time. */
function topicsOf({ settings }: MailViews, { posts }: Discussion): readonly string[] {
  const { topics } = settings;
  return Object.entries(topics)
    .filter(([, topic]) =>
      posts.some(
        ({ message, author }) =>
          (topic.subject?.some(pattern => pattern.test(message.subject)) ?? topic.body === undefined) &&
          (topic.people.length === 0 ||
            topic.people.some(person =>
              [author.name, author.address, message.from.address].some(
                one => one.toLowerCase() === person.toLowerCase(),
              ),
            )) &&
          (topic.lists.length === 0 || message.lists.some(list => topic.lists.includes(list))) &&
          message.received >= (topic.since ?? Number.NEGATIVE_INFINITY) &&
          message.received < (topic.until ?? Number.POSITIVE_INFINITY),
      ),
    )
    .map(([name]) => name);
}

/** What tells threads apart in a few letters. */
function threadKey({ root }: Discussion): string {
  return createHash('sha256').update(root).digest('base64url').slice(0, 8);
}
