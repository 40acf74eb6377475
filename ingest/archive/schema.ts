/**
 * The steps that make the archive's schema, oldest first; their number is the schema version. A step that has
 * been released is never changed: what comes later is a step of its own. A step is SQL, or the name of a program
 * in migrate.ts.
 */
export const MIGRATIONS: readonly (string | { readonly program: 'read-headers' })[] = [
  `
  -- A message as received. The hash is of its bytes with CRLF folded to LF, in hex; the bytes are not folded.
  CREATE TABLE raw (
    hash TEXT PRIMARY KEY,
    bytes BLOB NOT NULL,
    size INTEGER NOT NULL,
    codec TEXT NOT NULL,
    line_ends TEXT NOT NULL
  );
  -- One row per place a message was seen.
  CREATE TABLE sighting (
    source TEXT NOT NULL,
    mailbox TEXT NOT NULL,
    uidvalidity TEXT NOT NULL,
    uid INTEGER NOT NULL,
    list TEXT NOT NULL,
    hash TEXT NOT NULL REFERENCES raw (hash),
    PRIMARY KEY (source, mailbox, uidvalidity, uid, hash)
  ) WITHOUT ROWID;
  CREATE INDEX sighting_hash ON sighting (hash);
  -- What headers say, so that threads need no second look at the mail. Derived: can be made again from raw.
  CREATE TABLE header (
    hash TEXT PRIMARY KEY REFERENCES raw (hash),
    message_id TEXT NOT NULL,
    refs TEXT NOT NULL,
    sent INTEGER,
    sent_offset INTEGER NOT NULL,
    received INTEGER NOT NULL,
    from_name TEXT NOT NULL,
    from_address TEXT NOT NULL,
    subject TEXT NOT NULL,
    list_ids TEXT NOT NULL,
    body_hash TEXT NOT NULL
  );
  CREATE INDEX header_message_id ON header (message_id);
  -- How far each mailbox has been read.
  CREATE TABLE cursor (
    source TEXT NOT NULL,
    mailbox TEXT NOT NULL,
    uidvalidity TEXT NOT NULL,
    last_uid INTEGER NOT NULL,
    PRIMARY KEY (source, mailbox)
  ) WITHOUT ROWID;
  -- What a source offered and the archive does not hold, and why.
  CREATE TABLE rejected (
    source TEXT NOT NULL,
    mailbox TEXT NOT NULL,
    uidvalidity TEXT NOT NULL,
    uid INTEGER NOT NULL,
    reason TEXT NOT NULL,
    size INTEGER NOT NULL,
    PRIMARY KEY (source, mailbox, uidvalidity, uid)
  ) WITHOUT ROWID;
  `,
  `
  -- Where messages and threads have been published, and by which id: pages move, their URLs must not die.
  CREATE TABLE published (
    path TEXT PRIMARY KEY,
    id TEXT NOT NULL
  ) WITHOUT ROWID;
  `,
  `
  -- How far the headers of a mailbox have been swept for topics: all messages above some UID, and those of some
  -- days: "windows" is a JSON list of [since, until) in seconds. All of this can be read again from the source.
  CREATE TABLE sweep (
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL,
    mailbox TEXT NOT NULL,
    uidvalidity TEXT NOT NULL,
    last_uid INTEGER NOT NULL,
    windows TEXT NOT NULL,
    UNIQUE (source, mailbox)
  );
  -- Headers that sweeps have read. An empty message_id stands for none.
  CREATE TABLE swept (
    sweep INTEGER NOT NULL REFERENCES sweep (id) ON DELETE CASCADE,
    uid INTEGER NOT NULL,
    size INTEGER NOT NULL,
    message_id TEXT NOT NULL,
    refs TEXT NOT NULL,
    sent INTEGER,
    from_name TEXT NOT NULL,
    from_address TEXT NOT NULL,
    subject TEXT NOT NULL,
    list_ids TEXT NOT NULL,
    PRIMARY KEY (sweep, uid)
  ) WITHOUT ROWID;
  -- The ids that a mailbox has been asked for. What it does not have it will only get as new mail.
  CREATE TABLE asked (
    sweep INTEGER NOT NULL REFERENCES sweep (id) ON DELETE CASCADE,
    message_id TEXT NOT NULL,
    PRIMARY KEY (sweep, message_id)
  ) WITHOUT ROWID;
  -- Whether a pattern matches the text of a message that is not stored.
  CREATE TABLE judged (
    sweep INTEGER NOT NULL REFERENCES sweep (id) ON DELETE CASCADE,
    uid INTEGER NOT NULL,
    pattern TEXT NOT NULL,
    matches INTEGER NOT NULL,
    PRIMARY KEY (sweep, uid, pattern)
  ) WITHOUT ROWID;
  -- What the UIDs of a git repository's epoch count: under this validity, commit_id is number uid.
  CREATE TABLE numbering (
    source TEXT NOT NULL,
    mailbox TEXT NOT NULL,
    uidvalidity TEXT NOT NULL,
    uid INTEGER NOT NULL,
    commit_id TEXT NOT NULL,
    PRIMARY KEY (source, mailbox)
  ) WITHOUT ROWID;
  `,
  { program: 'read-headers' },
  { program: 'read-headers' },
  { program: 'read-headers' },
  `
  -- The messages that programs sent in somebody's name, who was away: few. Derived from raw, as headers are.
  CREATE TABLE auto_reply (hash TEXT PRIMARY KEY REFERENCES raw (hash)) WITHOUT ROWID;
  `,
  { program: 'read-headers' },
];
