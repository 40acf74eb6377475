import { addDays, type Period, spanOf, weekOf } from '../../publication/calendar.ts';
import type { CandidateView, DeskView } from '../../templates/desk.ts';
import { briefView } from '../briefs.ts';
import { DOUBTS } from '../doubts.ts';
import { gistOf, wholeSentences } from '../gists.ts';
import { discussionPath } from '../mail-views.ts';
import { fixedPath } from '../permalinks.ts';
import { shellQuoted } from '../reply.ts';
import type { Views } from '../views.ts';
import type { Candidate } from './candidates.ts';
import type { Desk } from './desk.ts';
import { titleOf } from './section-text.ts';
import { historyWords, reasonWords } from './wording.ts';

/** An editor looks through so many. */
const SHOWN = 30;
const GIST_LETTERS = 320;

/** The desk as its page shows it; `faults` are what keeps issues from being read. */
export function deskView(
  views: Views,
  { period, candidates }: Desk,
  faults: readonly { readonly message: string }[],
): DeskView {
  const { since, until } = period;
  const days = daysOption(period);
  const { from, to } = spanOf(period, views.site.publication.settings.site.timezone);
  const hrefOf = (day: string) => views.link(fixedPath(`/desk/${weekOf(day)}/`));
  return {
    href: views.link(fixedPath('/desk/')),
    first: from,
    last: to - 1,
    doubts: { href: views.link(DOUBTS), count: views.site.doubts.length },
    before: { words: weekOf(addDays(since, -1)), href: hrefOf(addDays(since, -1)) },
    after: { words: weekOf(addDays(until, 1)), href: hrefOf(addDays(until, 1)) },
    command: `traffic draft ${days}`,
    faults: faults.map(({ message }) => message),
    total: candidates.length,
    candidates: candidates.slice(0, SHOWN).map(one => candidateView(views, one, days)),
  };
}

/** How commands are told which days are meant. */
function daysOption({ since, until }: Period): string {
  const isWeek = addDays(since, 6) === until && weekOf(since) === weekOf(until);
  return isWeek ? `--week ${weekOf(since)}` : `--since ${since} --until ${until}`;
}

function candidateView(views: Views, candidate: Candidate, days: string): CandidateView {
  const { discussion, told, active, score, reasons } = candidate;
  const { status, gist } = gistOf(told);
  return {
    score,
    href: views.link(discussionPath(views, discussion)),
    tag: discussion.subject.tags.join(' '),
    title: titleOf(discussion),
    status,
    posts: active.posts.length,
    people: active.voices.length,
    total: discussion.posts.length,
    first: discussion.first,
    last: discussion.last,
    lists: discussion.lists,
    gist: gist ? { words: wholeSentences(gist.text, GIST_LETTERS), speaker: gist.speaker } : undefined,
    reasons: reasons.map(reasonWords),
    history: historyWords(candidate),
    brief: briefView(views, told),
    command: `traffic draft ${shellQuoted(discussion.root)} ${days}`,
  };
}
