import { printable, visible } from '../mail/printable.ts';
import type { Dates } from '../templates/dates.ts';
import type { ReplyView } from '../templates/reply.ts';
import type { Body } from './bodies.ts';
import type { Post } from './model.ts';

/** Of messages that stand on two pages: their own and their thread's. */
const known = new WeakMap<Body, ReplyView>();

/** How to answer to everybody; on a site that masks addresses, to the list. `body` is the post's, of one site. */
export function replyView(dates: Dates, post: Post, body: Body, masked: boolean): ReplyView {
  const view = known.get(body) ?? makeReplyView(dates, post, body, masked);
  known.set(body, view);
  return view;
}

function makeReplyView(dates: Dates, post: Post, body: Body, masked: boolean): ReplyView {
  const { message } = post;
  const sender = masked ? '' : post.author.address;
  const everybody = [...new Set([sender, body.listAddress, ...body.recipients])].filter(
    address => address !== '',
  );
  const [to, ...others] = everybody;
  // RFC 6068, 2: what a message is made of, as header fields; 5: lines end in CRLF.
  const fields = [
    others.length === 0 ? '' : `Cc=${others.map(encodeURIComponent).join(',')}`,
    `In-Reply-To=${encodeURIComponent(`<${message.id}>`)}`,
    `Subject=${encodeURIComponent(`Re: ${message.subject.replace(/^(re:\s*)+/i, '')}`)}`,
    body.own === '' ? '' : `Body=${encodeURIComponent(quotation(dates, post, body).join('\r\n'))}`,
  ];
  return {
    command: [
      'git send-email',
      `--in-reply-to=${shellQuoted(message.id)}`,
      ...everybody.map((address, index) => `${index === 0 ? '--to' : '--cc'}=${shellQuoted(address)}`),
      'reply.txt',
    ],
    mailto:
      to === undefined
        ? undefined
        : `mailto:${encodeURIComponent(to).replace('%40', '@')}?${fields.filter(Boolean).join('&')}`,
  };
}

/** Text as one word for a shell: it comes from foreign mail and goes, by copy and paste, into a terminal. */
export function shellQuoted(text: string): string {
  return `'${printable(text).replaceAll("'", "'\\''")}'`;
}

/**
 * Of longer texts the beginning: links of more than about 2,000 characters are cut by some systems on their way to the
 * mail program; and these letters stand in every message of a thread's page, as percents that no other text is like.
 */
const QUOTED_CHARACTERS = 300;

/** The writer's own words as a reply quotes them, the beginning of them where they are long. */
function quotation(dates: Dates, { author, message }: Post, { own }: Body): readonly string[] {
  const lines = quotable(own).split('\n');
  return [
    `On ${dates.day(message.received)}, ${author.name} wrote:`,
    ...lines.map(line => (line === '' ? '>' : `> ${line}`)),
    '',
    '',
  ];
}

function quotable(text: string): string {
  if (text.length <= QUOTED_CHARACTERS) return text;
  const start = text.slice(0, QUOTED_CHARACTERS);
  return `${visible(start.replace(/\s+\S*$/, ''))}\n[…]`;
}
