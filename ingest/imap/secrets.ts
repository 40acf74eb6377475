import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { OperatorError } from '../../publication/operator-error.ts';
import type { ImapSource } from '../../publication/sources.ts';

/** A password manager that waits for a person longer than this waits for nobody. */
const COMMAND_MILLISECONDS = 60_000;

/** What an account is entered with: a password, or an OAuth2 access token (RFC 6750). */
export type Credentials = { readonly pass: string } | { readonly accessToken: string };

/**
 * The password or token of a source, from the environment variable or the command that its settings name.
 *
 * @throws OperatorError naming the variable or the command, never what it holds or prints.
 */
export async function readCredentials(source: ImapSource, env: NodeJS.ProcessEnv): Promise<Credentials> {
  const { name, user, password_env, password_command, token_command } = source;
  if (token_command)
    return { accessToken: await firstLineOf(token_command, `${name}: token_command`, 'token', env) };
  if (password_command)
    return { pass: await firstLineOf(password_command, `${name}: password_command`, 'password', env) };
  const pass = env[password_env!];
  if (pass) return { pass };
  throw new OperatorError(
    `${name}: the environment variable ${password_env} is not set; set it to the password of ${user}.`,
  );
}

async function firstLineOf(
  command: string,
  setting: string,
  secret: string,
  env: NodeJS.ProcessEnv,
): Promise<string> {
  const [shell, flag] = process.platform === 'win32' ? ['cmd.exe', '/c'] : ['/bin/sh', '-c'];
  const running = promisify(execFile)(shell!, [flag!, command], { env, timeout: COMMAND_MILLISECONDS });
  // Nobody will answer a program that asks on its standard input.
  running.child.stdin?.end();
  let output: string;
  try {
    output = (await running).stdout;
  } catch (error) {
    // No cause: the error object holds what the command printed.
    throw new OperatorError(`${setting} ${ending(error, secret)}; run it by hand to see why.`);
  }
  const line = output.split(/\r?\n/)[0]!;
  if (line === '')
    throw new OperatorError(`${setting} printed no ${secret} on its first line; run it by hand to see why.`);
  return line;
}

function ending(error: unknown, secret: string): string {
  const { code, signal, killed } = error as { code?: unknown; signal?: string | null; killed?: boolean };
  if (code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') return `printed more than a ${secret}`;
  if (killed) return 'took more than a minute';
  return signal ? `was ended by ${signal}` : `ended with status ${code}`;
}
