import type { Archive } from '../../ingest/archive.ts';
import { type PullOptions, pullSource } from '../../ingest/imap.ts';
import type { Tally } from '../../ingest/intake.ts';
import { type ImapSource, parseSettings } from '../../publication/traffic-yaml.ts';
import { dovecotInstalled } from '../servers/dovecot.ts';
import { publicInboxInstalled } from '../servers/public-inbox.ts';

/** Why tests on a server are skipped, or false. Where every program must be there they are not skipped, and fail. */
export const NO_DOVECOT = !process.env.CI && !dovecotInstalled() && 'Dovecot is not installed';
export const NO_PUBLIC_INBOX =
  !process.env.CI && !publicInboxInstalled() && 'public-inbox-imapd is not installed';

/** What a source says of itself; the rest is that of a server on this machine. */
export type SourceSettings = Readonly<Partial<Record<keyof ImapSource, unknown>>>;

/** The settings of a source on this machine, as `traffic.yaml` would have them. */
export function sourceOf(settings: SourceSettings): ImapSource {
  const source = {
    name: 'work',
    type: 'imap',
    host: '127.0.0.1',
    tls: 'none',
    user: 'tester',
    password_env: 'IMAP_PASSWORD',
    ...settings,
  };
  return parseSettings(JSON.stringify({ sources: [source] }), 'traffic.yaml').sources[0]!;
}

/** Pulls a source of these settings into `archive`; tells what became of the mail, and what was noticed. */
export async function pull(
  archive: Archive,
  settings: SourceSettings,
  options: Partial<PullOptions> = {},
): Promise<Tally & { readonly notices: readonly string[] }> {
  const notices: string[] = [];
  const tally = await pullSource(archive, sourceOf(settings), {
    password: 'secret',
    maxBytes: 1 << 20,
    onNotice: sentence => notices.push(sentence),
    ...options,
  });
  return { ...tally, notices };
}
