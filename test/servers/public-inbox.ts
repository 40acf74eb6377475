import { execFile, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePorts, type RunningServer, startServer } from './daemon.ts';

export type { RunningServer } from './daemon.ts';

/** What a public-inbox server shall hold. */
export interface PublicInboxOptions {
  /**
   * The raw mails in the order of their UIDs. Copies are dropped and get no UID, headers of local delivery
   * (Delivered-To, Status, Lines and their like) are removed, and a Message-ID is added where there is none or
   * another mail has it.
   */
  readonly messages: readonly Uint8Array[];
  /** The name that its mailboxes begin with; lower case. */
  readonly newsgroup?: string;
  /** The UID of the first mail. A mailbox ends at each multiple of 50,000; 49,999 makes the third mail start another. */
  readonly firstUid?: number;
}

/** A running public-inbox-imapd. It lets any user in, with any password. */
export interface PublicInboxServer extends RunningServer {
  /** The mailbox that has the first mail, like org.example.test.0. */
  readonly mailbox: string;
}

/** The UIDs per mailbox (public-inbox calls it a slice). */
const SLICE = 50_000;

/** Reads mails from standard input, each after a line with its length, into the inbox named test. */
const IMPORT = `
use strict; use warnings;
use PublicInbox::Config; use PublicInbox::InboxWritable; use PublicInbox::Eml;
binmode STDIN;
my $inbox = PublicInbox::InboxWritable->new(PublicInbox::Config->new->lookup_name('test'));
$inbox->{-no_fsync} = 1;
my $importer = $inbox->importer(1); # 1: a single process, which keeps the order
while (my $length = <STDIN>) {
  read(STDIN, my $raw, $length) == $length or die 'input ends early';
  $importer->add(PublicInbox::Eml->new(\\$raw));
}
$importer->done;
`;

/** Whether public-inbox-imapd is installed, with what it needs for search. */
export function publicInboxInstalled(): boolean {
  const search = 'use PublicInbox::Search; use DBD::SQLite; exit !PublicInbox::Search::load_xapian()';
  return (
    spawnSync('perl', ['-e', search]).status === 0 && spawnSync('public-inbox-imapd', ['--help']).status === 0
  );
}

/** A new public-inbox-imapd on a free port, ready for login, that serves one v2 inbox with the given mail. */
export async function startPublicInbox(options: PublicInboxOptions): Promise<PublicInboxServer> {
  const { messages, newsgroup = 'org.example.test', firstUid = 1 } = options;
  const [port] = (await freePorts(1)) as [number];
  const { folder: _, ...running } = await startServer('public-inbox', async folder => {
    const env = environment(folder);
    const inbox = join(folder, 'inbox');
    const init = ['-V2', '-L', 'full', '--ng', newsgroup, `--skip-artnum=${firstUid - 1}`];
    const run = promisify(execFile);
    await run('public-inbox-init', [...init, 'test', inbox, 'http://127.0.0.1/test/', 'test@example.org'], {
      env,
    });
    const importing = run('perl', ['-e', IMPORT], { env });
    importing.child.stdin?.end(Buffer.concat(messages.flatMap(raw => [Buffer.from(`${raw.length}\n`), raw])));
    await importing;
    // -W0: no workers, so the process we know is the server.
    return { command: ['public-inbox-imapd', '-W0', '-l', `imap://127.0.0.1:${port}`], env, port };
  });
  const mailbox = `${newsgroup}.${Math.floor((firstUid - 1) / SLICE)}`;
  return { ...running, user: 'anonymous', pass: 'x', mailbox };
}

/** An environment in which public-inbox and git know no settings but those in the folder. */
function environment(folder: string): NodeJS.ProcessEnv {
  const home = join(folder, 'home');
  mkdirSync(home);
  // Without these, git may refuse a folder of another user, or start a repack that outlives the import.
  writeFileSync(
    join(home, '.gitconfig'),
    '[safe]\n\tdirectory = *\n[gc]\n\tauto = 0\n[user]\n\tname = test\n\temail = test@example.org\n',
  );
  return {
    PATH: process.env.PATH,
    HOME: home,
    PI_CONFIG: join(folder, 'config'),
    PI_DIR: join(home, '.public-inbox'),
    GIT_CONFIG_NOSYSTEM: '1',
    LC_ALL: 'C.UTF-8',
    TZ: 'UTC',
  };
}
