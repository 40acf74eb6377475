import type { Quotation } from '../briefs/brief.ts';
import { splitParagraph } from '../briefs/sentences/split.ts';
import type { Summary } from '../briefs/summarize.ts';
import type { MessageId } from '../mail/message-id.ts';
import { visible } from '../mail/printable.ts';
import type { StatusView } from '../templates/status.ts';
import { statusView } from './status-view.ts';

/** What front pages tell of a thread: kept when its brief is not. */
export interface ThreadGist {
  readonly status: StatusView;
  readonly gist: Quotation | undefined;
}

/** The gist of a brief. */
export function gistOf({ brief }: Pick<Summary, 'brief'>): ThreadGist {
  const { value } = brief.status;
  const later = value === 'superseded' && brief.series?.supersededBy;
  const status = statusView(value);
  return {
    status: later ? { ...status, words: `Superseded by ${later.version}` } : status,
    gist: brief.gist && { ...brief.gist, text: visible(brief.gist.text) },
  };
}

/** The gists of all threads, by root. */
export type Gists = Pick<ReadonlyMap<MessageId, ThreadGist>, 'get'>;

/** Whole sentences of a text, up to `most` letters, word for word; where the first is longer, its beginning. */
export function wholeSentences(text: string, most: number): string {
  if (text.length <= most) return text;
  let end = 0;
  // A letter of the next one shows that a sentence has come to its end.
  for (const sentence of splitParagraph([text.slice(0, most + 2)]).slice(0, -1)) {
    const at = text.indexOf(sentence, end);
    if (at < 0 || at + sentence.length > most) break;
    end = at + sentence.length;
  }
  return end > 0 ? text.slice(0, end) : `${beginning(text, most)} […]`;
}

/** The whole words within `most` letters of a text, or so many letters of a word that is longer. */
function beginning(text: string, most: number): string {
  const blank = text.lastIndexOf(' ', most);
  return blank > 0 ? text.slice(0, blank) : text.slice(0, most).replace(/[\ud800-\udbff]$/, '');
}
