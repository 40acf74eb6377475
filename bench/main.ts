import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { OperatorError } from '../publication/operator-error.ts';
import { agreement } from './agreement.ts';
import { briefs } from './briefs/briefs.ts';
import { judged } from './briefs/judged.ts';
import { buildRate } from './build-rate.ts';
import { fidelity } from './fidelity.ts';
import { importRate } from './import-rate.ts';
import { lighthouse } from './lighthouse.ts';
import { givenMail, type Mail, sampleMail } from './mail.ts';
import { memory } from './memory.ts';
import { million } from './million.ts';
import { stopRunning } from './process.ts';
import { pullRate } from './pull-rate.ts';
import { realMail, SAMPLE, writeReplicas } from './replicas.ts';
import { counted, megabytes, note, print } from './report.ts';
import { searchRate } from './search/search.ts';
import { PARTS, type PartName, suite } from './suite.ts';
import { threadRate } from './thread-rate.ts';
import { Workplace } from './workplace.ts';

/** Where the results of the suite stand, beside how they came about. */
const RESULTS = path.join(path.dirname(fileURLToPath(import.meta.url)), 'RESULTS.md');

const HELP = `Usage: npm run bench -- [COMMAND] [MBOX] [options]

  import [MBOX]   "traffic import" beside "notmuch new"
  build [MBOX]    "traffic build" beside "mhonarc"
  pull [MBOX]     "traffic pull" from a Dovecot mailbox, beside "mbsync" and a bare imapflow
  threads [MBOX]  threading of copies of the headers, beside a bare union-find
  agreement [MBOX]
                  our threads beside those of "notmuch" and Dovecot, and why they differ
  briefs [MBOX]   sentences ranked, beside what people chose and beside a plain score
  fidelity [MBOX] true and false quotations, and what the checker says of them
  judged          how threads ended by their briefs, and by those who read them
  search [MBOX]   our search index beside one lunr index and Pagefind, which npm fetches
  lighthouse      pages of the sample in Chromium, by Lighthouse, which npx fetches
  memory          peak memory of "traffic import" and "traffic build" as the mail grows
  suite [MBOX]    all that a publication's day takes, beside notmuch, mu, public-inbox,
                  MHonArc and Pagefind, as the mail grows; written to bench/RESULTS.md
  million [MBOX]  import and threads of a million messages, and a month of them built
  copies [MBOX]   makes mail to try things with, as suite does: an mbox in --out

Without a command: import, then build. Without an MBOX (also .mbox.gz; for threads,
agreement and briefs also a folder of mail): the sample list, copied under new Message-IDs,
but for agreement and briefs; for suite, million and copies three kernel lists, where
../shared/corpora has them.

  --bc3 DIR       for briefs: a folder with the BC3 corpus
  --runs N        measured runs of each program (default 5; for suite 3, with the largest
                  size one)
  --messages N    how many messages to make of the sample (default 2000);
                  for pull 50000; for search 20000; for threads, N,N,… (default 100000,1000000);
                  for memory, N,N,… to build (default 1000,2000,4000,8000);
                  for million 1000000
  --sizes N,N,…   sizes of mbox files to import for memory, in MB (default 50,200,800);
                  for suite, in messages (default 2000,20000,100000)
  --parts A,B,…   for suite: of import,read,build,change,search (default all)
  --limit N       for suite: minutes after which a program is stopped (default 60)
  --out FILE      for suite: the results (default bench/RESULTS.md); for copies: the mbox
`;

/** Runs the benchmark that the command line names and gives the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  const workplace = new Workplace();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      stopRunning();
      workplace.remove();
      process.exit(130);
    });
  }
  try {
    await runCommand(args, workplace);
    return 0;
  } catch (error) {
    if (!isWrongUse(error)) throw error;
    note(`bench: ${error.message}`);
    return 2;
  } finally {
    workplace.remove();
  }
}

async function runCommand(args: readonly string[], workplace: Workplace): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      runs: { type: 'string' },
      messages: { type: 'string' },
      sizes: { type: 'string' },
      parts: { type: 'string', default: PARTS.join() },
      limit: { type: 'string', default: '60' },
      out: { type: 'string' },
      bc3: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const [command, mbox, ...rest] = positionals;
  if (rest.length > 0) throw new OperatorError(`${rest[0]}: one mbox at a time.`, { wrongUse: true });
  const runs = oneNumber('runs', values.runs ?? (command === 'suite' ? '3' : '5'));
  const real = () => (mbox ? [existing(mbox)] : realMail());
  if (command === 'suite') {
    await suite(workplace, {
      sources: real(),
      sizes: numbers('sizes', values.sizes ?? '2000,20000,100000'),
      parts: partsNamed(values.parts),
      runs,
      limitSeconds: 60 * oneNumber('limit', values.limit),
      results: values.out ? fromCaller(values.out) : RESULTS,
    });
    return;
  }
  if (command === 'million') {
    sayMachine();
    await million(workplace, real(), oneNumber('messages', values.messages ?? '1000000'));
    return;
  }
  if (command === 'copies') {
    if (!values.out) throw new OperatorError('copies needs --out FILE.', { wrongUse: true });
    const messages = oneNumber('messages', values.messages ?? '2000');
    await writeReplicas(fromCaller(values.out), { messages }, real());
    return;
  }
  if (command === 'memory') {
    if (mbox) throw new OperatorError('memory makes its own mail; it takes no mbox.', { wrongUse: true });
    sayMachine();
    await memory(workplace, {
      megabytes: numbers('sizes', values.sizes ?? '50,200,800'),
      messages: numbers('messages', values.messages ?? '1000,2000,4000,8000'),
    });
    return;
  }
  if (command === 'threads') {
    sayMachine();
    const sizes = numbers('messages', values.messages ?? '100000,1000000');
    await threadRate(workplace, mbox ? existing(mbox) : SAMPLE, sizes, runs);
    return;
  }
  if (command === 'search') {
    sayMachine();
    const messages = oneNumber('messages', values.messages ?? '20000');
    const mail = mbox ? await givenMail(workplace, fromCaller(mbox)) : await sampleMail(workplace, messages);
    sayMail(mail);
    await searchRate(workplace, mail.file);
    return;
  }
  if (command === 'lighthouse') {
    if (mbox) throw new OperatorError('lighthouse reads the sample; it takes no mbox.', { wrongUse: true });
    sayMachine();
    await lighthouse(workplace, runs);
    return;
  }
  if (command === 'briefs') {
    sayMachine();
    const places = { mail: mbox ? existing(mbox) : SAMPLE, bc3: values.bc3 && existing(values.bc3) };
    await briefs(places, runs);
    return;
  }
  if (command === 'fidelity') {
    await fidelity(mbox ? existing(mbox) : SAMPLE);
    return;
  }
  if (command === 'judged') {
    if (mbox)
      throw new OperatorError('judged reads the mail that was judged; it takes no mbox.', { wrongUse: true });
    await judged(workplace);
    return;
  }
  if (command === 'agreement') {
    await agreement(mbox ? existing(mbox) : SAMPLE);
    return;
  }
  if (command === 'pull') {
    sayMachine();
    const given = mbox ? await givenMail(workplace, fromCaller(mbox)) : undefined;
    const most = given ? given.messages : 50_000;
    const messages = Math.min(most, oneNumber('messages', values.messages ?? String(most)));
    await pullRate(workplace, messages, given?.file, runs);
    return;
  }
  if (command !== undefined && command !== 'import' && command !== 'build')
    throw new OperatorError(`${command} is no benchmark; see --help.`, { wrongUse: true });
  const messages = oneNumber('messages', values.messages ?? '2000');
  sayMachine();
  const mail = mbox ? await givenMail(workplace, fromCaller(mbox)) : await sampleMail(workplace, messages);
  sayMail(mail);
  if (command !== 'build') await importRate(workplace, mail, runs);
  if (command !== 'import') await buildRate(workplace, mail, runs);
}

/** A path as whoever typed `npm run` means it: npm itself changes to the folder of package.json. */
function fromCaller(given: string): string {
  return path.resolve(process.env.INIT_CWD ?? '.', given);
}

/** What `given` names. Tells at once where nothing does. */
function existing(given: string): string {
  const place = fromCaller(given);
  if (!fs.existsSync(place))
    throw new OperatorError(`${given}: there is no such file or folder.`, { wrongUse: true });
  return place;
}

function sayMachine(): void {
  print(`Node ${process.versions.node}, ${process.platform}, ${counted(os.cpus().length, 'processor')}`);
}

function sayMail({ name, messages, ids, bytes }: Mail): void {
  print(`${name}: ${counted(messages, 'message')}, ${counted(ids, 'Message-ID')}, ${megabytes(bytes)} MB`);
}

function oneNumber(option: string, value: string): number {
  const [first, ...rest] = numbers(option, value);
  if (rest.length > 0) throw new OperatorError(`--${option} takes one number here.`, { wrongUse: true });
  return first!;
}

function numbers(option: string, value: string): readonly number[] {
  return value.split(',').map(text => {
    if (!/^[1-9]\d{0,8}$/.test(text))
      throw new OperatorError(`--${option} ${value}: takes whole numbers above 0.`, { wrongUse: true });
    return Number(text);
  });
}

function partsNamed(value: string): ReadonlySet<PartName> {
  const named = value.split(',');
  const unknown = named.find(name => !PARTS.some(part => part === name));
  if (unknown !== undefined)
    throw new OperatorError(`--parts ${value}: there is no part ${unknown}; see --help.`, { wrongUse: true });
  return new Set(PARTS.filter(part => named.includes(part)));
}

function isWrongUse(error: unknown): error is Error {
  if (error instanceof OperatorError) return true;
  return error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}
