import path from 'node:path';
import { cpu, peak } from './contest.ts';
import { siteFolder } from './contestants/traffic.ts';
import { treeOf } from './file-tree.ts';
import { type Run, run, traffic } from './process.ts';
import { type Originals, originalsIn, type Replica, replicas, writeEntries } from './replicas.ts';
import { counted, megabytes, note, print, printTable, whole } from './report.ts';
import type { Workplace } from './workplace.ts';

/** Messages that are imported at once: whoever has a million has them in files of some size. */
const PIECE = 100_000;

/**
 * Measures a list of a million messages, which nobody builds whole on a small machine: how it is imported, piece by
 * piece, what `traffic threads` takes, and what the site of its fullest month does.
 */
export async function million(
  workplace: Workplace,
  sources: readonly string[],
  messages: number,
): Promise<void> {
  const originals = await originalsIn(sources);
  const folder = workplace.fresh('million');
  await run(traffic(folder, 'init', '.'));
  print(
    `\n${counted(messages, 'message')}, replicated from ${sources.map(file => path.basename(file)).join(', ')}`,
  );
  const imported = await importPieces(workplace, folder, replicas(originals, messages));
  note('threading');
  const threads = await run({ ...traffic(folder, '--quiet', 'threads'), unread: true });
  const { bytes } = treeOf(folder).totals();
  printTable(HEADS, [...imported, row('traffic threads, of all', messages, threads)]);
  print(`The archive takes ${megabytes(bytes)} MB: ${whole(bytes / messages)} bytes a message.`);
  workplace.clear('million');
  await buildMonth(workplace, originals, messages);
}

const HEADS = ['', 'messages', 's', 'messages/s', 'CPU s', 'peak MB'];

function row(name: string, messages: number, measured: Run): readonly string[] {
  const { seconds } = measured;
  return [
    name,
    whole(messages),
    seconds.toFixed(1),
    whole(messages / seconds),
    cpu([measured]),
    peak([measured]),
  ];
}

/** Imports mail, the oldest first, in pieces of which but one is on the disk at a time. */
async function importPieces(
  workplace: Workplace,
  folder: string,
  mail: Iterator<Replica>,
): Promise<readonly (readonly string[])[]> {
  const file = workplace.at('piece.mbox');
  const rows: (readonly string[])[] = [];
  for (;;) {
    const count = await writeEntries(file, atMost(mail, PIECE));
    if (count === 0) return rows;
    const measured = await run(traffic(folder, '--quiet', 'import', file));
    rows.push(row(`traffic import, piece ${rows.length + 1}`, count, measured));
    note(`imported piece ${rows.length} in ${measured.seconds.toFixed(1)} s`);
  }
}

function* atMost<T>(values: Iterator<T>, count: number): Generator<T> {
  for (let taken = 0; taken < count; taken++) {
    const next = values.next();
    if (next.done) return;
    yield next.value;
  }
}

/**
 * Builds the site of the month that has most mail. No setting limits what a site shows, so it is a publication of its
 * own, with the month's mail alone.
 */
async function buildMonth(workplace: Workplace, originals: Originals, messages: number): Promise<void> {
  const counts = new Map<string, number>();
  for (const { received } of replicas(originals, messages)) {
    const month = monthOf(received);
    counts.set(month, (counts.get(month) ?? 0) + 1);
  }
  const [month, count] = [...counts].reduce((most, one) => (one[1] > most[1] ? one : most));
  const file = workplace.at('month.mbox');
  await writeEntries(file, inMonth(replicas(originals, messages), month));
  const folder = workplace.fresh('month');
  await run(traffic(folder, 'init', '.'));
  const imported = await run(traffic(folder, '--quiet', 'import', file));
  const built = await run(traffic(folder, '--quiet', 'build'));
  print(`\n${month}, the fullest month, as a publication of its own`);
  printTable(HEADS, [row('traffic import', count, imported), row('traffic build', count, built)]);
  const { files, bytes } = treeOf(siteFolder(folder)).totals();
  print(`The site has ${counted(files, 'file')}, ${megabytes(bytes)} MB.`);
}

function* inMonth(mail: Iterable<Replica>, month: string): Generator<Replica> {
  for (const replica of mail) if (monthOf(replica.received) === month) yield replica;
}

/** `2018-03`, of seconds since 1970 UTC. */
function monthOf(received: number): string {
  return new Date(received * 1000).toISOString().slice(0, 7);
}
