import { addTo } from '../../mail/group-by.ts';
import type { MessageId } from '../../mail/message-id.ts';
import { withoutMarks } from '../../mail/quote-marks.ts';
import type { Sentence } from '../sentences/sentences.ts';
import type { BriefMessage } from '../thread.ts';

/** So many letters at its beginning tell a sentence from the others of its message, */
const BEGINNING = 40;
/** and so few may stand in any. */
const MIN_BEGINNING = 15;
/** Farther down in a message nothing is looked for, so that the time taken is that of reading what is quoted. */
const MAX_INDEX = 30;

/**
 * The sentences that somebody quoted: of what people answer they leave standing what matters. Found by how they
 * begin in the quotations that were proved to come from their message.
 */
export function quotedLater(
  messages: readonly BriefMessage[],
  sentences: readonly (readonly Sentence[])[],
): ReadonlySet<Sentence> {
  const quotations = new Map<MessageId, string[]>();
  for (const { blocks } of messages)
    for (const block of blocks)
      for (const { start, end, source } of block.runs ?? [])
        if (source !== undefined)
          for (const line of block.lines.slice(start, end))
            addTo(quotations, source, withoutMarks(line).trim());
  const quoted = new Set<Sentence>();
  for (const [at, { id }] of messages.entries()) {
    const text = quotations.get(id)?.join(' ') ?? '';
    for (const sentence of sentences[at]!.slice(0, MAX_INDEX)) {
      const beginning = sentence.text.slice(0, BEGINNING);
      if (beginning.length >= MIN_BEGINNING && text.includes(beginning)) quoted.add(sentence);
    }
  }
  return quoted;
}
