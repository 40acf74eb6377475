import type { MessageId } from '../mail/message-id.ts';
import type { BriefMessage, BriefThread } from './thread.ts';

/** What a story tells of a thread. */
export interface Coverage {
  readonly thread: BriefThread;
  /** The messages that it quotes or links to. */
  readonly cited: ReadonlySet<MessageId>;
  /** Those that earlier stories of the thread did: what was told then need not be told again. */
  readonly toldBefore?: ReadonlySet<MessageId>;
  /** Those that it quotes. */
  readonly quoted: ReadonlySet<MessageId>;
  /** When it was told, in seconds since 1970 UTC: what came later is no part of it. */
  readonly until: number;
}

/** What somebody who tells a thread should look at. */
export interface Remark {
  readonly severity: 'warning' | 'note';
  readonly rule: string;
  readonly message: string;
}

/** Something that stories are looked through for; `messages` are the thread's at the time, by when they were received. */
interface CoverageRule extends Pick<Remark, 'severity' | 'rule'> {
  remark(coverage: Coverage, messages: readonly BriefMessage[]): string | undefined;
}

/** What stories are looked through for. */
const COVERAGE_RULES: readonly CoverageRule[] = [
  { severity: 'warning', rule: 'newest-untold', remark: newestUntold },
  { severity: 'warning', rule: 'one-side', remark: oneSide },
  { severity: 'note', rule: 'share', remark: share },
];

/** What is to be said of how a story covers its thread. */
export function checkCoverage(coverage: Coverage): readonly Remark[] {
  const messages = coverage.thread.messages
    .filter(({ received, author }) => received <= coverage.until && !author.robot)
    .sort((a, b) => a.received - b.received);
  if (messages.length === 0) return [];
  return COVERAGE_RULES.flatMap(({ severity, rule, remark }) => {
    const message = remark(coverage, messages);
    return message === undefined ? [] : [{ severity, rule, message }];
  });
}

/** A story that tells of something later goes beyond the newest of its days. */
function newestUntold(
  { thread, cited, toldBefore }: Coverage,
  messages: readonly BriefMessage[],
): string | undefined {
  const { id, author, received: newest } = messages.at(-1)!;
  const isTold = thread.messages.some(({ id, received }) => received >= newest && cited.has(id));
  if (messages.length === 1 || isTold || toldBefore?.has(id)) return undefined;
  return `The newest message of the thread, <${id}> by ${author.name}, is not mentioned; see whether the story ends before it.`;
}

function oneSide({ quoted }: Coverage, messages: readonly BriefMessage[]): string | undefined {
  const speakers = peopleOf(messages.filter(({ id }) => quoted.has(id)));
  const others = [...peopleOf(messages)].filter(([key]) => !speakers.has(key)).map(([, name]) => name);
  const [only] = speakers.values();
  if (speakers.size !== 1 || others.length === 0) return undefined;
  const shown = others.length > 3 ? [...others.slice(0, 2), `${others.length - 2} others`] : others;
  return `Only ${only} is quoted, and ${shown.join(', ')} wrote as well; let another side speak.`;
}

function share({ cited }: Coverage, messages: readonly BriefMessage[]): string {
  const told = messages.filter(({ id }) => cited.has(id));
  return `${told.length} of ${messages.length} messages are cited, by ${peopleOf(told).size} of ${peopleOf(messages).size} people.`;
}

/** Names by key. */
function peopleOf(messages: readonly BriefMessage[]): ReadonlyMap<string, string> {
  return new Map(messages.map(({ author }) => [author.key, author.name]));
}
