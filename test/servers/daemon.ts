import { spawn } from 'node:child_process';
import { chmodSync, closeSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo, Socket } from 'node:net';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** The only address our test servers listen on. */
export const HOST = '127.0.0.1';

/** A server that answers on loopback until it is stopped. */
export interface RunningServer {
  readonly host: typeof HOST;
  readonly port: number;
  readonly user: string;
  readonly pass: string;
  /** The main process; it leads a process group of its own, so `process.kill(-pid)` reaches all of the server. */
  readonly pid: number;
  /** Ends every process of the server and removes its folder. May be called twice. */
  stop(): Promise<void>;
}

/** How to run a server, once its folder is filled. */
export interface Launch {
  readonly command: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly port: number;
}

/** A first start on a busy machine may take seconds; beyond this the server hangs. */
const START_LIMIT_MS = 20_000;

/**
 * Runs the command "$@" as this process (so that its pid is the one we know), beside a guard. The guard waits
 * for the end of descriptor 3, whose other end is held by Node and thus closes however Node dies: by Ctrl-C
 * and SIGKILL, too, when no exit hook runs. Then it quiets the group, removes the folder $0, and kills the
 * group with itself.
 */
const GUARD = 'trap "" TERM; read -r _; kill -s TERM -- -$$; sleep 0.2; rm -rf "$0"; kill -s KILL -- -$$';
const GUARDED = `(${GUARD}) <&3 & exec "$@" 3<&-`;

const unfinished = new Set<() => void>();
process.on('exit', () => {
  for (const end of unfinished) end();
});

/** Different ports that were free a moment ago. */
export async function freePorts(count: number): Promise<number[]> {
  const holders = await Promise.all(
    Array.from({ length: count }, async () => {
      const holder = createServer().listen(0, HOST);
      await new Promise((resolve, reject) => holder.once('listening', resolve).once('error', reject));
      return holder;
    }),
  );
  const ports = holders.map(holder => (holder.address() as AddressInfo).port);
  await Promise.all(holders.map(holder => new Promise(resolve => holder.close(resolve))));
  return ports;
}

/**
 * A server that has greeted a first client, with the new folder that holds all its state. `prepare` fills that
 * folder and tells what to run. The program must stay in the foreground; what it prints becomes part of the
 * error if it does not start.
 */
export async function startServer(
  name: string,
  prepare: (folder: string) => Promise<Launch>,
): Promise<Pick<RunningServer, 'host' | 'port' | 'pid' | 'stop'> & { readonly folder: string }> {
  // Not os.tmpdir(): the path must be short, as a unix socket's name has 107 bytes, and every folder above it
  // open to the unprivileged users a server runs as. A private TMPDIR is often neither.
  const folder = mkdtempSync(`/tmp/${name}-`);
  let pid: number | undefined;
  const end = () => {
    if (!unfinished.delete(end)) return;
    // Killed, not asked: a graceful end waits for idle clients, and nothing in the folder has to survive.
    if (pid !== undefined) killGroup(pid);
    // Retried, as a dying process may have made one more file in the meantime.
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  };
  const stop = async () => {
    end();
    while (pid !== undefined && hasLivingProcess(pid)) await sleep(5);
  };
  unfinished.add(end);
  try {
    chmodSync(folder, 0o755);
    const { command, env, port } = await prepare(folder);
    const logFile = join(folder, 'output.log');
    const log = openSync(logFile, 'a');
    const child = spawn('/bin/sh', ['-c', GUARDED, folder, ...command], {
      cwd: folder,
      detached: true,
      env,
      stdio: ['ignore', log, log, 'pipe'],
    });
    closeSync(log);
    // A test that forgets to stop its server shall still come to an end.
    child.unref();
    (child.stdio[3] as Socket).unref();
    pid = child.pid!;
    const limit = Date.now() + START_LIMIT_MS;
    while (!(await greets(port))) {
      if (child.exitCode !== null || child.signalCode !== null || Date.now() > limit)
        throw new Error(`${name} did not start: ${readFileSync(logFile, 'utf8').slice(-2000)}`);
      await sleep(10);
    }
    return { host: HOST, port, pid, stop, folder };
  } catch (error) {
    await stop();
    throw error;
  }
}

function killGroup(group: number): void {
  try {
    process.kill(-group, 'SIGKILL');
  } catch (error) {
    // ESRCH: the test has killed all of them already.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Whether a process of this group still runs; one that is dead but unreaped by init does not. */
function hasLivingProcess(group: number): boolean {
  return readdirSync('/proc').some(name => {
    if (!/^\d+$/.test(name)) return false;
    try {
      // proc(5): "pid (name) state ppid pgrp …", where the name may contain anything.
      const [state, , pgrp] = readFileSync(`/proc/${name}/stat`, 'latin1').replace(/.*\) /s, '').split(' ');
      return Number(pgrp) === group && state !== 'Z' && state !== 'X';
    } catch {
      return false; // it ended between the two calls
    }
  });
}

/** Whether a server on this port sends anything: an open port alone may belong to one still setting up. */
function greets(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect(port, HOST);
    const settle = (greeted: boolean) => {
      socket.destroy();
      resolve(greeted);
    };
    socket.once('data', () => settle(true));
    socket.once('end', () => settle(false));
    socket.once('error', () => settle(false));
    socket.setTimeout(5_000, () => settle(false));
  });
}
