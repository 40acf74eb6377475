import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { cpu, madeCells, peak, type Result } from './contest.ts';
import { GOALS, type Goal, type Measured, measured } from './goals.ts';
import type { Mail } from './mail.ts';
import { counted, megabytes, tableLines, whole } from './report.ts';
import { median } from './statistics.ts';

/** All that the suite tells. */
export interface SuiteResults {
  /** What the mail was replicated from. */
  readonly source: string;
  /** The versions of the programs beside ours. */
  readonly others: ReadonlyMap<string, string>;
  readonly limitSeconds: number;
  readonly sizes: readonly Measured[];
}

const ROOT = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');

/** Writes the results of the suite as Markdown, with the date, the commit and the machine. */
export function writeResults(file: string, { source, others, limitSeconds, sizes }: SuiteResults): void {
  const lines = [
    '# Results of the suite',
    '',
    'Written by `npm run bench -- suite`; [README.md](README.md) tells what is measured, and how.',
    '',
    `- ${new Date().toISOString().slice(0, 10)}, commit ${commit()}`,
    `- ${machine()}`,
    `- Node ${process.versions.node}; ${[...others.values()].join('; ')}`,
    `- mail: ${source}, replicated; whoever takes longer than ${whole(limitSeconds / 60)} minutes is stopped`,
    '',
    '## Goals',
    '',
    ...goalLines(sizes),
    ...sizes.flatMap(size => sizeLines(size, limitSeconds / 60)),
  ];
  fs.writeFileSync(file, `${lines.join('\n')}\n`);
}

function goalLines(sizes: readonly Measured[]): readonly string[] {
  return tableLines(
    ['goal', 'wanted', ...sizes.map(({ mail }) => whole(mail.messages)), 'met at the last'],
    GOALS.map(goal => {
      const values = sizes.map(size => measured(goal, size, sizes));
      return [
        goal.name,
        `${goal.atLeast ? '≥' : '≤'} ${goal.wanted}`,
        ...values.map(value => value?.toFixed(goal.digits) ?? '—'),
        isMet(goal, values.at(-1)),
      ];
    }),
  );
}

function isMet({ wanted, atLeast }: Goal, value: number | undefined): string {
  if (value === undefined) return '—';
  return (atLeast ? value >= wanted : value <= wanted) ? 'yes' : 'no';
}

function sizeLines({ mail, results }: Measured, limitMinutes: number): readonly string[] {
  return [
    '',
    `## ${counted(mail.messages, 'message')}, ${megabytes(mail.bytes)} MB`,
    '',
    ...tableLines(
      ['program', 'runs', 's', 'messages/s', 'ms a message', 'CPU s', 'peak MB', 'messages', 'files', 'MB'],
      results.map(result =>
        result.runs.length === 0 ? unfinishedCells(result, limitMinutes) : resultCells(result, mail),
      ),
    ),
  ];
}

function unfinishedCells({ name }: Result, limitMinutes: number): readonly string[] {
  return [`${name}: not finished in ${limitMinutes} min`, '0', ...Array<string>(8).fill('-')];
}

function resultCells({ name, runs, made }: Result, mail: Mail): readonly string[] {
  const seconds = median(runs.map(run => run.seconds));
  const messages = made.messages ?? mail.messages;
  const rates =
    messages === 0 ? ['-', '-'] : [threeDigits(messages / seconds), threeDigits((1000 * seconds) / messages)];
  return [name, String(runs.length), seconds.toFixed(2), ...rates, cpu(runs), peak(runs), ...madeCells(made)];
}

function threeDigits(value: number): string {
  return value < 100 ? value.toPrecision(3) : whole(value);
}

/** The commit that is checked out, and whether the files are others. */
function commit(): string {
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['--no-optional-locks', ...args], {
      cwd: ROOT,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  try {
    const changed = git('status', '--porcelain', '--untracked-files=no') !== '';
    return `${git('rev-parse', '--short', 'HEAD')}${changed ? ', with changes that are not committed' : ''}`;
  } catch {
    return 'unknown: this is no checkout';
  }
}

function machine(): string {
  const processors = os.cpus();
  const memory = `${whole(os.totalmem() / 2 ** 30)} GiB of memory`;
  return `${counted(processors.length, 'processor')} (${processors[0]?.model.trim()}), ${memory}, ${os.type()} ${os.release()}`;
}
