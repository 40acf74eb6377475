import { execFile, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { DistinctMail } from './distinct-mails.ts';
import type { Threading } from './threading.ts';

/** Whether notmuch is installed. */
export function notmuchInstalled(): boolean {
  return spawnSync('notmuch', ['--version']).status === 0;
}

/** The threads that notmuch makes of `mails`, which are given by their places in the list. */
export async function notmuchThreads(mails: readonly DistinctMail[]): Promise<Threading> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'list-traffic-notmuch-'));
  const remove = () => fs.rmSync(folder, { recursive: true, force: true });
  // Ctrl-C ends a benchmark by process.exit.
  process.once('exit', remove);
  try {
    const store = path.join(folder, 'mail');
    fs.mkdirSync(store);
    // Numbered alike, as notmuch takes files by their names, and which message comes first may matter to it.
    for (const [place, { raw }] of mails.entries())
      fs.writeFileSync(path.join(store, String(place).padStart(8, '0')), raw);
    const config = path.join(folder, 'config');
    fs.writeFileSync(
      config,
      `[database]\npath=${store}\n[user]\nname=Test\nprimary_email=test@example.org\n[new]\ntags=\n[search]\nexclude_tags=\n[maildir]\nsynchronize_flags=false\n`,
    );
    // HOME too: no configuration or hook of the user's may take part.
    const env = { ...process.env, NOTMUCH_CONFIG: config, HOME: folder, XDG_CONFIG_HOME: folder };
    const notmuch = async (...args: readonly string[]) =>
      (await promisify(execFile)('notmuch', args, { env, maxBuffer: 2 ** 30 })).stdout;
    await notmuch('new', '--quiet');
    const shown = await notmuch(
      ...['show', '--format=json', '--body=false', '--entire-thread=true', '--exclude=false', '*'],
    );
    return { threads: (JSON.parse(shown) as readonly unknown[]).map(placesIn) };
  } finally {
    remove();
    process.off('exit', remove);
  }
}

/** The places of the messages that a thread shows: nested lists, with an object for each message. */
function placesIn(thread: unknown): readonly number[] {
  const places: number[] = [];
  const stack = [thread];
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    if (Array.isArray(top)) stack.push(...top.filter(one => one !== null));
    else places.push(Number(path.basename((top as { readonly filename: readonly string[] }).filename[0]!)));
  }
  return places;
}
