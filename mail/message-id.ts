/** A Message-ID without its angle brackets and without white space inside (RFC 5322, 3.6.4). */
export type MessageId = string & { readonly __brand: 'MessageId' };

/**
 * Every id in the value of a References or In-Reply-To field, in the order written (RFC 5322, 3.6.4).
 *
 * Ids may be folded over lines; white space inside the brackets is dropped. Comments and phrases, which
 * RFC 822 allowed here, are passed over, and with them the address in MH's
 * `Message from Jane <jane@host> of "Mon, 5 Mar" <id@host>`: all answers to Jane would hang under it. Where
 * nothing stands in brackets, bare words with an `@` are taken, as some mailers write them.
 */
export function messageIds(value: string): readonly MessageId[] {
  const text = withoutComments(value);
  const bracketed = [...text.matchAll(/"[^"]*"|<([^<>]+)>(?!\s+of\s)/g)]
    .map(match => squeeze(match[1] ?? ''))
    .filter(id => id !== '');
  const ids =
    bracketed.length > 0
      ? bracketed
      : text.split(/[\s,;]+/).filter(word => /^[^"()<>@]+@[^"()<>]+$/.test(word));
  return ids as MessageId[];
}

/** The id that a Message-ID field gives its message, or undefined where the field is empty. */
export function ownMessageId(value: string): MessageId | undefined {
  const text = withoutComments(value);
  const bracketed = /<([^<>]+)>/.exec(text);
  const id = squeeze(bracketed ? bracketed[1]! : text.replace(/[<>]/g, ''));
  return id === '' ? undefined : (id as MessageId);
}

/**
 * Whether an id may join messages to threads. `git send-email` once asked "Message-ID to be used as
 * In-Reply-To?" and people answered "yes": one list had 68 of 210 messages that name `<yes>`. An id without
 * an `@` is no id of RFC 5322 and joins nothing.
 */
export function canJoin(id: MessageId): boolean {
  return id.includes('@');
}

/** An id as it is compared. Where blanks stand inside, comments may too (RFC 5322, 4.5.4 and A.6.3). */
function squeeze(text: string): string {
  if (!/\s/.test(text)) return text;
  return text.replace(/\([^()]*\)/g, '').replace(/\s+/g, '');
}

/** `text` without parenthesised comments (RFC 5322, 3.2.2); an unclosed one is left as it stands. */
function withoutComments(text: string): string {
  let kept = text;
  if (!text.includes('(')) return text;
  // Innermost first, so that nested comments go too. Brackets inside ids never hold parentheses with blanks.
  for (let rounds = 0; rounds < 8; rounds++) {
    const next = kept.replace(/(^|[\s()>])\([^()]*\)/g, '$1');
    if (next === kept) break;
    kept = next;
  }
  return kept;
}
