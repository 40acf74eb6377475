import { randomBytes } from 'node:crypto';
import { chownSync, mkdirSync, readdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Mailboxes that a test may change while the server runs. */
export interface MailStore {
  /** Adds a mail under the next UID, to a new mailbox if there is none of that name. */
  deliver(mailbox: string, raw: Uint8Array): void;
  /**
   * Replaces a mailbox by one with these mails, from UID 1 on and under another UIDVALIDITY: the given one, or
   * the next that Dovecot has. A client that had the mailbox open must connect again, or gets SERVERBUG.
   */
  reset(mailbox: string, mails: readonly Uint8Array[], uidValidity?: number): void;
}

/** The INTERNALDATE of the first mail of a mailbox, in seconds; the following ones are a second apart. */
const FIRST_ARRIVAL = Date.UTC(2018, 0, 1) / 1000;

/** Whether we are root and must give the mail away: Dovecot refuses to serve mail that belongs to root. */
export const IS_ROOT = process.getuid?.() === 0;

/** Who owns the mail: "nobody" for root, by number because the name of its group varies; else ourselves. */
export const MAIL_OWNER: { readonly uid: number; readonly gid: number } = IS_ROOT
  ? { uid: 65534, gid: 65534 }
  : { uid: process.getuid?.() ?? -1, gid: process.getgid?.() ?? -1 };

/** Maildirs below `root`, as Dovecot's LAYOUT=fs has them: `root` is INBOX, and its folder a/b the mailbox a/b. */
export function mailStore(root: string): MailStore {
  const delivered = new Map<string, number>();
  const folderOf = (mailbox: string) => (mailbox === 'INBOX' ? root : join(root, mailbox));

  function own(path: string): void {
    if (IS_ROOT) chownSync(path, MAIL_OWNER.uid, MAIL_OWNER.gid);
  }

  function makeMaildir(folder: string): void {
    for (const part of ['cur', 'new', 'tmp']) {
      mkdirSync(join(folder, part), { recursive: true });
      own(join(folder, part));
    }
    for (let path = folder; path.length >= root.length; path = dirname(path)) own(path);
  }

  function deliver(mailbox: string, raw: Uint8Array): void {
    const folder = folderOf(mailbox);
    const index = delivered.get(mailbox) ?? 0;
    if (index === 0) makeMaildir(folder);
    delivered.set(mailbox, index + 1);
    // Dovecot numbers new files by the seconds, then the microseconds, that their names begin with.
    const arrival = FIRST_ARRIVAL + index;
    const name = `${arrival}.M0P1.test`;
    const draft = join(folder, 'tmp', name);
    writeFileSync(draft, raw);
    own(draft);
    utimesSync(draft, arrival, arrival);
    renameSync(draft, join(folder, 'new', name));
  }

  function reset(mailbox: string, mails: readonly Uint8Array[], uidValidity?: number): void {
    const folder = folderOf(mailbox);
    makeMaildir(folder);
    // The other folders in here are mailboxes, and dovecot-uidvalidity keeps Dovecot from using a number twice.
    for (const name of readdirSync(folder))
      if (/^(cur|new|tmp|dovecot-uidlist|dovecot\.index.*)$/.test(name))
        rmSync(join(folder, name), { recursive: true });
    makeMaildir(folder);
    if (uidValidity !== undefined) {
      const list = join(folder, 'dovecot-uidlist');
      const guid = randomBytes(16).toString('hex');
      writeFileSync(list, `3 V${uidValidity} N1 G${guid}\n`);
      own(list);
    }
    delivered.set(mailbox, 0);
    for (const raw of mails) deliver(mailbox, raw);
  }

  return { deliver, reset };
}
