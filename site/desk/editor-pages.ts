import { Archive } from '../../ingest/archive/archive.ts';
import type { MessageId } from '../../mail/message-id.ts';
import { daysOfWeek } from '../../publication/calendar.ts';
import { readIssues } from '../../publication/issues/read.ts';
import { deskPage } from '../../templates/desk.ts';
import { DOUBTS, doubtsMarkup } from '../doubts.ts';
import type { Discussion } from '../model.ts';
import { anchor, fixedPath, type SitePath } from '../permalinks.ts';
import type { Views } from '../views.ts';
import type { Brought } from './candidates.ts';
import { lastDays, readDesk } from './desk.ts';
import { deskView } from './desk-view.ts';

/** A message as the Quote button cites it. */
export interface Quotable {
  readonly id: MessageId;
  /** Its sender. */
  readonly name: string;
}

/** What is an editor's alone: `traffic serve` shows it, and it is no part of the site. */
export interface EditorPages {
  /** The markup of a page, made when it is asked for; undefined where the desk has no such page. */
  page(path: SitePath): Promise<string | undefined>;
  /** The message of an anchor. */
  messageOf(anchor: string): Quotable | undefined;
}

const DESK = fixedPath('/desk/');

/** The editor's pages of a site as it was built. */
export function editorPages(views: Views): EditorPages {
  const { site } = views;
  // Those of the week that was asked for last: a thread is told as it stood at its end.
  let briefs: { readonly until: string; readonly known: Map<Discussion, Brought> } | undefined;
  let messages: ReadonlyMap<string, Quotable> | undefined;
  const desk = async (week: string | undefined) => {
    const days = week === undefined ? lastDays(site) : daysOfWeek(week);
    if (!days) return undefined;
    if (briefs?.until !== days.until) briefs = { until: days.until, known: new Map() };
    const { known } = briefs;
    // Read anew each time: what the editor has drafted since is covered.
    const { issues, faults } = readIssues(site.publication.folder);
    const archive = Archive.open(site.publication.archiveFile);
    try {
      const view = deskView(views, await readDesk(archive, site, days, issues, { known }), faults);
      return String(deskPage(views.frame, views.dates, view));
    } finally {
      archive.close();
    }
  };
  return {
    async page(path) {
      if (path === DOUBTS) return doubtsMarkup(views);
      const [, week] = /^\/desk\/(?:(\d{4}-W\d\d)\/)?$/.exec(path) ?? [];
      return path === DESK || week !== undefined ? desk(week) : undefined;
    },
    messageOf(name) {
      messages ??= new Map(
        site.posts.map(({ message: { id }, author }) => [anchor(id), { id, name: author.name }]),
      );
      return messages.get(name);
    },
  };
}
