import path from 'node:path';
import { inlineQuotation, quotationMarkdown } from '../briefs/citations.ts';
import { sentencesOf } from '../briefs/sentences/sentences.ts';
import { type Held, holdThreads, verifyProse } from '../briefs/verify.ts';
import { groupBy } from '../mail/group-by.ts';
import { listThreads } from '../test/support/brief-threads.ts';
import { type Claim, type Claimant, chance, FALSE_CLAIMS, type Sample, TRUE_CLAIMS } from './false-claims.ts';
import { counted, print, printTable, whole } from './report.ts';

/** So many true sentences are quoted, from all threads alike. */
const SAMPLES = 2000;
const FEW_WORDS = 3;

/** Quotes sentences of the mail at `place`, truly and falsely, and counts what the checker says of it. */
export async function fidelity(place: string): Promise<void> {
  const threads = await listThreads(place);
  const all = threads.flatMap(thread =>
    thread.messages.flatMap(message =>
      sentencesOf(message).map(({ text }): Sample => ({ text, message, thread })),
    ),
  );
  const samples = sampled(all.filter(({ text }) => text.split(' ').length >= FEW_WORDS));
  print(
    `${path.basename(place)}: ${counted(threads.length, 'thread')}, ${counted(all.length, 'sentence')}; ${whole(samples.length)} are quoted`,
  );
  const held = holdThreads(threads);
  const results = [
    ...TRUE_CLAIMS.map(([name, claimant]) => judged(`true: ${name}`, claimant, true, samples, held)),
    ...FALSE_CLAIMS.map(([name, claimant]) => judged(`false: ${name}`, claimant, false, samples, held)),
  ];
  printTable(['claims', 'made', 'accepted', 'right', 'plain includes', 'ms each'], results.map(row));
  printTable(
    ['what was found', 'claims'],
    results.flatMap(({ name, found }) =>
      [...groupBy(found, rule => rule)]
        .sort()
        .map(([rule, { length }]) => [`${name}: ${rule}`, whole(length)]),
    ),
  );
}

/** As many as are wanted, always the same, by a hash of each. */
function sampled(all: readonly Sample[]): readonly Sample[] {
  const order = new Map(all.map(one => [one, chance(`${one.message.id} ${one.text}`, 2 ** 32)]));
  return all.toSorted((a, b) => order.get(a)! - order.get(b)!).slice(0, SAMPLES);
}

interface Judged {
  readonly name: string;
  readonly isTrue: boolean;
  /** The rule of the first error in each claim, or `accepted`. */
  readonly found: readonly string[];
  /** How many claims a plain search of the whole body accepts. */
  readonly plain: number;
  readonly milliseconds: number;
}

function judged(
  name: string,
  claimant: Claimant,
  isTrue: boolean,
  samples: readonly Sample[],
  held: Held,
): Judged {
  const claims = samples.map(claimant).filter(claim => claim !== undefined);
  const start = performance.now();
  const found = claims.map(claim => verdict(claim, held));
  const milliseconds = performance.now() - start;
  const plain = claims.filter(({ text, of }) =>
    of.blocks
      .flatMap(({ lines }) => lines)
      .join('\n')
      .includes(text),
  );
  return { name, isTrue, found, plain: plain.length, milliseconds };
}

function verdict({ text, of, by }: Claim, held: Held): string {
  const prose = `${quotationMarkdown(by.name)} wrote, ${inlineQuotation(text, of.id)}`;
  const { quotations } = verifyProse(prose, held);
  if (quotations.length !== 1) return 'unread';
  return quotations[0]!.findings.find(({ severity }) => severity === 'error')?.rule ?? 'accepted';
}

function row({ name, isTrue, found, plain, milliseconds }: Judged): readonly string[] {
  const accepted = found.filter(rule => rule === 'accepted').length;
  const share = (count: number) => percent(isTrue ? count : found.length - count, found.length);
  const each = found.length === 0 ? '-' : (milliseconds / found.length).toFixed(2);
  return [name, whole(found.length), whole(accepted), share(accepted), share(plain), each];
}

/** Rounded down, so that 100 % is said of nothing else. */
function percent(part: number, of: number): string {
  return of === 0 ? '-' : `${Math.floor((part / of) * 10_000) / 100} %`;
}
