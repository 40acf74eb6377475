import { readMail } from '../../ingest/files/mail-files.ts';
import { splitMessage } from '../../mail/header.ts';
import { type HeaderFacts, headerFacts } from '../../mail/message.ts';
import { byReceived } from '../../mail/thread.ts';

/** A mail as threaders see it. */
export interface DistinctMail {
  /** The header as it stands, with a body of a word: no threader looks at bodies, but notmuch takes minutes to index them. */
  readonly raw: Uint8Array;
  readonly facts: HeaderFacts;
}

/**
 * The mail of an mbox, of a file or of a folder, the first of each Message-ID, by (received time, id). One of each,
 * since threaders disagree on what a second copy is: Dovecot's is a message of its own, notmuch's another file.
 */
export async function distinctMails(place: string): Promise<readonly DistinctMail[]> {
  const mails = new Map<string, DistinctMail>();
  for await (const found of readMail([place], { maxBytes: 1 << 26, dialect: 'mboxrd' })) {
    if (!('raw' in found)) continue;
    const facts = headerFacts(found.raw);
    if (!mails.has(facts.id)) mails.set(facts.id, { raw: headerOf(found.raw, facts.id), facts });
  }
  return [...mails.values()].sort((a, b) => byReceived(a.facts, b.facts));
}

/** The id is the body, or two mails without one and with the same header would be the same file. */
function headerOf(raw: Uint8Array, id: string): Uint8Array {
  const { body } = splitMessage(raw);
  return Buffer.concat([raw.subarray(0, raw.length - body.length), Buffer.from(`\n${id}\n`)]);
}
