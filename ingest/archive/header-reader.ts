import type { Address } from '../../mail/address.ts';
import { madeOnce } from '../../mail/held.ts';
import type { MessageId } from '../../mail/message-id.ts';
import { HASH_LETTERS, type HeaderBlock } from './header-blocks.ts';
import { type HeaderRow, NO_LISTS, parseList } from './header-row.ts';
import type { ArchivedMessage } from './records.ts';

/**
 * Makes the stored messages that rows of the header index tell of. What many of them have in common is held once: ids,
 * who wrote them, their lists.
 */
export class HeaderReader {
  readonly messages: ArchivedMessage[] = [];
  readonly #ids = new Map<string, MessageId>();
  readonly #subjects = new Map<string, string>();
  readonly #senders = new Map<string, Address>();
  readonly #lists = new Map<string, readonly string[]>();
  readonly #sightingLists: (hash: string) => string | undefined;

  /** `sightingLists` tells, as JSON, what the source said of the list of a message that has no List-Id. */
  constructor(sightingLists: (hash: string) => string | undefined) {
    this.#sightingLists = sightingLists;
  }

  addRow(row: HeaderRow): void {
    this.messages.push({
      hash: row.hash,
      id: this.#id(row.message_id),
      references: parseList(row.refs).map(id => this.#id(id)),
      sent: row.sent === null ? undefined : { time: row.sent, offset: row.sent_offset },
      received: row.received,
      from: this.#sender(row.from_name, row.from_address),
      subject: this.#subject(row.subject),
      listIds: this.#list(row.list_ids),
      bodyHash: row.body_hash,
      sightingLists: this.#sighted(row.hash, row.list_ids),
    });
  }

  addBlock(block: HeaderBlock): void {
    // Few ids of one block stand in another, and to look for them takes longer than to hold them twice.
    const ids = idsOf(block);
    const senders = block.senders.map(([name, address]) => this.#sender(name, address));
    const subjects = block.subjects.map(subject => this.#subject(subject));
    const lists = block.lists.map(list => this.#list(list));
    let at = 0;
    for (let row = 0; row < block.own.length; row++) {
      const references: MessageId[] = [];
      for (const end = at + block.counts[row]!; at < end; at++) references.push(ids[block.references[at]!]!);
      const hash = hashAt(block.hashes, row);
      const sent = block.sent[row]!;
      this.messages.push({
        hash,
        id: ids[block.own[row]!]!,
        references,
        sent: Number.isNaN(sent) ? undefined : { time: sent, offset: block.offsets[row]! },
        received: block.received[row]!,
        from: senders[block.from[row]!]!,
        subject: subjects[block.subject[row]!]!,
        listIds: lists[block.list[row]!]!,
        bodyHash: hashAt(block.bodyHashes, row),
        sightingLists: this.#sighted(hash, block.lists[block.list[row]!]!),
      });
    }
  }

  #id(text: string): MessageId {
    return madeOnce(this.#ids, text, () => text as MessageId);
  }

  #subject(text: string): string {
    return madeOnce(this.#subjects, text, () => text);
  }

  #sender(name: string, address: string): Address {
    return madeOnce(this.#senders, `${name}\0${address}`, () => ({ name, address }));
  }

  #list(json: string): readonly string[] {
    return madeOnce(this.#lists, json, () => parseList(json));
  }

  #sighted(hash: string, listIds: string): readonly string[] {
    return this.#list((listIds === NO_LISTS ? this.#sightingLists(hash) : undefined) ?? NO_LISTS);
  }
}

/** The ids of a block. As parts of one text they need no copies of their own. */
function idsOf({ ids, idEnds }: HeaderBlock): readonly MessageId[] {
  let start = 0;
  return Array.from(idEnds, end => {
    const id = ids.slice(start, end) as MessageId;
    start = end;
    return id;
  });
}

function hashAt(hashes: string, row: number): string {
  return hashes.slice(HASH_LETTERS * row, HASH_LETTERS * (row + 1));
}
