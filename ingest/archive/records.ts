import type { Address } from '../../mail/address.ts';
import type { HeaderFacts } from '../../mail/message.ts';
import type { MessageId } from '../../mail/message-id.ts';

/** A place in a source. `uidValidity` and `uid` are an IMAP server's, or 0 and the place in the file. */
export interface Place {
  /** The source's name in `traffic.yaml`, or `import`. */
  readonly source: string;
  readonly mailbox: string;
  readonly uidValidity: bigint;
  readonly uid: number;
}

/** Where a message was seen. */
export interface Sighting extends Place {
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
export interface ArchivedMessage extends Omit<HeaderFacts, 'noArchive' | 'autoReply'> {
  /** SHA-256 of the bytes with line ends folded: the key for `Archive.raw`. */
  readonly hash: string;
  /** What the sightings say of the list, where `listIds` is empty. */
  readonly sightingLists: readonly string[];
}

/** A page that has been published: its path on the site, and the Message-ID it is made from. */
export interface PublishedPage {
  readonly path: string;
  readonly id: MessageId;
}

/** How the commits of a git mailbox are numbered: under this validity, `commit` is number `uid`. */
export interface Numbering {
  readonly uidValidity: bigint;
  readonly uid: number;
  readonly commit: string;
}

/** A message's id and those it refers to. */
export interface Link {
  /** Empty where the message has none. */
  readonly id: MessageId | '';
  readonly references: readonly MessageId[];
}

/** What a sweep keeps of a message's header. */
export interface SweptHeader extends Link {
  readonly uid: number;
  /** In bytes, as the source counts them. */
  readonly size: number;
  /** Seconds since 1970 UTC, where the Date field can be read. */
  readonly sent: number | undefined;
  readonly from: Address;
  readonly subject: string;
  readonly listIds: readonly string[];
}

/** A span of time, from `since` up to and without `until`, in seconds since 1970 UTC. */
export interface Window {
  readonly since: number;
  readonly until: number;
}

/** How far the headers of a mailbox have been swept. */
export interface Sweep {
  readonly id: number;
  readonly mailbox: string;
  readonly uidValidity: bigint;
  /** Every message above this is swept as it comes, up to this one. */
  readonly lastUid: number;
  /** Of the older messages, those of these times are swept; ascending, apart from each other. */
  readonly windows: readonly Window[];
}
