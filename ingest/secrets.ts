import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { OperatorError } from '../publication/operator-error.ts';
import type { ImapSource } from '../publication/traffic-yaml.ts';

/** A password manager that waits for a person longer than this waits for nobody. */
const COMMAND_MILLISECONDS = 60_000;

/**
 * The password of a source, from the environment variable or the command that its settings name.
 *
 * @throws OperatorError naming the variable or the command, never what it holds or prints.
 */
export async function readPassword(source: ImapSource, env: NodeJS.ProcessEnv): Promise<string> {
  if (source.password_command) return firstLineOf(source.password_command, source.name, env);
  const password = env[source.password_env!];
  if (password) return password;
  throw new OperatorError(
    `${source.name}: the environment variable ${source.password_env} is not set; set it to the password of ${source.user}.`,
  );
}

async function firstLineOf(command: string, name: string, env: NodeJS.ProcessEnv): Promise<string> {
  const [shell, flag] = process.platform === 'win32' ? ['cmd.exe', '/c'] : ['/bin/sh', '-c'];
  let output: string;
  try {
    output = (await promisify(execFile)(shell!, [flag!, command], { env, timeout: COMMAND_MILLISECONDS }))
      .stdout;
  } catch (error) {
    const { code, killed } = error as { code?: number | string; killed?: boolean };
    const how = killed ? 'took more than a minute' : `ended with status ${code}`;
    // No cause: the error object holds what the command printed.
    throw new OperatorError(`${name}: password_command ${how}; run it by hand to see why.`);
  }
  const password = output.split(/\r?\n/)[0]!;
  if (password === '')
    throw new OperatorError(
      `${name}: password_command printed no password on its first line; run it by hand to see why.`,
    );
  return password;
}
