import { addTo } from '../../mail/group-by.ts';
import type { MessageId } from '../../mail/message-id.ts';
import type { CheckedIssues } from './checked.ts';

/** A place in an issue that quotes a message. */
export interface QuotedPlace {
  readonly issue: number;
  /** The section's name and its number; undefined in an introduction. */
  readonly section: string | undefined;
  readonly number: number;
  /** The words, as the issue writes them and as it shows them: one of these is the mail's. */
  readonly words: readonly string[];
}

/** Where messages are quoted, by issue. */
export type QuotedIn = ReadonlyMap<MessageId, readonly QuotedPlace[]>;

/** Where messages are quoted in issues; quotations that are not true are left out. */
export function quotedIn({ issues, quotations }: CheckedIssues): QuotedIn {
  const places = new Map<MessageId, QuotedPlace[]>();
  for (const { number: issue, introduction, sections } of issues) {
    const proses = [{ id: undefined, prose: introduction }, ...sections];
    for (const [number, { id: section, prose }] of proses.entries())
      for (const { verdict, quotation } of quotations.get(prose) ?? []) {
        if (verdict !== 'ok') continue;
        const words = [...new Set([quotation.text.written, quotation.text.shown])];
        addTo(places, quotation.id!, { issue, section, number, words });
      }
  }
  return places;
}
