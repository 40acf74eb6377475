import { z } from 'zod';
import { listName } from './list-names.ts';

const common = {
  name: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'must be letters, digits, ".", "_" and "-"')
    .refine(name => name !== 'import', 'must not be import, which mail from files is noted under'),
  /** The list of messages that carry no List-Id. */
  list: listName.optional(),
  /** The topics whose threads are pulled; none: everything. */
  topics: z.array(z.string()).default([]),
};

const variable = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'must be the name of an environment variable, not what it holds')
  .optional();
const command = z.string().min(1, 'must not be empty').optional();
/** From the publication's folder, unless it begins at the root. */
const place = z
  .string()
  .min(1, 'must not be empty')
  .refine(text => !text.startsWith('~'), 'must be written without ~, as no shell reads it');

const imap = z
  .strictObject({
    ...common,
    type: z.literal('imap'),
    host: z
      .string()
      .regex(
        /^([A-Za-z0-9._-]+|[0-9A-Fa-f:]*:[0-9A-Fa-f:]*)$/,
        'must be a name such as mail.example.org, without a port',
      ),
    port: wholeNumber(1, 65535).optional(),
    tls: z
      .enum(['required', 'starttls', 'none'], { error: 'must be required, starttls or none' })
      .default('required'),
    /** A PEM file with the certificate authority to trust besides the system's. */
    ca: place.optional(),
    /** Lets `tls: none` leave this machine. */
    allow_plaintext: z.boolean().default(false),
    user: z.string().min(1, 'must not be empty'),
    password_env: variable,
    password_command: command,
    /** A command that prints an OAuth2 access token (RFC 6750), for accounts that take no password. */
    token_command: command,
    mailboxes: z
      .array(z.string().min(1, 'must not be empty'))
      .min(1, 'must name a mailbox')
      .default(['INBOX']),
  })
  .refine(
    ({ password_env, password_command, token_command }) =>
      [password_env, password_command, token_command].filter(Boolean).length === 1,
    {
      path: ['password_env'],
      error: 'or password_command or token_command must say how to log in, one of the three',
    },
  );

const publicInbox = z.strictObject({
  ...common,
  type: z.literal('public-inbox'),
  /** The repository: a folder with git/0.git, git/1.git, …, or one of these. */
  path: place,
});

/** A source of `traffic.yaml`, told apart by its `type`. */
export const source = z.discriminatedUnion('type', [imap, publicInbox], { error: typeFault });

/** One IMAP account that mail is pulled from. */
export type ImapSource = z.infer<typeof imap>;
/** One public-inbox repository on this machine that mail is pulled from. */
export type PublicInboxSource = z.infer<typeof publicInbox>;
/** Where `traffic pull` gets mail from. */
export type Source = z.infer<typeof source>;

function typeFault({ code, input }: { readonly code: string; readonly input?: unknown }): string | undefined {
  if (code !== 'invalid_union') return undefined;
  const { type } = input as { readonly type?: unknown };
  const must = type === undefined ? 'is missing: it must be' : 'must be';
  return `${must} imap or public-inbox; an mbox, a Maildir or mail files are read by "traffic import PATH"`;
}

/** A whole number of a setting, with its bounds told when it is outside of them. */
export function wholeNumber(least: number, most: number) {
  const error = `must be a whole number from ${least} to ${most}`;
  return z.int({ error }).min(least, error).max(most, error);
}
