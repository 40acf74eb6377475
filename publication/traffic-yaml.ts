import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { OperatorError } from './operator-error.ts';

/** Names that pages of the site's own already have, so that no list may take them. */
export const RESERVED_NAMES: ReadonlySet<string> = new Set(
  'issues r series people topics stats search corrections removals mirror privacy about feeds assets h index'.split(
    ' ',
  ),
);

const listName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]*$/, 'must be a list\'s name for URLs: small letters, digits, ".", "_" and "-"')
  .refine(name => !RESERVED_NAMES.has(name), 'must not be the name of a page of the site; choose another');

const site = z.strictObject({
  title: z.string().min(1).default('List Traffic'),
  /** The line under the title; made from the lists' names where it is empty. */
  strap: z.string().default(''),
  /** Where the site will be: scheme and host. Feeds need it. */
  url: z
    .url({ protocol: /^https?$/, error: 'must be an address such as https://example.org' })
    .transform(url => url.replace(/\/+$/, ''))
    .default('http://localhost'),
  /** The path the site lies under; begins and ends with a slash. */
  prefix: z
    .string()
    .regex(/^\/(?:[A-Za-z0-9._~-]+\/)*$/, 'must begin and end with a slash, such as / or /lists/')
    .default('/'),
  language: z
    .string()
    .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]+)*$/, 'must be a language tag such as en')
    .default('en'),
  timezone: z.string().refine(isTimeZone, 'must be a time zone such as UTC or Europe/Berlin').default('UTC'),
  /** Which threads get pages. */
  archive: z
    .literal('all', { error: 'must be all: this version shows every archived thread' })
    .default('all'),
});

const imapSource = z
  .strictObject({
    name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'must be letters, digits, ".", "_" and "-"'),
    type: z.literal('imap', {
      error: 'must be imap; an mbox, a Maildir or mail files are read by "traffic import PATH"',
    }),
    host: z.string().min(1),
    port: z.int().min(1).max(65535).optional(),
    tls: z
      .enum(['required', 'starttls', 'none'], { error: 'must be required, starttls or none' })
      .default('required'),
    /** A PEM file with the certificate authority to trust besides the system's. */
    ca: z.string().optional(),
    /** Lets `tls: none` leave this machine. */
    allow_plaintext: z.boolean().default(false),
    user: z.string().min(1),
    password_env: z.string().optional(),
    password_command: z.string().optional(),
    mailboxes: z.array(z.string().min(1)).min(1).default(['INBOX']),
    /** The list of messages that carry no List-Id. */
    list: listName.optional(),
    topics: z.array(z.string()).max(0, 'must be []: this version pulls whole mailboxes').default([]),
  })
  .refine(source => Boolean(source.password_env) !== Boolean(source.password_command), {
    path: ['password_env'],
    error: 'or password_command must say where the password comes from, one of the two',
  });

const schema = z.strictObject({
  site: site.prefault({}),
  lists: z.record(z.string(), listName).default({}),
  sources: z
    .array(imapSource)
    .default([])
    .refine(
      sources => new Set(sources.map(source => source.name)).size === sources.length,
      'must have a name of its own each',
    ),
  /** What to pull by; a source that names none of them pulls whole mailboxes. */
  topics: z.record(z.string(), z.looseObject({ title: z.string().optional() })).default({}),
  privacy: z
    .strictObject({ addresses: z.enum(['show', 'mask'], { error: 'must be show or mask' }).default('show') })
    .prefault({}),
  max_message_bytes: z
    .int()
    .min(1024)
    .default(32 << 20),
});

/** Everything that `traffic.yaml` says, with what it leaves out filled in. */
export type Settings = z.infer<typeof schema>;
/** How the site looks and where it lies. */
export type SiteSettings = Settings['site'];
/** One IMAP account that mail is pulled from. */
export type ImapSource = Settings['sources'][number];

/**
 * The settings in the text of a `traffic.yaml`.
 *
 * @throws OperatorError naming `file`, the line, what is wrong there and what would be right.
 */
export function parseSettings(text: string, file: string): Settings {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter });
  const broken = document.errors[0];
  if (broken) {
    const [firstLine] = broken.message.split(/ at line|\n/);
    throw new OperatorError(`${file}:${lineCounter.linePos(broken.pos[0]).line}: ${firstLine}.`, {
      wrongUse: true,
    });
  }
  const result = schema.safeParse(document.toJS() ?? {});
  if (result.success) return result.data;
  const issue = mostUseful(result.error.issues);
  const path = issue.path as (string | number)[];
  throw new OperatorError(`${file}:${lineOf(path)}: ${sentence(issue, path)}.`, { wrongUse: true });

  /** The line of the nearest node that the path leads to; 1 where even the top is missing. */
  function lineOf(path: readonly (string | number)[]): number {
    const unknown = issue.code === 'unrecognized_keys' ? [...path, issue.keys[0]!] : path;
    for (let depth = unknown.length; depth > 0; depth--) {
      const node = document.getIn(unknown.slice(0, depth), true) as
        | { range?: [number, number, number] }
        | undefined;
      if (node?.range) return lineCounter.linePos(node.range[0]).line;
    }
    return 1;
  }
}

/** An unknown key says more than what follows from it, such as that the right key is missing. */
function mostUseful(issues: readonly z.core.$ZodIssue[]): z.core.$ZodIssue {
  return issues.find(issue => issue.code === 'unrecognized_keys') ?? issues[0]!;
}

function sentence(issue: z.core.$ZodIssue, path: readonly (string | number)[]): string {
  const where = path.length === 0 ? 'the file' : path.join('.');
  if (issue.code !== 'unrecognized_keys') return `${where} ${plain(issue.message)}`;
  const key = issue.keys[0]!;
  if (/^(password|pass|token|secret)$/.test(key)) {
    return `${where} holds a ${key}, which must not lie in the site's folder; name an environment variable with password_env or a program with password_command`;
  }
  return `${where} has no setting called "${key}"; see "traffic init" for a commented traffic.yaml with all of them`;
}

/** zod's own sentences in the words of somebody who writes YAML. */
function plain(message: string): string {
  const [, wanted, got] = /expected (\w+), received (\w+)/.exec(message) ?? [];
  if (got === 'undefined') return 'is missing';
  if (wanted) return `must be a ${YAML_WORDS[wanted] ?? wanted}, not a ${YAML_WORDS[got!] ?? got}`;
  return message.replace(/^Too (?:big|small): expected \w+ to (?:be|have) /, 'must be ');
}

const YAML_WORDS: Readonly<Record<string, string>> = {
  object: 'map',
  record: 'map',
  array: 'list',
  string: 'text',
  int: 'whole number',
};

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
