import type { Archive } from '../../ingest/archive/archive.ts';
import type { Tally } from '../../ingest/intake.ts';
import type { PullPlan, PullTally } from '../../ingest/pull/context.ts';
import { type PullOptions, planSource, pullSource } from '../../ingest/pull/pull.ts';
import type { ImapSource, Source } from '../../publication/sources.ts';
import { parseSettings, type Settings } from '../../publication/traffic-yaml.ts';
import { dovecotInstalled } from '../servers/dovecot.ts';
import { publicInboxInstalled } from '../servers/public-inbox.ts';

/** Why tests on a server are skipped, or false. Where every program must be there they are not skipped, and fail. */
export const NO_DOVECOT = !process.env.CI && !dovecotInstalled() && 'Dovecot is not installed';
export const NO_PUBLIC_INBOX =
  !process.env.CI && !publicInboxInstalled() && 'public-inbox-imapd is not installed';

/** What a source says of itself; the rest is that of a server on this machine. */
export type SourceSettings = Readonly<Partial<Record<keyof ImapSource, unknown>>>;

/** The settings of a source on this machine, as `traffic.yaml` would have them, with its topics. */
export function settingsOf(source: SourceSettings, topics: Readonly<Record<string, unknown>> = {}): Settings {
  const { topics: names = Object.keys(topics), ...others } = source;
  const whole = {
    name: 'work',
    type: 'imap',
    host: '127.0.0.1',
    tls: 'none',
    user: 'tester',
    ...(others.token_command || others.password_command ? {} : { password_env: 'IMAP_PASSWORD' }),
    ...others,
    topics: names,
  };
  return parseSettings(JSON.stringify({ sources: [whole], topics }), 'traffic.yaml');
}

/** An IMAP source on this machine, as `traffic.yaml` would have it. */
export function sourceOf(settings: SourceSettings): ImapSource {
  return settingsOf(settings).sources[0] as ImapSource;
}

/** How tests pull; what they say besides takes its place. */
export interface TestOptions extends Partial<Omit<PullOptions, 'topics'>> {
  readonly password?: string;
  /** The topics that the source pulls by, as `traffic.yaml` has them. */
  readonly topics?: Readonly<Record<string, unknown>>;
}

/** Pulls a source of these settings into `archive`; tells what became of the mail, and what was noticed. */
export async function pull(
  archive: Archive,
  source: SourceSettings,
  options: TestOptions = {},
): Promise<Tally & { readonly notices: readonly string[] }> {
  const notices: string[] = [];
  const { swept: _, ...tally } = await pullSource(archive, ...arguments_(source, options, notices));
  return { ...tally, notices };
}

/** Like `pull`, and tells as well how many headers were swept. */
export async function pullTopic(
  archive: Archive,
  source: SourceSettings,
  options: TestOptions,
): Promise<PullTally & { readonly notices: readonly string[] }> {
  const notices: string[] = [];
  return { ...(await pullSource(archive, ...arguments_(source, options, notices))), notices };
}

/** What a pull of this source would fetch. */
export function plan(archive: Archive, source: SourceSettings, options: TestOptions = {}): Promise<PullPlan> {
  return planSource(archive, ...arguments_(source, options, []));
}

function arguments_(
  source: SourceSettings,
  { password = 'secret', topics, ...options }: TestOptions,
  notices: string[],
): [Source, PullOptions] {
  const settings = settingsOf(source, topics);
  return [
    settings.sources[0]!,
    {
      credentials: async () => ({ pass: password }),
      maxBytes: 1 << 20,
      topics: settings.topics,
      onNotice: sentence => notices.push(sentence),
      pauses: [],
      ...options,
    },
  ];
}
