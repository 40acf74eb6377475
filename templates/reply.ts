import { type Html, html } from './html.ts';

/** How to answer a message by mail. */
export interface ReplyView {
  /** The words of a command that sends a reply, ready for a shell. */
  readonly command: readonly string[];
  /** Opens a reply with the text quoted, or its beginning; undefined where nobody to write to is known. */
  readonly mailto: string | undefined;
}

/** How to answer by mail, so that the reply lands in its place in the thread. */
export function replyHelp(number: number, { command, mailto }: ReplyView): Html {
  return html`<details class="reply"><summary>Reply</summary>
    <p>Answer by mail, to everybody, below the text you quote${mailto && html`: <a href="${mailto}">write with your mail program</a>, which opens with the text quoted, or its beginning`}. Or send a file; the message’s id keeps the thread together:</p>
    <pre tabindex="0" role="group" aria-label="Reply command for message ${number}"><code>${command.join(' \\\n  ')}</code></pre>
  </details>`;
}
