import type { Block } from '../mail/body.ts';
import { sentTime, timeElement } from './dates.ts';
import { type Frame, framed } from './frame.ts';
import { type Html, html } from './html.ts';
import { mailBody } from './mail-body.ts';

/** A message as a page shows it. */
export interface MessageView {
  readonly id: string;
  readonly anchor: string;
  readonly number: number;
  readonly author: string;
  /** The sender's address; empty where the site masks addresses. */
  readonly address: string;
  /** `Re: [PATCH 2/5]`, or empty, and the rest of the subject. */
  readonly prefix: string;
  readonly title: string;
  /** Whether the subject says something that its thread's title does not. */
  readonly ownSubject: boolean;
  readonly sent: { readonly time: number; readonly offset: number } | undefined;
  readonly received: number;
  readonly answers:
    | { readonly number: number; readonly href: string; readonly author: string }
    | { readonly missing: string }
    | undefined;
  readonly blocks: readonly Block[];
  /** What a reader should know of how the text came about, one sentence each. */
  readonly notes: readonly string[];
  readonly attachments: readonly {
    readonly name: string;
    readonly type: string;
    readonly bytes: number;
    readonly href: string;
  }[];
  readonly permalink: string;
  readonly threadHref: string;
  /** Undefined where the site masks addresses. */
  readonly raw: string | undefined;
  /** The words of a command that sends a reply, ready for a shell, and a mailto link. */
  readonly reply: { readonly command: readonly string[]; readonly mailto: string | undefined };
}

/** A page of one message, with its place in the thread. */
export interface MessagePageView {
  readonly message: MessageView;
  readonly listName: string;
  readonly listHref: string;
  readonly lists: readonly string[];
  readonly threadTitle: string;
  readonly threadPosts: number;
  readonly previous: NeighbourView | undefined;
  readonly next: NeighbourView | undefined;
  readonly replies: readonly NeighbourView[];
  /** Other messages that reuse this one's id. */
  readonly variants: readonly { readonly href: string; readonly hash: string }[];
}

/** Another message of the thread. */
export interface NeighbourView {
  readonly href: string;
  readonly author: string;
  readonly received: number;
  readonly day: string;
}

/** The page `/LIST/MID/`. */
export function messagePage(frame: Frame, page: MessagePageView): Html {
  const { message } = page;
  return framed(frame, {
    title: `${message.title}, ${message.author}`,
    href: message.permalink,
    current: page.listHref,
    skip: 'Skip to the message',
    main: html`<div class="head">
  <p class="meta">Message on ${page.lists.join(', ')}, number ${message.number} of ${page.threadPosts} in <a href="${message.threadHref}">${page.threadTitle}</a></p>
  <h1>${message.prefix && html`<span class="tag">${message.prefix}</span> `}${message.title}</h1>
</div>
${messageArticle(message, true)}
<nav class="around meta" aria-label="In this thread">
  <ul>
  <li><a href="${message.threadHref}#${message.anchor}">This message in its thread</a></li>
  ${page.previous ? html`<li>Before it: <a href="${page.previous.href}" rel="prev">${page.previous.author}</a>, ${page.previous.day}</li>` : ''}
  ${page.next ? html`<li>After it: <a href="${page.next.href}" rel="next">${page.next.author}</a>, ${page.next.day}</li>` : ''}
  ${page.replies.map(reply => html`<li>Reply: <a href="${reply.href}">${reply.author}</a>, ${timeElement(reply.received, reply.day)}</li>`)}
  </ul>
</nav>
${variants(page)}`,
  });
}

function variants({ variants: others }: MessagePageView): Html | '' {
  if (others.length === 0) return '';
  return html`<section class="text"><h2 class="label">The same Message-ID, other words</h2>
<p class="meta">More than one message was sent with this id. The others are kept as they came:
${others.map(other => html` <a href="${other.href}">${other.hash.slice(0, 12)}</a>`)}.</p></section>`;
}

/** A message with its heading, its facts and its text; the heading is of the page's level below its parts. */
export function messageArticle(message: MessageView, alone = false): Html {
  const heading = `h-${message.anchor}`;
  const title =
    message.ownSubject && !alone
      ? html`<span>${message.author} <span class="subj">${message.prefix} ${message.title}</span></span>`
      : message.author;
  const tag = alone ? 'h2' : 'h3';
  const open = alone ? html`<h2 id="${heading}">` : html`<h3 id="${heading}">`;
  const close = tag === 'h2' ? html`</h2>` : html`</h3>`;
  return html`<article class="msg text" id="${message.anchor}" aria-labelledby="${heading}">
  ${open}${title} <a href="${alone ? message.permalink : `#${message.anchor}`}" aria-label="Message ${message.number}">#${message.number}</a>${close}
  <p class="meta">${when(message)}${answering(message)}${message.address && html`<br>${message.address}`}</p>
  ${message.notes.map(note => html`<p class="meta note-of">${note}</p>\n`)}${mailBody(message.blocks)}
  ${attachments(message)}${replyHelp(message)}
</article>
`;
}

function when({ sent, received }: MessageView): Html {
  if (!sent)
    return received === 0 ? html`undated` : html`${sentTime(received, 0)}, as received; it names no date`;
  const apart = Math.abs(sent.time - received);
  // A clock that is days wrong files a message where nobody looks for it; both times are then told.
  if (apart > 2 * 86_400)
    return html`dated ${sentTime(sent.time, sent.offset)}, received ${sentTime(received, 0)}`;
  return sentTime(sent.time, sent.offset);
}

function answering({ answers }: MessageView): Html | '' {
  if (!answers) return '';
  if ('missing' in answers)
    return html`; reply to a message that is not in this archive, <span class="mid">${answers.missing}</span>`;
  return html`; reply to <a href="${answers.href}">#${answers.number}</a> by ${answers.author}`;
}

function attachments({ attachments: parts }: MessageView): Html | '' {
  if (parts.length === 0) return '';
  return html`<ul class="attachments meta">${parts.map(
    part =>
      html`<li><a href="${part.href}" download>${part.name || 'unnamed'}</a>, ${part.type}, ${size(part.bytes)}</li>`,
  )}</ul>\n  `;
}

/** How to answer by mail, so that the reply lands in its place in the thread. */
function replyHelp(message: MessageView): Html {
  const rawLink = message.raw === undefined ? '' : html`, <a href="${message.raw}">raw</a>`;
  return html`<details class="reply"><summary>Reply, link, raw</summary>
    <p>Answer by mail, to everybody, below the text you quote. The message’s id keeps the thread together:</p>
    <pre tabindex="0" role="group" aria-label="Reply command for message ${message.number}"><code>${message.reply.command.join(' \\\n  ')}</code></pre>
    <p>${message.reply.mailto && html`<a href="${message.reply.mailto}">Write with your mail program</a>, `}<a href="${message.permalink}">link to this message</a>${rawLink}</p>
  </details>`;
}

/** `412 bytes`, `7.4 kB`, `1.2 MB`. */
export function size(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
