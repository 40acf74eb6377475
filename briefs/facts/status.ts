import { endingOf } from '../../mail/series/ending.ts';
import type { Review, ReviewKind } from '../../mail/series/review.ts';
import { type Kind, MAX_LISTED, type Quotation, type Status } from '../brief.ts';
import type { Exchanges } from './exchanges.ts';
import { type Hearing, placeOf, quotationOf, type Said, statementsThat } from './statements.ts';

const THANKS: ReadonlySet<ReviewKind> = new Set(['acked', 'reviewed', 'tested']);

/**
 * How a thread ended, as far as its own messages tell: the strongest of merged, applied, withdrawn, refused,
 * superseded, changes promised, reviewed; of one kind the last word counts. No verdict is made of an objection.
 */
export function statusOf(hearing: Hearing, kind: Kind, exchanges: Exchanges): Status {
  const { byTime, said, thread } = hearing;
  const ended = endOfPatches(hearing);
  if (ended) return ended;
  if (thread.supersededBy) return { value: 'superseded', evidence: [] };
  const promised = lastPromise(hearing, kind);
  if (promised) return { value: 'changes promised', evidence: [promised] };
  const thanks = said[0]!.message.subject.reply ? [] : thanksIn(byTime);
  if (thanks.length > 0) return { value: 'reviewed', evidence: thanks.slice(0, MAX_LISTED) };
  const answer = kind === 'question' ? answerIn(said[0]!, exchanges) : undefined;
  if (answer) return { value: 'answered', evidence: [answer] };
  const { key } = said[0]!.message.author;
  const replied = said.some(({ message: { author } }) => author.key !== key && !author.robot);
  return { value: replied ? 'discussed' : 'no reply', evidence: [] };
}

/** The trailers by which people gave their names to patches. Of patches that are not there it is not known what came of them. */
function thanksIn(byTime: readonly Said[]): readonly Quotation[] {
  return byTime.flatMap(one =>
    one.reviews.filter(({ kind }) => THANKS.has(kind)).map(review => reviewQuotation(one, review)),
  );
}

/** What answers say of the patches, put together as for their series. */
function endOfPatches({ byTime, said }: Hearing): Status | undefined {
  const total = placeOf(said[0]!.message.subject)?.total ?? 1;
  const reviews = byTime.flatMap(one =>
    one.reviews.map(review => ({ review, by: one.message.author.key, index: one.patch, one })),
  );
  const ending = endingOf(total, reviews);
  if (!ending) return undefined;
  const { kind, part, shownBy } = ending;
  // Some patches may be refused and the others discussed for long.
  if (kind === 'nacked' && part) return undefined;
  const whole = kind === 'nacked' ? 'refused' : kind;
  const evidence = shownBy.slice(-MAX_LISTED).map(({ one, review }) => reviewQuotation(one, review));
  return { value: part ? 'partly applied' : whole, evidence };
}

function reviewQuotation({ message }: Said, { words }: Review): Quotation {
  return quotationOf(message, words);
}

/**
 * The last sentence in which the proposer promises a change or another version; a bug may be anybody's to mend. What is
 * said beside patches or before anybody answered is a plan.
 */
function lastPromise({ byTime, said: [first] }: Hearing, kind: Kind): Quotation | undefined {
  const able = byTime.filter(
    said =>
      (said.byProposer || kind === 'bug report') &&
      said !== first &&
      !said.offers &&
      !said.message.author.robot,
  );
  for (const said of able.toReversed()) {
    const promise =
      statementsThat(said, 'announces version').at(-1) ?? statementsThat(said, 'promises').at(-1);
    if (promise) return quotationOf(said.message, promise.sentence.text);
  }
  return undefined;
}

/** What somebody wrote directly below the first message's question; to ask back is no answer. */
function answerIn(first: Said, exchanges: Exchanges): Quotation | undefined {
  for (const { sentence } of statementsThat(first, 'asks')) {
    const answer = exchanges.answerTo(first, sentence);
    if (answer && !answer.sentence.text.endsWith('?'))
      return quotationOf(answer.said.message, answer.sentence.text);
  }
  return undefined;
}
