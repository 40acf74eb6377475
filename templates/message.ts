import type { Block } from '../mail/body.ts';
import { type CitedView, unfoundCitations } from './cited.ts';
import { sentTime, timeElement } from './dates.ts';
import { type Frame, framed } from './frame.ts';
import { type Html, html } from './html.ts';
import { mailBody } from './mail-body.ts';
import type { MailLinks } from './mail-links.ts';
import { number } from './numbers.ts';
import { type NameView, personName } from './people.ts';
import { type IssuePlace, listLinks, toldIn } from './places.ts';
import { type ReplyView, replyHelp } from './reply.ts';
import { type GivenTrailer, givenTrailers } from './trailers.ts';

/** A message as a page shows it. */
export interface MessageView {
  readonly id: string;
  readonly anchor: string;
  readonly number: number;
  readonly author: NameView;
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
  /** What of it is quoted in issues. */
  readonly cited: readonly CitedView[];
  /** Messages that link to it. */
  readonly citedBy: readonly NeighbourView[];
  /** Where its text leads. */
  readonly links: MailLinks;
  /** What answers give it. */
  readonly given: readonly GivenTrailer[];
  /** What a reader should know of how the text came about, one sentence each. */
  readonly notes: readonly string[];
  readonly attachments: readonly {
    readonly name: string;
    readonly type: string;
    readonly bytes: number;
    readonly href: string;
  }[];
  /** The messages before and after it in the order of the thread. */
  readonly previous: TurnView | undefined;
  readonly next: TurnView | undefined;
  readonly permalink: string;
  /** Undefined where the site masks addresses. */
  readonly raw: string | undefined;
  readonly reply: ReplyView;
}

/** A message to turn to. */
export interface TurnView {
  readonly number: number;
  readonly href: string;
}

/** A page of one message, with its place in the thread. */
export interface MessagePageView {
  readonly message: MessageView;
  /** The first is where its page lies. */
  readonly lists: readonly { readonly name: string; readonly href: string }[];
  /** The sections of issues that tell of its thread. */
  readonly sections: readonly IssuePlace[];
  readonly day: string;
  readonly threadTitle: string;
  readonly threadHref: string;
  /** The message on its thread's page. */
  readonly inThread: string;
  readonly previous: NeighbourView | undefined;
  readonly next: NeighbourView | undefined;
  readonly replies: readonly NeighbourView[];
  /** Other messages that reuse this one's id. */
  readonly variants: readonly { readonly href: string; readonly hash: string }[];
}

/** Another message of the thread. */
export interface NeighbourView {
  readonly href: string;
  /** Its writer's name, or a patch's number and title. */
  readonly label: string;
  readonly received: number;
  readonly day: string;
}

/** The page `/LIST/MID/`. */
export function messagePage(frame: Frame, page: MessagePageView): Html {
  const { message } = page;
  return framed(frame, {
    title: `${message.title}, ${message.author.name}`,
    href: message.permalink,
    current: page.lists[0]!.href,
    skip: 'Skip to the message',
    description: `${message.author.name} on ${page.lists.map(({ name }) => name).join(', ')}, ${page.day}: message ${message.number} in ${page.threadTitle}`,
    main: html`<div class="head">
  <p class="meta">Message on ${listLinks(page.lists)}, number ${message.number} in <a href="${page.threadHref}">${page.threadTitle}</a>${toldIn(page.sections)}</p>
  <h1>${message.prefix && html`<span class="tag">${message.prefix}</span> `}${message.title}</h1>
</div>
<h2 class="vh">The message</h2>
<div class="talk alone">
${messageArticle(message, true)}
<nav class="around meta" aria-label="In this thread">
  <ul>
  <li><a href="${page.inThread}" rel="up">This message in its thread</a></li>
  ${page.previous ? html`<li>Before it: <a href="${page.previous.href}" rel="prev">${page.previous.label}</a>, ${page.previous.day}</li>` : ''}
  ${page.next ? html`<li>After it: <a href="${page.next.href}" rel="next">${page.next.label}</a>, ${page.next.day}</li>` : ''}
  ${page.replies.map(reply => html`<li>Reply: <a href="${reply.href}">${reply.label}</a>, ${timeElement(reply.received, reply.day)}</li>`)}
  </ul>
</nav>
</div>
${variants(page)}`,
  });
}

function variants({ variants: others }: MessagePageView): Html | '' {
  if (others.length === 0) return '';
  return html`<section class="text"><h2 class="label">The same Message-ID, other words</h2>
<p class="meta">More than one message was sent with this id. The others are kept as they came:
${others.map(other => html` <a href="${other.href}">${other.hash.slice(0, 12)}</a>`)}.</p></section>`;
}

/** A message with its heading, its facts and its text; `alone` on its own page. */
export function messageArticle(message: MessageView, alone = false): Html {
  const heading = `h-${message.anchor}`;
  const author = personName(message.author);
  const title =
    message.ownSubject && !alone
      ? html`<span>${author} <span class="subj">${message.prefix} ${message.title}</span></span>`
      : author;
  return html`<article class="msg text" id="${message.anchor}" aria-labelledby="${heading}">
  <h3 id="${heading}">${title} <a href="${alone ? message.permalink : `#${message.anchor}`}" aria-label="#${message.number}, message">#${message.number}</a></h3>
  <p class="meta">${when(message)}${answering(message)}${message.address && html`<br>${message.address}`}</p>
  ${message.notes.map(note => html`<p class="meta note-of">${note}</p>\n`)}${unfoundCitations(message.blocks, message.cited)}${mailBody(message.blocks, message.links, message.cited, alone ? undefined : message.permalink)}
  ${givenTrailers(message.given, message.links)}${attachments(message)}${citedBy(message)}${actions(message, alone)}
</article>
`;
}

/** The web is younger, and so is nearly all mail: an earlier date is a clock that was never set. */
const EARLIEST = Date.UTC(1990, 0) / 1000;
/** A clock that is days wrong files a message where nobody looks for it. */
const MAX_APART = 2 * 86_400;

function when({ sent, received }: MessageView): Html {
  if (!sent)
    return received === 0 ? html`undated` : html`${sentTime(received, 0)}, as received; it names no date`;
  const told = sentTime(sent.time, sent.offset);
  if (sent.time === received)
    return sent.time < EARLIEST ? html`${told}, which cannot be; nothing else tells its time` : told;
  if (sent.time < EARLIEST || sent.time - received > MAX_APART)
    return html`${sentTime(received, 0)}, as received; its own date cannot be: ${told}`;
  if (received - sent.time > MAX_APART) return html`dated ${told}, received ${sentTime(received, 0)}`;
  return told;
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

/** More would be a page of their own. */
const SHOWN_CITATIONS = 8;

function citedBy({ citedBy: others }: MessageView): Html | '' {
  if (others.length === 0) return '';
  const more = others.length - SHOWN_CITATIONS;
  const shown = others
    .slice(0, SHOWN_CITATIONS)
    .map(
      ({ href, label, received, day }, at) =>
        html`${at > 0 && '; '}<a href="${href}">${label}</a>, ${timeElement(received, day)}`,
    );
  return html`<p class="meta cited-by">Cited by ${shown}${more > 0 && `; and ${number(more)} more`}</p>\n  `;
}

/** What can be done with a message: answered, linked, taken as it came, left for another. */
function actions(message: MessageView, alone: boolean): Html {
  const { answers, previous, next } = message;
  const turn = (words: string, to: TurnView | undefined, key: string) =>
    to && html`<li><a href="${to.href}" data-turn="${key}">${words} #${to.number}</a></li>`;
  const around = html`${turn('previous', previous, 'k')}${turn('next', next, 'j')}`;
  return html`<footer class="acts">${replyHelp(message.number, message.reply)}<ul>
    <li><a href="${message.permalink}">permalink</a><button class="scripted" type="button" data-copy aria-label="Copy the permalink of message ${message.number}">copy</button></li>${message.raw === undefined ? '' : html`<li><a href="${message.raw}">raw</a></li>`}
    ${alone ? '' : html`${answers && 'href' in answers ? html`<li><a href="${answers.href}" data-turn="u">parent #${answers.number}</a></li>` : ''}${around}`}
  </ul></footer>`;
}

/** `412 bytes`, `7.4 kB`, `1.2 MB`. */
export function size(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
