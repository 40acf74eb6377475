import { z } from 'zod';
import { listName } from './list-names.ts';

/** A topic's name: it stands in commands and URLs. */
export const topicName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]*$/, 'is no name for a topic; use small letters, digits and "-"');

/** One pattern or more; a plain word is one. */
const patterns = z.preprocess(
  value => (typeof value === 'string' || typeof value === 'number' ? [value] : value),
  z.array(z.string().min(1, 'must not be empty').transform(toRegExp)).min(1, 'must not be empty').optional(),
);

const DAY = 'must be a day such as 2018-03-01';
const day = z.string({ error: DAY }).transform(toDay);

/** Somebody as settings name them. */
export const person = z
  .string()
  .min(1, 'must not be empty')
  .refine(text => !text.includes('<'), 'must be a name or an address, not both in one');

/** What a message must have to begin a topic's thread; the thread comes whole then, whatever the rest of it has. */
export const topic = z
  .strictObject({
    title: z.string().min(1, 'must not be empty').optional(),
    /** Regular expressions, in any case: one of these matches its subject … */
    subject: patterns,
    /** … or one of these its text. */
    body: patterns,
    /** Whole names or addresses, in any case: only what one of them wrote counts. */
    people: z.array(person).default([]),
    /** Names of lists: only what was on one of them counts. */
    lists: z.array(listName).default([]),
    /** The first day that counts, UTC. In seconds since 1970. */
    since: day.optional(),
    /** The day after the last that counts, UTC. In seconds since 1970. */
    until: day.optional(),
  })
  .refine(({ subject, body, people }) => subject || body || people.length > 0, {
    path: ['subject'],
    error: 'or body or people must say what the topic is about',
  })
  .refine(({ since, until }) => since === undefined || until === undefined || since < until, {
    path: ['until'],
    error: 'must be a day after since; it is the first day that counts no more',
  });

/** What `traffic.yaml` says of a topic. */
export type Topic = z.infer<typeof topic>;

function toRegExp(pattern: string, context: z.RefinementCtx): RegExp {
  try {
    return new RegExp(pattern, 'i');
  } catch (error) {
    const reason = (error as Error).message.replace(/^.*: /s, '').toLowerCase();
    context.addIssue({
      code: 'custom',
      message: `is no regular expression (${reason}); put a \\ before signs that stand for themselves`,
    });
    return z.NEVER;
  }
}

function toDay(text: string, context: z.RefinementCtx): number {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  if (!Number.isNaN(time) && new Date(time).toISOString().startsWith(text)) return time / 1000;
  context.addIssue({ code: 'custom', message: DAY });
  return z.NEVER;
}
