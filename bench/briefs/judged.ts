import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { Brief, StatusValue } from '../../briefs/brief.ts';
import { corporaFolder } from '../../test/support/corpora.ts';
import { run, traffic } from '../process.ts';
import { counted, note, print, printTable } from '../report.ts';
import type { Workplace } from '../workplace.ts';

/** Threads of a collection of mail, drawn by chance, and how each ended by the judgement of whoever read it. */
interface Sample {
  /** The name of the mbox. */
  readonly mail: string;
  readonly seed: number;
  /** How many threads of several messages, and how many of one, were drawn. */
  readonly talks: number;
  readonly lone: number;
  readonly threads: readonly { readonly root: string; readonly status: StatusValue }[];
}

/** What briefs say of a thread. */
type Told = Pick<Brief, 'root' | 'status' | 'stats'>;

const SAMPLES = new URL('judged-status.json', import.meta.url);
/** The strongest first. The last two are what is left where nothing was found. */
const VALUES: readonly StatusValue[] = [
  'merged',
  'applied',
  'partly applied',
  'withdrawn',
  'refused',
  'superseded',
  'changes promised',
  'reviewed',
  'answered',
  'discussed',
  'no reply',
];
const FOUND = VALUES.slice(0, -2);

/** Compares how threads ended by their briefs with how they ended by those who read them. */
export async function judged(workplace: Workplace): Promise<void> {
  const samples = JSON.parse(fs.readFileSync(SAMPLES, 'utf8')) as readonly Sample[];
  for (const sample of samples) {
    const file = path.join(corporaFolder() ?? '', `${sample.mail}.mbox.gz`);
    if (corporaFolder() && fs.existsSync(file)) compare(sample, await briefsOf(workplace, file));
    else note(`${sample.mail} is not here: nothing is compared with those who read it.`);
  }
}

/** The briefs of an mbox, as `traffic` tells them. */
async function briefsOf(workplace: Workplace, file: string): Promise<readonly Told[]> {
  const folder = workplace.fresh('judged');
  await run(traffic(folder, 'init', '.'));
  await run(traffic(folder, 'import', file));
  const { stdout } = await run(traffic(folder, 'brief', '--all', '--json'));
  const lines = stdout.trim().split('\n');
  return lines.map(line => (JSON.parse(line) as { readonly brief: Told }).brief);
}

function compare(sample: Sample, briefs: readonly Told[]): void {
  const said = new Map(briefs.map(({ root, status }) => [String(root), status.value]));
  const pairs = sample.threads
    .filter(({ root }) => said.has(root))
    .map(({ root, status }) => ({ root, judged: status, told: said.get(root)! }));
  print(`\n${sample.mail}: ${counted(pairs.length, 'thread')} of ${briefs.length}`);
  if (!isDrawn(sample, briefs)) note('They are not the ones that the seed draws.');
  const rows = (values: readonly StatusValue[], name: string) => {
    const told = pairs.filter(pair => values.includes(pair.told));
    const ended = pairs.filter(pair => values.includes(pair.judged));
    const right = told.filter(pair => pair.told === pair.judged).length;
    const counts = [told.length, ended.length, right].map(String);
    return [name, ...counts, share(right, told.length), share(right, ended.length)];
  };
  printTable(
    ['status', 'told', 'judged', 'right', 'precision', 'recall'],
    [...VALUES.map(value => rows([value], value)), rows(FOUND, 'all but the last two'), rows(VALUES, 'all')],
  );
  for (const { root, judged, told } of pairs)
    if (told !== judged) print(`${root}: ${judged}, told as ${told}`);
}

/** Whether the threads of a sample are those that come first in the order that its seed makes. */
function isDrawn({ seed, talks, lone, threads }: Sample, briefs: readonly Told[]): boolean {
  const key = (root: string) => createHash('sha256').update(`${seed} ${root}`).digest('hex');
  const order = briefs.map(({ root, stats }) => ({ root, stats, key: key(root) }));
  order.sort((a, b) => (a.key < b.key ? -1 : 1));
  const drawn = [
    ...order.filter(({ stats }) => stats.messages > 1).slice(0, talks),
    ...order.filter(({ stats }) => stats.messages === 1).slice(0, lone),
  ];
  const roots = new Set<string>(threads.map(({ root }) => root));
  return drawn.length === roots.size && drawn.every(({ root }) => roots.has(root));
}

function share(part: number, whole: number): string {
  return whole === 0 ? '-' : `${((part / whole) * 100).toFixed(1)} %`;
}
