import type { Brief, StatusValue } from '../../briefs/brief.ts';
import type { MessageId } from '../../mail/message-id.ts';
import { versionLabel } from '../../mail/series/patch-mark.ts';
import { isIn, type Span } from '../../publication/calendar.ts';
import type { Discussion, Site } from '../model.ts';
import { type Activity, activityIn } from './activity.ts';
import type { Coverage } from './coverage.ts';

/** What moved in a thread after a section had told of it. */
export interface Covered {
  readonly coverage: Coverage;
  /** What people wrote. */
  readonly since: Activity;
  /** An outcome since then. */
  readonly outcome: StatusValue | undefined;
  /** A later version of its patches that came since then, and that the section does not tell of. */
  readonly version: { readonly label: string; readonly message: MessageId } | undefined;
}

/** What moved in a thread between what a section tells of it and the time `to`. */
export function movedSince(
  site: Site,
  discussion: Discussion,
  brief: Pick<Brief, 'status' | 'timeline'>,
  coverage: Coverage,
  to: number,
): Covered {
  const time = { from: coverage.until + 1, to };
  const versions = site.series.of(discussion.posts[0]!.message)?.told.series.versions ?? [];
  const later = versions
    .map(({ set }) => set)
    .findLast(
      ({ first, all }) => isIn(time, first) && !all.some(({ message }) => coverage.cited.has(message.id)),
    );
  return {
    coverage,
    since: activityIn(discussion, time),
    outcome: outcomeIn(brief, time),
    version: later && { label: versionLabel(later.mark), message: later.head.message.id },
  };
}

/** Whether anything moved that a reader should hear of. */
export function hasMoved({ since, outcome, version }: Covered): boolean {
  return since.posts.length > 0 || outcome !== undefined || version !== undefined;
}

const OUTCOMES: ReadonlySet<string> = new Set<StatusValue>([
  'merged',
  'applied',
  'partly applied',
  'withdrawn',
  'refused',
]);

/** What became of a thread within a time, by the message that says so. */
export function outcomeIn(
  { status, timeline }: Pick<Brief, 'status' | 'timeline'>,
  time: Span,
): StatusValue | undefined {
  const isSo = timeline.some(({ event, at }) => event === status.value && isIn(time, at));
  return OUTCOMES.has(status.value) && isSo ? status.value : undefined;
}
