import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { OperatorError } from '../../publication/operator-error.ts';

/** What git says on its standard error that is worth keeping. */
const KEPT_WORDS = 2000;

/** git asks nobody, fetches nothing, and says what it says in English. */
const QUIET = { GIT_TERMINAL_PROMPT: '0', GIT_NO_LAZY_FETCH: '1', GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' };

/** git does not read a repository. */
export class GitRefusal extends OperatorError {}

type Git = ChildProcessByStdio<Writable, Readable, Readable>;

/**
 * The lines that a git command prints about the bare repository `repository`, one after the other.
 *
 * @throws OperatorError with git's own words where it fails.
 */
export async function* gitLines(repository: string, args: readonly string[]): AsyncGenerator<string> {
  const git = start(repository, args);
  git.child.stdin.end();
  let rest = '';
  try {
    for await (const chunk of git.child.stdout) {
      const lines = (rest + (chunk as Buffer).toString('latin1')).split('\n');
      rest = lines.pop()!;
      yield* lines;
    }
    await git.ended();
  } finally {
    git.child.kill();
  }
}

/** An object of a repository, or undefined where a name stands for none. */
export type GitObject = { readonly type: string; readonly content: Buffer } | undefined;

/** So many names are asked for ahead of their answers; the pipes between hold them all. */
const AHEAD = 256;

/**
 * The objects of these names (`git cat-file --batch`), in order.
 *
 * @throws OperatorError with git's own words where it fails, as over a damaged pack.
 */
export async function* gitObjects(repository: string, names: Iterable<string>): AsyncGenerator<GitObject> {
  const git = start(repository, ['cat-file', '--batch']);
  const bytes = new ByteReader(git.child.stdout);
  const iterator = names[Symbol.iterator]();
  let waiting = 0;
  try {
    for (;;) {
      while (waiting < AHEAD) {
        const { value, done } = iterator.next();
        if (done) break;
        git.child.stdin.write(`${value}\n`);
        waiting++;
      }
      if (waiting === 0) return;
      const line = await bytes.line();
      if (line === undefined) {
        await git.ended();
        throw refusal(repository, 'it stopped in the middle');
      }
      waiting--;
      // "NAME missing", or "HASH TYPE SIZE" and the content.
      const match = /^[0-9a-f]+ (\w+) (\d+)$/.exec(line);
      if (!match) yield undefined;
      else {
        const content = await bytes.take(Number(match[2]) + 1);
        if (content === undefined) {
          await git.ended();
          throw refusal(repository, 'it stopped in the middle');
        }
        yield { type: match[1]!, content: content.subarray(0, -1) };
      }
    }
  } finally {
    git.child.kill();
  }
}

function start(repository: string, args: readonly string[]) {
  const child: Git = spawn('git', ['--no-pager', `--git-dir=${repository}`, ...args], {
    env: { ...process.env, ...QUIET },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let words = '';
  child.stderr.on('data', (chunk: Buffer) => {
    words = (words + chunk.toString('utf8')).slice(0, KEPT_WORDS);
  });
  // What cannot be written any more is told by how the process ends.
  child.stdin.on('error', () => {});
  const closed = once(child, 'close').then(
    ([code, signal]) => ({ code: code as number | null, signal: signal as string | null, failed: undefined }),
    (error: unknown) => ({ code: null, signal: null, failed: error as NodeJS.ErrnoException }),
  );
  return {
    child,
    /** Waits for the end. */
    async ended(): Promise<void> {
      child.stdin.end();
      const { code, signal, failed } = await closed;
      if (failed?.code === 'ENOENT')
        throw new OperatorError(
          'the program git is not there; install it to read public-inbox repositories.',
        );
      if (failed) throw failed;
      if (code !== 0) throw refusal(repository, firstLine(words) || `it ended with ${signal ?? code}`);
    },
  };
}

function refusal(repository: string, words: string): GitRefusal {
  return new GitRefusal(
    `git cannot read ${repository} ("${words}"); see to the repository, or make it anew.`,
  );
}

/** git's first line tells what is wrong, its others what it would do about it. */
function firstLine(words: string): string {
  const printable = words.replace(/[^\x20-\x7e\n]/g, '');
  return (printable.split('\n').find(line => line !== '') ?? '').replace(/^(fatal|error): /, '').trim();
}

/** Takes lines and counted bytes from a stream. */
class ByteReader {
  readonly #chunks: AsyncIterator<Buffer>;
  #held: Buffer = Buffer.alloc(0);

  constructor(stream: Readable) {
    this.#chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  }

  /** The next line, without its end; undefined where the stream ends first. */
  async line(): Promise<string | undefined> {
    for (;;) {
      const end = this.#held.indexOf(0x0a);
      if (end !== -1) {
        const line = this.#held.toString('latin1', 0, end);
        this.#held = this.#held.subarray(end + 1);
        return line;
      }
      if (!(await this.#more())) return undefined;
    }
  }

  /** The next `length` bytes, which stay as they are; undefined where the stream ends first. */
  async take(length: number): Promise<Buffer | undefined> {
    const parts: Buffer[] = [];
    let missing = length;
    while (this.#held.length < missing) {
      parts.push(this.#held);
      missing -= this.#held.length;
      this.#held = Buffer.alloc(0);
      if (!(await this.#more())) return undefined;
    }
    parts.push(this.#held.subarray(0, missing));
    this.#held = this.#held.subarray(missing);
    return Buffer.concat(parts);
  }

  async #more(): Promise<boolean> {
    const { value, done } = await this.#chunks.next();
    if (done) return false;
    this.#held = this.#held.length === 0 ? value : Buffer.concat([this.#held, value]);
    return true;
  }
}
