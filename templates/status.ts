import { type Html, html } from './html.ts';

/** How a thread or series stands: a word with a shape (`.st` of look.css). */
export interface StatusView {
  readonly words: string;
  readonly look: 'merged' | 'review' | 'waiting' | 'refused' | 'quiet';
}

/** A status as pages show it everywhere. */
export function statusMark({ words, look }: StatusView): Html {
  return html`<span class="st st-${look}">${words}</span>`;
}
