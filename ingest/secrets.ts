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
  const running = promisify(execFile)(shell!, [flag!, command], { env, timeout: COMMAND_MILLISECONDS });
  // Nobody will answer a program that asks on its standard input.
  running.child.stdin?.end();
  let output: string;
  try {
    output = (await running).stdout;
  } catch (error) {
    // No cause: the error object holds what the command printed.
    throw new OperatorError(`${name}: password_command ${ending(error)}; run it by hand to see why.`);
  }
  const password = output.split(/\r?\n/)[0]!;
  if (password === '')
    throw new OperatorError(
      `${name}: password_command printed no password on its first line; run it by hand to see why.`,
    );
  return password;
}

function ending(error: unknown): string {
  const { code, signal, killed } = error as { code?: unknown; signal?: string | null; killed?: boolean };
  if (code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') return 'printed more than a password';
  if (killed) return 'took more than a minute';
  return signal ? `was ended by ${signal}` : `ended with status ${code}`;
}
