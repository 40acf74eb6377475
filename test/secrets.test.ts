import assert from 'node:assert/strict';
import test from 'node:test';
import { inspect } from 'node:util';
import { type Credentials, readCredentials } from '../ingest/imap/secrets.ts';
import { OperatorError } from '../publication/operator-error.ts';
import type { ImapSource } from '../publication/sources.ts';
import { parseSettings } from '../publication/traffic-yaml.ts';

const SECRET = 'correct horse battery';

/** The credentials of a source whose settings say this of it. */
function credentialsOf(
  settings: Readonly<Record<string, string>>,
  env: NodeJS.ProcessEnv = {},
): Promise<Credentials> {
  const source = { name: 'work', type: 'imap', host: 'mail.example.org', user: 'ada', ...settings };
  const { sources } = parseSettings(JSON.stringify({ sources: [source] }), 'traffic.yaml');
  return readCredentials(sources[0] as ImapSource, { PATH: process.env.PATH, ...env });
}

/** One sentence for the operator that says this, and nowhere holds the secret. */
function tells(words: RegExp): (error: unknown) => boolean {
  return error => {
    assert.ok(error instanceof OperatorError, inspect(error));
    assert.match(error.message, words);
    assert.match(error.message, /^work: [^\n]*\.$/);
    assert.ok(!inspect(error, { depth: 20, showHidden: true }).includes(SECRET));
    return true;
  };
}

test('a password comes from the environment variable that is named', async () => {
  assert.deepEqual(
    await credentialsOf({ password_env: 'IMAP_PASSWORD' }, { IMAP_PASSWORD: SECRET, OTHER: 'x' }),
    { pass: SECRET },
  );
});

test('a variable that is missing or empty is named with its user', async () => {
  for (const env of [{}, { IMAP_PASSWORD: '' }, { IMAP_PASSWORT: SECRET }])
    await assert.rejects(
      credentialsOf({ password_env: 'IMAP_PASSWORD' }, env),
      tells(/the environment variable IMAP_PASSWORD is not set; set it to the password of ada\.$/),
    );
});

test('a password command gives the first line that it prints, and nothing else of it', async () => {
  const commands = [
    'printf %s "$SECRET"',
    'echo "$SECRET"; echo user: ada',
    'printf "%s\\r\\n" "$SECRET"',
    'echo noise >&2; echo "$SECRET"',
    'cat; echo "$SECRET"',
  ];
  for (const password_command of commands)
    assert.deepEqual(
      await credentialsOf({ password_command }, { SECRET }),
      { pass: SECRET },
      password_command,
    );
});

test('a token command gives a token, and tells of its failure in words of its own', async () => {
  assert.deepEqual(await credentialsOf({ token_command: 'echo "$SECRET"; echo more' }, { SECRET }), {
    accessToken: SECRET,
  });
  await assert.rejects(
    credentialsOf({ token_command: 'echo; echo "$SECRET"' }, { SECRET }),
    tells(/token_command printed no token on its first line;/),
  );
  await assert.rejects(
    credentialsOf({ token_command: 'echo "$SECRET"; exit 4' }, { SECRET }),
    tells(/token_command ended with status 4; run it by hand to see why\.$/),
  );
});

test('blanks at the ends of a password are part of it', async () => {
  assert.deepEqual(await credentialsOf({ password_command: "echo ' a b '" }), { pass: ' a b ' });
});

const FAILURES: readonly (readonly [command: string, words: RegExp])[] = [
  [`echo "$SECRET"; exit 3`, /password_command ended with status 3; run it by hand to see why\.$/],
  [`echo "$SECRET" >&2; false`, /password_command ended with status 1;/],
  [`echo "$SECRET"; kill -9 $$`, /password_command was ended by SIGKILL;/],
  ['no-such-program-here', /password_command ended with status 127;/],
  ['true', /password_command printed no password on its first line;/],
  ['echo; echo "$SECRET"', /password_command printed no password on its first line;/],
  ['while echo "$SECRET"; do :; done', /password_command printed more than a password;/],
];

for (const [password_command, words] of FAILURES) {
  test(`a failing password command is told of without what it prints: ${password_command}`, async () => {
    await assert.rejects(credentialsOf({ password_command }, { SECRET }), tells(words));
  });
}
