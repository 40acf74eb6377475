import { gitLines, gitObjects } from './git.ts';

/** A commit of an epoch: one mail that came, or one that was taken back. */
export interface Commit {
  readonly hash: string;
  /** When the mail says it was sent, and when it was received, in seconds since 1970 UTC. */
  readonly sent: number;
  readonly received: number;
}

/** The newest commit of a repository; undefined where it has none. */
export async function headOf(repository: string): Promise<string | undefined> {
  // for-each-ref says nothing where rev-parse would fail, as in a repository that is still empty.
  for await (const _ of gitLines(repository, ['for-each-ref', '--count=1', 'refs/heads']))
    for await (const hash of gitLines(repository, ['rev-parse', '--verify', 'HEAD'])) return hash;
  return undefined;
}

/** How many commits lead to `commit`, itself counted; undefined where it is not one that `head` comes from. */
export async function ordinalOf(
  repository: string,
  commit: string,
  head: string,
): Promise<number | undefined> {
  for await (const object of gitObjects(repository, [`${commit}^{commit}`])) if (!object) return undefined;
  let missing = 0;
  for await (const count of gitLines(repository, ['rev-list', '--count', `${head}..${commit}`]))
    missing = Number(count);
  if (missing > 0) return undefined;
  for await (const count of gitLines(repository, ['rev-list', '--count', commit])) return Number(count);
  return undefined;
}

/**
 * Of a range of commits, those that took a mail back, which hold it as the file `d`, and those that had brought
 * it, with the same blob as the file `m`. What was brought before the range is not among them.
 */
export async function removedIn(repository: string, range: readonly string[]): Promise<ReadonlySet<string>> {
  const removed = new Set<string>();
  const blobs = new Set<string>();
  const changes = async (name: 'd' | 'm', take: (commit: string, blob: string) => void) => {
    let commit = '';
    const args = ['log', '--raw', '--no-abbrev', '--no-renames', '--diff-filter=AM', '--format=%H', ...range];
    for await (const line of gitLines(repository, [...args, '--', name])) {
      // ":MODE MODE OLD NEW STATUS\tNAME" below the commit's hash.
      const [, blob] = /^:\S+ \S+ \S+ (\S+) /.exec(line) ?? [];
      if (blob) take(commit, blob);
      else if (line !== '') commit = line;
    }
  };
  await changes('d', (commit, blob) => {
    removed.add(commit);
    blobs.add(blob);
  });
  if (blobs.size > 0)
    await changes('m', (commit, blob) => {
      if (blobs.has(blob)) removed.add(commit);
    });
  return removed;
}

/**
 * The commits of an epoch, oldest first, from number `first` on, which `after` comes just before. Memory: 28 or
 * 40 bytes a commit, as an epoch has hundreds of thousands.
 */
export class History {
  readonly #hashBytes: number;
  #hashes: Buffer;
  #times: Float64Array;
  #length = 0;
  readonly first: number;
  /** The commits, as git takes a range. */
  readonly range: readonly string[];

  private constructor(first: number, range: readonly string[], hashBytes: number) {
    this.first = first;
    this.range = range;
    this.#hashBytes = hashBytes;
    this.#hashes = Buffer.alloc(1024 * hashBytes);
    this.#times = new Float64Array(2048);
  }

  static async read(
    repository: string,
    head: string,
    after: string | undefined,
    first: number,
  ): Promise<History> {
    const range = after === undefined ? [head] : [head, `^${after}`];
    const history = new History(first, range, head.length / 2);
    for await (const line of gitLines(repository, [
      'log',
      '--reverse',
      '--topo-order',
      '--format=%H %at %ct',
      ...range,
    ]))
      history.#push(line);
    return history;
  }

  /** The number of the newest commit. */
  get last(): number {
    return this.first + this.#length - 1;
  }

  has(number: number): boolean {
    return number >= this.first && number <= this.last;
  }

  at(number: number): Commit {
    const index = number - this.first;
    return {
      hash: this.#hashes.toString('hex', index * this.#hashBytes, (index + 1) * this.#hashBytes),
      sent: this.#times[index * 2]!,
      received: this.#times[index * 2 + 1]!,
    };
  }

  #push(line: string): void {
    const [hash, sent, received] = line.split(' ') as [string, string, string];
    if ((this.#length + 1) * this.#hashBytes > this.#hashes.length) {
      this.#hashes = Buffer.concat([this.#hashes, Buffer.alloc(this.#hashes.length)]);
      const times = new Float64Array(this.#times.length * 2);
      times.set(this.#times);
      this.#times = times;
    }
    this.#hashes.write(hash, this.#length * this.#hashBytes, 'hex');
    this.#times.set([Number(sent), Number(received)], this.#length * 2);
    this.#length++;
  }
}
