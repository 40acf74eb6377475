import { z } from 'zod';

/** A topic's name: it stands in commands and URLs. */
export const topicName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]*$/, 'must be a name of small letters, digits and "-"');

/** One pattern or more; a plain word is one. */
const patterns = z.preprocess(
  value => (typeof value === 'string' ? [value] : value),
  z.array(z.string().min(1, 'must not be empty').transform(toRegExp)).min(1, 'must not be empty').optional(),
);

const day = z.string().transform(toDay);

/** What a thread must have to be of a topic. */
export const topic = z
  .strictObject({
    title: z.string().min(1, 'must not be empty').optional(),
    /** Regular expressions, in any case. One that matches the subject of a message … */
    subject: patterns,
    /** … or its text makes the message's thread one of the topic. */
    body: patterns,
    /** Names or addresses: only what one of them wrote counts. */
    people: z.array(z.string().min(1, 'must not be empty')).default([]),
    /** Names of lists: only what was on one of them counts. */
    lists: z.array(z.string().min(1, 'must not be empty')).default([]),
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
    error: 'must be later than since',
  });

/** What `traffic.yaml` says of a topic. */
export type Topic = z.infer<typeof topic>;

function toRegExp(pattern: string, context: z.RefinementCtx): RegExp {
  try {
    return new RegExp(pattern, 'i');
  } catch (error) {
    const reason = (error as Error).message.replace(/^.*: /s, '');
    context.addIssue({
      code: 'custom',
      message: `is no pattern (${reason}); put a \\ before signs that stand for themselves`,
    });
    return z.NEVER;
  }
}

function toDay(text: string, context: z.RefinementCtx): number {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  if (!Number.isNaN(time) && new Date(time).toISOString().startsWith(text)) return time / 1000;
  context.addIssue({ code: 'custom', message: 'must be a day such as 2018-03-01' });
  return z.NEVER;
}
