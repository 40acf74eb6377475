import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePorts, HOST, type RunningServer, startServer } from './daemon.ts';
import { IS_ROOT, MAIL_OWNER, type MailStore, mailStore } from './mail-store.ts';

export type { RunningServer } from './daemon.ts';

/** What a Dovecot server shall hold and how it may be reached. */
export interface DovecotOptions {
  /**
   * The raw mails of each mailbox, which get the UIDs 1, 2, 3, … in this order. "/" separates the levels of a
   * name; other characters, dots and non-ASCII letters included, stand for themselves. A level may not be
   * called cur, new or tmp. INBOX always exists.
   */
  readonly mailboxes: Readonly<Record<string, readonly Uint8Array[]>>;
  /** Listen with IMAPS as well, and offer STARTTLS, by a certificate for localhost and 127.0.0.1. */
  readonly tls?: boolean;
  /** The UIDVALIDITY of every mailbox; Dovecot takes it from the clock if absent. */
  readonly uidValidity?: number;
  /** Lines to add to dovecot.conf. */
  readonly extraConfig?: string;
}

/** A running Dovecot. */
export interface DovecotServer extends RunningServer, MailStore {
  /** The port for IMAPS, with `tls`. */
  readonly tlsPort?: number;
  /** The PEM file of the certificate, with `tls`. */
  readonly caFile?: string;
}

const USER = 'tester';
const PASS = 'secret';

// Ordinary users often lack the sbin folders in PATH; INTERNALDATE is told in the server's time zone.
const ENV = { PATH: `${process.env.PATH}:/usr/local/sbin:/usr/sbin:/sbin`, TZ: 'UTC' };
// Where the packages of Debian, of Fedora and Alpine, and Dovecot itself put the program "imap".
const LIBRARIES = ['/usr/lib/dovecot', '/usr/libexec/dovecot', '/usr/local/libexec/dovecot'];

/** Whether Dovecot 2.3 is installed with IMAP. Version 2.4 has another configuration language. */
export function dovecotInstalled(): boolean {
  const { stdout } = spawnSync('dovecot', ['--version'], { env: ENV, encoding: 'utf8' });
  return (stdout ?? '').startsWith('2.3.') && LIBRARIES.some(folder => existsSync(join(folder, 'imap')));
}

/** A new Dovecot on free ports, ready for login, that holds the given mail and nothing else. */
export async function startDovecot(options: DovecotOptions): Promise<DovecotServer> {
  const [port, tlsPort] = (await freePorts(2)) as [number, number];
  let store: MailStore | undefined;
  const { folder, ...running } = await startServer('dovecot', async folder => {
    store = mailStore(join(folder, 'mail'));
    for (const [mailbox, mails] of Object.entries({ INBOX: [], ...options.mailboxes }))
      store.reset(mailbox, mails, options.uidValidity);
    if (options.tls) await makeCertificate(folder);
    const passwords = join(folder, 'passwd');
    writeFileSync(passwords, `${USER}:{PLAIN}${PASS}\n`);
    chmodSync(passwords, 0o644); // whatever the umask says: its reader does not run as root
    const configuration = join(folder, 'dovecot.conf');
    writeFileSync(configuration, config(folder, port, options.tls ? tlsPort : 0, options.extraConfig));
    return { command: ['dovecot', '-F', '-c', configuration], env: ENV, port };
  });
  const tls = options.tls ? { tlsPort, caFile: join(folder, 'tls.crt') } : {};
  return { ...running, ...store!, ...tls, user: USER, pass: PASS };
}

/** Writes tls.crt and tls.key, which are self-signed, into the folder. */
async function makeCertificate(folder: string): Promise<void> {
  const key = '-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout tls.key';
  const names = '-subj /CN=localhost -addext subjectAltName=DNS:localhost,IP:127.0.0.1';
  const args = `req -x509 ${key} -out tls.crt -days 30 ${names}`.split(' ');
  await promisify(execFile)('openssl', args, { cwd: folder });
}

/** The dovecot.conf; a `tlsPort` of 0 means no TLS at all. */
function config(folder: string, port: number, tlsPort: number, extra = ''): string {
  // Without root all processes run as the one user there is, and none can change its root folder.
  const users = IS_ROOT
    ? ''
    : `default_internal_user = ${userInfo().username}
default_login_user = ${userInfo().username}
default_internal_group = ${execFileSync('id', ['-gn'], { encoding: 'utf8' }).trim()}`;
  const chroot = IS_ROOT ? '' : 'chroot =';
  return `
base_dir = ${folder}/run
state_dir = ${folder}/run
log_path = ${folder}/output.log
protocols = imap
listen = ${HOST}
${users}
first_valid_uid = 1
disable_plaintext_auth = no
auth_mechanisms = plain login
auth_failure_delay = 0
mail_location = maildir:${folder}/mail:LAYOUT=fs:UTF-8
mail_max_userip_connections = 100
ssl = ${tlsPort ? 'yes' : 'no'}
${tlsPort ? `ssl_cert = <${folder}/tls.crt\nssl_key = <${folder}/tls.key` : ''}
passdb {
  driver = passwd-file
  args = ${folder}/passwd
}
userdb {
  driver = static
  args = uid=${MAIL_OWNER.uid} gid=${MAIL_OWNER.gid} home=${folder}/mail
}
namespace inbox {
  inbox = yes
  separator = /
}
service imap-login {
  ${chroot}
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = ${tlsPort}
  }
  process_min_avail = 1
  service_count = 0
}
service anvil {
  ${chroot}
  # A wrong password delays no later login from this address.
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
${extra}
`;
}
