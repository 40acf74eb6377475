import { PassThrough } from 'node:stream';
import { run } from '../../cli/main.ts';

/** Runs a command line in this process and gives its exit code and what it printed. */
export function traffic(...words: readonly string[]) {
  return trafficIn({}, words);
}

/** The same, with these environment variables. */
export async function trafficIn(
  env: NodeJS.ProcessEnv,
  words: readonly string[],
): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const code = await run({ argv: ['node', 'traffic', ...words], env, stdout, stderr });
  return { code, out: String(stdout.read() ?? ''), err: String(stderr.read() ?? '') };
}
