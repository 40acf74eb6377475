import { patchMark, versionLabel } from '../../mail/series/patch-mark.ts';
import type { Kind, SeriesPlace } from '../brief.ts';
import { type Hearing, type Said, statementsThat } from './statements.ts';

const ANNOUNCEMENT =
  /^\[(?:ANNOUNCE|ANN|RELEASE)\b|^(?:announce(?:ment)?:|linux \d)|\b(?:released|is out|call for (?:papers|proposals|topics))\s*$/i;
const BUG =
  /\b(?:bugs?|oops|panic|crash(?:e[sd])?|hangs?|deadlock|regression|KASAN|KMSAN|UBSAN|KCSAN|lockdep|use-after-free|null pointer|segfault|(?:build|compile|boot|link)\w* (?:failure|error|warning)s?|fails? to|broken|breaks?|undefined reference)\b|^(?:WARNING|INFO|general protection fault)\b|\bdoesn't (?:work|boot|build)/i;
/** A first message of more sentences explains something, whatever it asks besides. */
const MAX_ASKING = 8;

/** What sort of thread it is, by its first message. */
export function kindOf({ said }: Hearing): Kind {
  const first = said[0]!;
  const { subject } = first.message;
  // What a message that is not there asked or offered, its answers do not tell.
  if (subject.reply) return 'discussion';
  const mark = patchMark(subject);
  if (mark?.kind === 'pull') return 'pull request';
  if (mark) return patchesIn(said) > 1 || mark.place?.index === 0 ? 'patch series' : 'patch';
  const line = [...subject.tags, subject.title].join(' ');
  if (ANNOUNCEMENT.test(line)) return 'announcement';
  const { robot, autoReply } = first.message.author;
  if (robot && !autoReply) return 'bug report';
  if (isQuestion(first)) return 'question';
  return BUG.test(line) ? 'bug report' : 'discussion';
}

/** The place of a thread's patches among versions; undefined for a thread that offers none. */
export function seriesPlace({ said, thread }: Hearing): SeriesPlace | undefined {
  const mark = patchMark(said[0]!.message.subject);
  if (mark?.kind !== 'patch') return undefined;
  const { supersededBy: later } = thread;
  return {
    version: versionLabel(mark),
    patches: patchesIn(said),
    promised: mark.place?.total ?? 1,
    supersededBy: later && { version: later.label, message: later.message },
  };
}

/**
 * How many patches of the series that the first message begins its author posted in the thread: one where it begins
 * none, whatever else stands below it. Some are sent again, or anew in answer.
 */
function patchesIn(said: readonly Said[]): number {
  const first = patchMark(said[0]!.message.subject);
  const total = first?.place?.total;
  if (total === undefined) return 1;
  const places = said.flatMap(({ byProposer, message: { subject } }) => {
    const mark = byProposer ? patchMark(subject) : undefined;
    // Whoever types the cover letter's version by hand may leave it out of the patches' subjects.
    const isOther = mark?.versioned && mark.version.join() !== first!.version.join();
    const index = mark?.kind === 'patch' && !isOther ? mark.place?.index : undefined;
    return index === undefined || index === 0 || index > total ? [] : [index];
  });
  return new Set(places).size;
}

function isQuestion(first: Said): boolean {
  const { subject, blocks } = first.message;
  if (blocks.some(({ kind }) => kind === 'diff')) return false;
  const { title } = subject;
  if (
    /\?\s*$/.test(title) ||
    /^(?:question|how (?:to|do|can)|what (?:is|are)|why\b|is (?:it|there)\b)/i.test(title)
  )
    return true;
  const { length } = first.statements;
  return !BUG.test(title) && length > 0 && length <= MAX_ASKING && statementsThat(first, 'asks').length > 0;
}
