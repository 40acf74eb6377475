import type { Settings } from '../publication/traffic-yaml.ts';
import { createDates, type Dates } from '../templates/dates.ts';
import type { Frame } from '../templates/frame.ts';
import { type Elsewhere, elsewhereBy, type Whereabouts } from './elsewhere.ts';
import { type Discussion, type Post, partOf } from './model.ts';
import { anchor, href, type Permalinks, partPath, type SitePath } from './permalinks.ts';

/** The settings that pages of mail are made by. */
export type MailSettings = Pick<Settings, 'site' | 'privacy' | 'commits' | 'topics'>;

/** Those of a publication's settings that pages of mail are made by: a change of others does not change these pages. */
export function mailSettings({ site, privacy, commits, topics }: Settings): MailSettings {
  return { site, privacy, commits, topics };
}

/** What turns mail into what templates show: links made, dates formatted, addresses masked. Nothing of it is one thread's. */
export interface MailViews {
  readonly settings: MailSettings;
  readonly frame: Frame;
  readonly dates: Dates;
  readonly links: Permalinks;
  /** Where messages are, and who wrote: what `elsewhere` answers by. */
  readonly whereabouts: Whereabouts;
  readonly elsewhere: Elsewhere;
  /** A path as a link. */
  link(path: SitePath, fragment?: string): string;
}

/** The views of mail under `settings`. */
export function createMailViews(
  settings: MailSettings,
  frame: Frame,
  links: Permalinks,
  whereabouts: Whereabouts,
): MailViews {
  const { prefix, language, timezone } = settings.site;
  const link: MailViews['link'] = (path, fragment) => href(prefix, path, fragment);
  return {
    settings,
    frame,
    dates: createDates(language, timezone),
    links,
    whereabouts,
    elsewhere: elsewhereBy(whereabouts, links, link),
    link,
  };
}

/** Whether the site hides senders' addresses, and with them raw mail and mbox files. */
export function isMasked({ settings }: Pick<MailViews, 'settings'>): boolean {
  return settings.privacy.addresses === 'mask';
}

/** What has the permalinks of a site. */
type HasLinks = Pick<MailViews, 'links'>;

/** The path of a thread's page. */
export function discussionPath({ links }: HasLinks, discussion: Pick<Discussion, 'list' | 'root'>): SitePath {
  return links.thread(discussion.list, discussion.root);
}

/** The path of a message's own page, which lies under the first of its lists. */
export function postPath({ links }: HasLinks, { message }: Post): SitePath {
  return links.message(message.lists[0]!, message.id);
}

/** The link of a message on its thread's page, or on the one of its pages that has it. */
export function postHref(
  views: Pick<MailViews, 'links' | 'link'>,
  discussion: Discussion,
  post: Post,
): string {
  const path = partPath(discussionPath(views, discussion), partOf(discussion, post));
  return views.link(path, anchor(post.message.id));
}
