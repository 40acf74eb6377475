import { groupBy } from '../mail/group-by.ts';
import type { MessageId } from '../mail/message-id.ts';
import { BRIEF_SCHEMA, type Brief, MAX_LISTED, type Quotation } from './brief.ts';
import { Exchanges } from './facts/exchanges.ts';
import { kindOf, seriesPlace } from './facts/kind.ts';
import { positionsIn } from './facts/positions.ts';
import { type Hearing, hear, quotationOf, statementsThat } from './facts/statements.ts';
import { statusOf } from './facts/status.ts';
import { statsOf, timelineOf } from './facts/timeline.ts';
import { type RankedSentence, rankSentences } from './rank/rank.ts';
import { canBeQuoted, withoutItemMark } from './sentences/quotable.ts';
import { lettersOf } from './story/candidates.ts';
import { laterProse, prose } from './story/prose.ts';
import { choosePassages } from './story/selection.ts';
import type { BriefThread } from './thread.ts';

/** All that is made of a thread. */
export interface Summary {
  readonly brief: Brief;
  /** Markdown, with `mid:` links. */
  readonly prose: string;
  /** Every sentence that may be quoted, the best first. */
  readonly ranked: readonly RankedSentence[];
}

/** What the first message proposes is told in so many sentences. */
const MAX_PROPOSED = 3;

/** The brief of a thread, told and untold: no clock, no chance; the same thread gives the same bytes. */
export function summarize(thread: BriefThread): Summary {
  const { hearing, ranked, exchanges, brief } = read(thread);
  const passages = choosePassages(hearing, ranked, exchanges, brief.status);
  return { brief, prose: prose(hearing, brief, passages, exchanges), ranked };
}

/** What came in a thread after `since`, in seconds since 1970 UTC, as Markdown that goes on from a story of it; may be empty. */
export function continuation(thread: BriefThread, since: number): string {
  const { hearing, ranked, exchanges, brief } = read(thread);
  if (hearing.byTime.at(-1)!.message.received <= since) return '';
  const isLater = (id: MessageId) => hearing.of.get(id)!.message.received > since;
  const later = ranked.filter(({ sentence }) => isLater(sentence.message));
  const passages = choosePassages(hearing, later, exchanges, brief.status).filter(({ said }) =>
    isLater(said.message.id),
  );
  return laterProse(hearing, brief, passages, exchanges, since).trim();
}

function read(thread: BriefThread) {
  const hearing = hear(thread);
  const ranked = rankSentences(
    hearing.thread,
    hearing.said.map(({ statements }) => statements.map(({ sentence }) => sentence)),
  );
  const exchanges = new Exchanges(hearing);
  return { hearing, ranked, exchanges, brief: briefOf(hearing, ranked, exchanges) };
}

function briefOf(hearing: Hearing, ranked: readonly RankedSentence[], exchanges: Exchanges): Brief {
  const { thread, said, byTime, of } = hearing;
  const kind = kindOf(hearing);
  const first = said[0]!;
  // What the subject says already says nothing more.
  const title = lettersOf(first.message.subject.title);
  const proposed = quotableFirst(
    ranked.filter(
      ({ sentence, score }) =>
        sentence.message === first.message.id && score > 0 && lettersOf(sentence.text) !== title,
    ),
  ).map(({ sentence }) => quotationOf(first.message, withoutItemMark(sentence.text)));
  const human = byTime.filter(({ message }) => !message.author.robot);
  const objections = human.flatMap(one =>
    one.reviews
      .filter(review => review.kind === 'objected')
      .flatMap(({ words }) => one.statements.filter(({ sentence }) => sentence.text === words))
      .map(({ sentence }) => exchanges.exchange(one, sentence)),
  );
  const questions = human.flatMap(one =>
    statementsThat(one, 'asks').map(({ sentence }) => exchanges.exchange(one, sentence)),
  );
  const status = statusOf(hearing, kind, exchanges);
  return {
    schema: BRIEF_SCHEMA,
    root: thread.root,
    title: first.message.subject.title,
    kind,
    gist: proposed[0] ?? bestOf(ranked, of),
    proposed: proposed.slice(0, MAX_PROPOSED),
    series: seriesPlace(hearing),
    positions: positionsIn(hearing, ranked),
    objections: objections.slice(0, MAX_LISTED),
    status,
    questions: questions.slice(0, MAX_LISTED),
    numbers: human
      .flatMap(one =>
        statementsThat(one, 'measures').map(({ sentence }) => quotationOf(one.message, sentence.text)),
      )
      .slice(0, MAX_LISTED),
    timeline: timelineOf(hearing, status),
    stats: statsOf(hearing),
  };
}

/** Sentences that stand by themselves, then others, then those that point to a list below, each in order of preference. */
function quotableFirst(ranked: readonly RankedSentence[]): readonly RankedSentence[] {
  const [whole, others] = partition(ranked, canBeQuoted);
  const [open, telling] = partition(others, ({ text }) => text.endsWith(':'));
  return [...whole, ...telling, ...open];
}

function partition(
  ranked: readonly RankedSentence[],
  is: (sentence: RankedSentence['sentence']) => boolean,
): readonly [readonly RankedSentence[], readonly RankedSentence[]] {
  const parts = groupBy(ranked, ({ sentence }) => is(sentence));
  return [parts.get(true) ?? [], parts.get(false) ?? []];
}

/** The best sentence of any message, where the first says none. */
function bestOf(ranked: readonly RankedSentence[], of: Hearing['of']): Quotation | undefined {
  const best = quotableFirst(ranked.filter(({ score }) => score > 0))[0]?.sentence;
  return best && quotationOf(of.get(best.message)!.message, withoutItemMark(best.text));
}
