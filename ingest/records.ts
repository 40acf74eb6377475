import type { HeaderFacts } from '../mail/message.ts';
import type { MessageId } from '../mail/message-id.ts';

/** Where a message was seen. `uidValidity` and `uid` are an IMAP server's, or 0 and the place in the file. */
export interface Sighting {
  /** The source's name in `traffic.yaml`, or `import`. */
  readonly source: string;
  readonly mailbox: string;
  readonly uidValidity: bigint;
  readonly uid: number;
  /** The list for a message without a List-Id, or empty. */
  readonly list: string;
}

/** How far a mailbox has been read (RFC 3501, 2.3.1.1). */
export interface Cursor {
  readonly mailbox: string;
  readonly uidValidity: bigint;
  readonly lastUid: number;
}

/** A message that a source offered and the archive does not hold. */
export interface Rejection {
  readonly where: Sighting;
  readonly reason: string;
  readonly size: number;
}

/** A stored message: the facts of its header and the key of its bytes. */
export interface ArchivedMessage extends Omit<HeaderFacts, 'noArchive'> {
  /** SHA-256 of the bytes with line ends folded: the key for `Archive.raw`. */
  readonly hash: string;
  /** Bytes as received. */
  readonly size: number;
  /** What the sightings say of the list; used where `listIds` is empty. */
  readonly sightingLists: readonly string[];
}

/** A page that has been published: its path on the site, and the Message-ID it is made from. */
export interface PublishedPage {
  readonly path: string;
  readonly id: MessageId;
}
