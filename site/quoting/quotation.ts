import { blockQuotation, inlineQuotation, MAX_INLINE_WORDS } from '../../briefs/citations.ts';
import type { MessageId } from '../../mail/message-id.ts';

/** The words of a message as Markdown that quotes them: within a sentence where they are few, else as a block with its sender's name. */
export function quotationFor(
  words: string,
  { id, name }: { readonly id: MessageId; readonly name: string },
): string {
  const text = words.trim();
  const isShort = !/\n\s*\n/.test(text) && text.split(/\s+/).length <= MAX_INLINE_WORDS;
  return isShort ? inlineQuotation(text, id, true) : `${blockQuotation(text, name, id)}\n`;
}
