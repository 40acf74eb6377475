import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { note } from './report.ts';

/** A program to run, its arguments, and what it needs of its surroundings. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly folder: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Its standard output is of no use, and may be more than fits into a string. */
  readonly unread?: boolean;
}

/** What a process used of the machine. */
export interface Usage {
  /** Seconds of all processors, the system's part included: waiting for others is not in it. */
  readonly cpuSeconds: number;
  /** The most memory that the process, or the largest one that it started, held at once. */
  readonly peakBytes: number;
}

/** What a process took, from its start to its end. */
export interface Run {
  readonly seconds: number;
  /** What only GNU time can tell; undefined where it is missing. */
  readonly usage: Usage | undefined;
  readonly stdout: string;
}

/** A program was stopped because it took longer than it was given. */
export class TimeLimit extends Error {
  constructor({ program, args }: Command, seconds: number) {
    super(`${program} ${args.join(' ')}: not finished in ${seconds} seconds`);
  }
}

const HERE = path.dirname(fileURLToPath(import.meta.url));
const ROOT = path.join(HERE, '..');
const TRAFFIC = path.join(ROOT, 'cli', 'traffic.js');
/** The one tool that gives the peak memory of any program; the `time` that shells have does not. */
const GNU_TIME = '/usr/bin/time';
/** Lines of a failed program's standard error that are worth showing. */
const SHOWN_LINES = 10;

const running = new Set<ChildProcess>();
let timeIsThere: boolean | undefined;

/** `traffic` of this checkout, as a user starts it. */
export function traffic(folder: string, ...args: readonly string[]): Command {
  return { program: process.execPath, args: [TRAFFIC, ...args], folder };
}

/** A program of this folder, run where the packages of this checkout are found. */
export function ownProgram(name: string, ...args: readonly string[]): Command {
  return {
    program: process.execPath,
    args: ['--import', 'tsx', path.join(HERE, name), ...args],
    folder: ROOT,
  };
}

/** A run of a program that has timed itself, and tells the seconds as JSON, without what it did beside. */
export function secondsTold(run: Run): Run {
  return { ...run, seconds: (JSON.parse(run.stdout) as { seconds: number }).seconds };
}

/** The first line that a program prints of itself, or undefined where it is not installed. */
export function versionOf(program: string, ...args: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync(program, args, { encoding: 'utf8' });
  return status === 0 ? stdout.trim().split('\n')[0]!.trim() : undefined;
}

/**
 * Runs a program to its end and measures the whole process.
 *
 * @throws TimeLimit where it has not ended after `limitSeconds`; Error where it does not end well.
 */
export async function run(command: Command, limitSeconds?: number): Promise<Run> {
  const measured = path.join(command.folder, '.bench-time');
  const [program, args] = hasGnuTime()
    ? [GNU_TIME, ['--format=%U %S %M', `--output=${measured}`, command.program, ...command.args]]
    : [command.program, command.args];
  // What earlier runs have left unwritten must not be written at the cost of this one.
  spawnSync('sync');
  const start = performance.now();
  // A group of its own, so that what GNU time has started can be stopped as well.
  const child = spawn(program, args, {
    cwd: command.folder,
    env: { ...process.env, ...command.env },
    stdio: ['ignore', command.unread ? 'ignore' : 'pipe', 'pipe'],
    detached: true,
  });
  running.add(child);
  let late = false;
  const timer =
    limitSeconds === undefined
      ? undefined
      : setTimeout(() => {
          late = true;
          stop(child);
        }, limitSeconds * 1000);
  const [stdout, stderr, [status]] = await Promise.all([
    child.stdout ? text(child.stdout) : '',
    text(child.stderr!),
    once(child, 'close'),
  ]);
  const seconds = (performance.now() - start) / 1000;
  clearTimeout(timer);
  running.delete(child);
  if (late) throw new TimeLimit(command, limitSeconds!);
  if (status !== 0) {
    const words = stderr.trimEnd().split('\n').slice(-SHOWN_LINES).join('\n');
    throw new Error(`${command.program} ${command.args.join(' ')}: exit status ${status}\n${words}`);
  }
  return { seconds, usage: hasGnuTime() ? usageIn(measured) : undefined, stdout };
}

/** Stops what is running. */
export function stopRunning(): void {
  for (const child of running) stop(child);
}

/** Stops a program with all that it has started. */
function stop({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

function hasGnuTime(): boolean {
  if (timeIsThere === undefined) {
    timeIsThere = versionOf(GNU_TIME, '--version')?.includes('GNU') ?? false;
    if (!timeIsThere) note(`${GNU_TIME} is not GNU time: processor time and peak memory are left out.`);
  }
  return timeIsThere;
}

function usageIn(file: string): Usage {
  const numbers = fs.readFileSync(file, 'utf8').trim().split('\n').at(-1)!.split(' ').map(Number);
  fs.rmSync(file);
  const [user, system, kibibytes] = numbers as [number, number, number];
  return { cpuSeconds: user + system, peakBytes: kibibytes * 1024 };
}
