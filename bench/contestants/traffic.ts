import fs from 'node:fs';
import path from 'node:path';
import type { Contestant } from '../contest.ts';
import { type FileTree, treeOf } from '../file-tree.ts';
import type { Mail } from '../mail.ts';
import { type Run, run, traffic } from '../process.ts';
import type { Workplace } from '../workplace.ts';

/** `traffic import` of an mbox into an empty archive. The publication of the last run stays in `folder`. */
export function trafficImport(
  workplace: Workplace,
  { file }: Mail,
): Contestant & { readonly folder: string } {
  const folder = workplace.at('import');
  let added = 0;
  return {
    name: 'traffic import',
    folder,
    async prepare() {
      await run(traffic(workplace.fresh('import'), 'init', '.'));
    },
    async run(limit) {
      const result = await run(traffic(folder, 'import', '--json', file), limit);
      added = (JSON.parse(result.stdout) as { added: number }).added;
      return result;
    },
    made: () => ({ messages: added, ...treeOf(folder).totals() }),
  };
}

/** A publication into which the mail has been imported, and nothing is built. */
export async function publicationOf(workplace: Workplace, mail: Mail): Promise<string> {
  const { folder, prepare, run } = trafficImport(workplace, mail);
  await prepare();
  await run();
  return folder;
}

/** `traffic threads`: all threads of an archive, a line each. */
export function trafficThreads(folder: string): Contestant {
  return command('traffic threads', folder, 'threads');
}

/** `traffic brief --all`: what each thread of an archive says, as JSON. */
export function trafficBriefs(folder: string): Contestant {
  return command('traffic brief --all', folder, 'brief', '--all', '--json');
}

/** A command that changes nothing, and whose output nobody reads. */
function command(name: string, folder: string, ...args: readonly string[]): Contestant {
  return {
    name,
    prepare() {},
    run: limit => run({ ...traffic(folder, '--quiet', ...args), unread: true }, limit),
    made: () => ({}),
  };
}

/** The first `traffic build` of a publication, from the archive alone. The built one of the last run stays in `folder`. */
export function trafficBuild(
  workplace: Workplace,
  publication: string,
): Contestant & { readonly folder: string } {
  const folder = workplace.at('build');
  return {
    name: 'traffic build',
    folder,
    prepare: () => fs.cpSync(publication, workplace.fresh('build'), { recursive: true }),
    run: limit => run(traffic(folder, '--quiet', 'build'), limit),
    made() {
      const site = siteOf(folder);
      return { messages: site.count(/\/raw\.txt$/), ...site.totals() };
    },
  };
}

/**
 * A new reply: `traffic import` and `traffic build` in a publication that is built, as cron runs them. `files` are
 * those outside of the search that were written or removed.
 */
export function oneReply(
  workplace: Workplace,
  publication: string,
  replies: Iterator<Buffer, never>,
): Contestant {
  const file = workplace.at('reply.eml');
  let before = siteOf(publication);
  return {
    name: 'one reply: traffic import, build',
    prepare() {
      fs.writeFileSync(file, replies.next().value);
      before = siteOf(publication);
    },
    async run(limit) {
      const imported = await run(traffic(publication, '--quiet', 'import', file), limit);
      const built = await run(traffic(publication, '--quiet', 'build'), limit);
      return together(imported, built);
    },
    made: () => ({
      messages: 1,
      ...siteOf(publication).changedSince(before, name => !name.startsWith('search/')),
    }),
  };
}

/** `traffic build` where nothing has come since the last one. `files` are all that were written or removed. */
export function nothingNew(publication: string): Contestant {
  let before = siteOf(publication);
  return {
    name: 'nothing new: traffic build',
    prepare() {
      before = siteOf(publication);
    },
    run: limit => run(traffic(publication, '--quiet', 'build'), limit),
    made: () => ({ messages: 0, ...siteOf(publication).changedSince(before, () => true) }),
  };
}

/** Where the built site of a publication lies. */
export function siteFolder(publication: string): string {
  return path.join(publication, '_site');
}

function siteOf(publication: string): FileTree {
  return treeOf(siteFolder(publication));
}

/** Two runs, one after the other, as one. */
function together(first: Run, second: Run): Run {
  const usage = first.usage &&
    second.usage && {
      cpuSeconds: first.usage.cpuSeconds + second.usage.cpuSeconds,
      peakBytes: Math.max(first.usage.peakBytes, second.usage.peakBytes),
    };
  return { seconds: first.seconds + second.seconds, usage, stdout: second.stdout };
}
