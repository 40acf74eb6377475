import type { BriefMessage, BriefThread } from '../../briefs/thread.ts';
import { type Finding, holdThreads, type VerifyOptions, verifyProse } from '../../briefs/verify.ts';
import { parseBody } from '../../mail/body.ts';
import type { MessageId } from '../../mail/message-id.ts';
import { proveQuotations } from '../../mail/quotes.ts';
import { parseSubject } from '../../mail/subject.ts';
import { ThreadWords } from '../../mail/thread-words.ts';

/** A message of a made-up thread. */
export interface SaidMail {
  /** `lock` of the id `lock@example.org`. */
  readonly id: string;
  readonly by: string;
  readonly text: string;
  /** The id of what it answers. */
  readonly to?: string;
  readonly subject?: string;
  /** When it was received: ISO 8601. */
  readonly at?: string;
}

/** A message's id by its short name. */
export const idOf = (name: string) => `${name}@example.org` as MessageId;

/** A thread whose quotations are proved, as those of the archive are. */
export function threadOf(said: readonly SaidMail[]): BriefThread {
  const words = new ThreadWords();
  const messages: BriefMessage[] = [];
  for (const { id, by, text, to, subject = 'the lock', at = '2018-03-05T10:00:00Z' } of said) {
    const above = messages.find(message => to !== undefined && message.id === idOf(to));
    const ancestors = above ? [{ id: above.id, samePerson: above.author.name === by }] : [];
    const blocks = proveQuotations(words, { blocks: parseBody(text), ancestors });
    words.add(idOf(id), blocks);
    const address = `${by.toLowerCase().replace(/[^a-z]+/g, '.')}@example.org`;
    messages.push({
      id: idOf(id),
      parent: above?.id,
      received: Date.parse(at) / 1000,
      author: { key: address, name: by, address, robot: /\bbot\b/.test(by) },
      subject: parseSubject(subject),
      blocks,
    });
  }
  return { root: messages[0]!.id, messages };
}

/** What is found in `prose`, of which `thread` is all that is held. */
export function findingsIn(thread: BriefThread, prose: string, options?: VerifyOptions): readonly Finding[] {
  return verifyProse(prose, holdThreads([thread]), options).findings;
}

/** Findings as tests tell them: `error wrong-speaker 1:12`. */
export function told(findings: readonly Finding[]): readonly string[] {
  return findings.map(({ severity, rule, line, column }) => `${severity} ${rule} ${line}:${column}`);
}

/** Prose whose ids are written short: `(mid:ada)` for `(mid:ada@example.org)`. */
export function written(prose: string): string {
  return prose.replace(/\(mid:(\w+)\)/g, '(mid:$1@example.org)');
}

/** A thread of four about a lock, with all that quotations are checked for. */
export const LOCK_THREAD = threadOf([
  {
    id: 'ada',
    by: 'Ada Example',
    subject: '[PATCH v3 2/7] lock: take it first',
    text: `Hello all,

The table of entries is copied before the
lock is taken, and nobody looks at it again until the next
timer fires — I would rather take the lock first. It isn't
unlikely to be 3.5 times slower on v5.9-rc1, see 1234567890ab.

We *really* need \`take_lock()\` here, and a_b_c too.

Signed-off-by: Ada Example <ada@example.org>
Cc: Linus Sample <linus@example.org>
--
Wisdom is cheap and signatures are long.
`,
  },
  {
    id: 'ben',
    by: 'Ben Sample',
    to: 'ada',
    at: '2018-03-07T10:00:00Z',
    text: `On Monday, Ada Example wrote:
> The table of entries is copied before the
> lock is taken, and nobody looks at it again until the next

That was so in the old code, and nobody minded.

> somebody who is not here said this once

The lock may sleep, and its caller may not.
`,
  },
  {
    id: 'miller1',
    by: 'David Miller',
    to: 'ben',
    text: 'Both of you are right about the timer.\n',
  },
  { id: 'miller2', by: 'David Laight', to: 'ben', text: 'The timer is not the problem at all.\n' },
]);
