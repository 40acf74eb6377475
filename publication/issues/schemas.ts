import { z } from 'zod';
import { type MessageId, ownMessageId } from '../../mail/message-id.ts';
import { isDay } from '../calendar.ts';

/** What can stand between the lines `---` of an issue's files, and in its corrections. */

/** A day of the calendar. */
export const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a day such as 2018-03-28')
  .refine(isDay, 'must be a day of the calendar');
/** A SHA-256, in small hex digits. */
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in hex');
/** One line of words. */
export const line = z
  .string()
  .refine(text => text.trim() !== '' && !text.includes('\n'), 'must be one line of words');
const url = z.url({ protocol: /^https?$/, error: 'must be an address that begins with http:// or https://' });
/** The name of a section's file is its anchor, and stays. */
export const sectionId = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]{0,60}$/,
    'must be the name of a file without .md, of small letters, digits and hyphens',
  )
  .refine(
    text => !/^(?:[a-z]\d+|main|issue|corrections)$/.test(text),
    'is a name that the page itself needs',
  );

const messageId = z.string().transform((text, context): MessageId => {
  const id = ownMessageId(text.replace(/^mid:/, ''));
  if (id) return id;
  context.addIssue({ code: 'custom', message: 'must be a Message-ID such as 20180305@example.org' });
  return z.NEVER;
});

const count = z.number().int().nonnegative();

const statsSchema = z.strictObject({
  posts: count.optional(),
  kilobytes: count.optional(),
  contributors: count.optional(),
  multiples: count.optional(),
  lastweek: count.optional(),
  posters: z
    .array(
      z.strictObject({ name: line, address: line.optional(), posts: count, kilobytes: count.optional() }),
    )
    .default([]),
});

export const issueSchema = z.strictObject({
  number: z.number().int().positive().optional(),
  date: day,
  editor: line,
  title: z.string().default(''),
  period: z
    .strictObject({ since: day, until: day })
    .refine(({ since, until }) => since <= until, 'must not end before it begins')
    .optional(),
  stats: statsSchema.optional(),
  sections: z
    .array(sectionId)
    .default([])
    .refine(ids => new Set(ids).size === ids.length, 'names a section twice'),
});

export const sectionSchema = z.strictObject({
  thread: messageId.optional(),
  title: line,
  topics: z.array(line).default([]),
  mentions: z.array(line).default([]),
  subject: line.optional(),
  archive: url.optional(),
  posts: count.optional(),
  first: day.optional(),
  last: day.optional(),
});

export const correctionsSchema = z.strictObject({
  corrections: z
    .array(
      z.strictObject({
        date: day,
        section: sectionId.optional(),
        kind: z.enum(['fact', 'attribution', 'typo', 'link'], 'must be fact, attribution, typo or link'),
        was: z.string(),
        is: z.string(),
        thanks: line.optional(),
      }),
    )
    .default([]),
});
