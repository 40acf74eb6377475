import assert from 'node:assert/strict';
import test from 'node:test';
import { inspect } from 'node:util';
import { readPassword } from '../ingest/secrets.ts';
import { OperatorError } from '../publication/operator-error.ts';
import { parseSettings } from '../publication/traffic-yaml.ts';

const SECRET = 'correct horse battery';

/** The password of a source whose settings say this of it. */
function passwordOf(
  settings: Readonly<Record<string, string>>,
  env: NodeJS.ProcessEnv = {},
): Promise<string> {
  const source = { name: 'work', type: 'imap', host: 'mail.example.org', user: 'ada', ...settings };
  const { sources } = parseSettings(JSON.stringify({ sources: [source] }), 'traffic.yaml');
  return readPassword(sources[0]!, { PATH: process.env.PATH, ...env });
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
  assert.equal(
    await passwordOf({ password_env: 'IMAP_PASSWORD' }, { IMAP_PASSWORD: SECRET, OTHER: 'x' }),
    SECRET,
  );
});

test('a variable that is missing or empty is named with its user', async () => {
  for (const env of [{}, { IMAP_PASSWORD: '' }, { IMAP_PASSWORT: SECRET }])
    await assert.rejects(
      passwordOf({ password_env: 'IMAP_PASSWORD' }, env),
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
    assert.equal(await passwordOf({ password_command }, { SECRET }), SECRET, password_command);
});

test('blanks at the ends of a password are part of it', async () => {
  assert.equal(await passwordOf({ password_command: "echo ' a b '" }), ' a b ');
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
    await assert.rejects(passwordOf({ password_command }, { SECRET }), tells(words));
  });
}
