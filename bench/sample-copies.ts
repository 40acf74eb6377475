import fs from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { mboxrdEntry } from '../ingest/files/mbox.ts';
import { messagesOf } from './mbox-file.ts';

/** How much to write: whichever is reached first ends it. */
export interface Enough {
  readonly messages?: number;
  readonly bytes?: number;
}

/** The mail of the sample list. */
export const SAMPLE = path.join(
  path.dirname(fileURLToPath(import.meta.url)),
  '..',
  'sample',
  'linux-example.mbox',
);
const ID_FIELDS = /^(?:message-id|in-reply-to|references):.*(?:\r?\n[ \t].*)*/gim;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const DAY = new RegExp(`\\b(\\d{1,2}) (${MONTHS.join('|')}) (\\d{4})\\b`, 'g');
const WEEK_MILLISECONDS = 7 * 86_400_000;
/** Copies lie a week apart, as threads of a list overlap; after ten years they begin again. */
const WEEKS = 520;

/**
 * Writes an mboxrd file of the sample list's mail, again and again, each copy with Message-IDs and dates of its
 * own. The same `enough` always gives the same bytes; they are made while they are written, and never held.
 */
export async function writeCopies(file: string, enough: Enough): Promise<void> {
  const sample: string[] = [];
  for await (const raw of messagesOf(SAMPLE)) sample.push(raw.toString('latin1'));
  await pipeline(Readable.from(copies(sample, enough)), fs.createWriteStream(file));
}

function* copies(sample: readonly string[], { messages, bytes }: Enough): Generator<Buffer> {
  let left = messages ?? Number.POSITIVE_INFINITY;
  let room = bytes ?? Number.POSITIVE_INFINITY;
  for (let copy = 1; ; copy++) {
    for (const message of sample) {
      const entry = mboxrdEntry(Buffer.from(copied(message, copy), 'latin1')).bytes;
      room -= entry.length;
      left--;
      if (left < 0 || room < 0) return;
      yield entry;
    }
  }
}

/** A message as that of another week, with ids of its own. A message without an id is told apart by the new field. */
function copied(message: string, copy: number): string {
  const end = message.search(/\r?\n\r?\n/);
  const header = message
    .slice(0, end)
    .replace(ID_FIELDS, field => field.replace(/<([^<>@]*)@/g, `<$1.${copy}@`))
    .replace(DAY, (_, day, month, year) => laterDay(Number(day), month, Number(year), copy % WEEKS));
  return `${header}\nX-Copy: ${copy}${message.slice(end)}`;
}

/** Whole weeks, so that the name of the weekday before it stays true. */
function laterDay(day: number, month: string, year: number, weeks: number): string {
  const date = new Date(Date.UTC(year, MONTHS.indexOf(month), day) + weeks * WEEK_MILLISECONDS);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}
