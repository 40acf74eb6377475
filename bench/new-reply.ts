import { type HeaderFacts, headerFacts } from '../mail/message.ts';
import { parseContent } from '../mail/mime.ts';
import { buildThreads } from '../mail/thread.ts';
import { messagesOf } from './mbox-file.ts';

/** Messages of the thread that is answered, about so many: neither a lone mail nor an old giant. */
const IN_THREAD = 10;
/** How many of the last threads it is chosen from. */
const LAST_THREADS = 50;
const QUOTED_LINES = 3;
const HOUR_SECONDS = 3600;

/**
 * New mails to the list in an mboxrd file: each answers the last message of one of the threads that moved last, of
 * that with about ten messages. The first comes an hour after the last message of all, the others an hour apart.
 *
 * @throws Error where there is no mail.
 */
export async function newReplies(file: string): Promise<Generator<Buffer, never>> {
  const mails = new Map<string, Pick<HeaderFacts, 'id' | 'references' | 'received'>>();
  let last = 0;
  for await (const raw of messagesOf(file)) {
    const { id, references, received } = headerFacts(raw);
    if (!mails.has(id)) mails.set(id, { id, references, received });
    last = Math.max(last, received);
  }
  const [answered] = buildThreads(mails.values())
    .map(({ messages }) => messages)
    .toSorted((a, b) => b.at(-1)!.received - a.at(-1)!.received)
    .slice(0, LAST_THREADS)
    .toSorted((a, b) => Math.abs(a.length - IN_THREAD) - Math.abs(b.length - IN_THREAD));
  for await (const raw of messagesOf(file))
    if (headerFacts(raw).id === answered?.at(-1)?.id)
      return replies(raw, (await parseContent(raw)).text, last);
  throw new Error(`${file}: there is no mail.`);
}

function* replies(raw: Buffer, text: string, last: number): Generator<Buffer, never> {
  const { id, references, from, subject, listIds } = headerFacts(raw);
  const quoted = text
    .split('\n')
    .filter(line => /^[A-Za-z]/.test(line))
    .slice(0, QUOTED_LINES)
    .map(line => `> ${line}\n`);
  for (let number = 1; ; number++) {
    const date = new Date((last + number * HOUR_SECONDS) * 1000).toUTCString().replace('GMT', '+0000');
    yield Buffer.from(`Received: from mail.example.org by lists.example.org; ${date}
From: Ada Example <ada@example.org>
Date: ${date}
Message-ID: <new-reply-${number}@example.org>
In-Reply-To: <${id}>
References: ${[...references, id].map(reference => `<${reference}>`).join('\n ')}
Subject: Re: ${subject.replace(/^(?:re: *)+/i, '')}
${listIds.map(list => `List-Id: <${list}>\n`).join('')}MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

On the list, ${from.name || 'somebody'} wrote:
${quoted.join('')}
I tried this on machine ${number}, and it comes up as it did before.

Tested-by: Ada Example <ada@example.org>
`);
  }
}
