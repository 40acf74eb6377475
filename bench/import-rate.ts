import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { type Contestant, contest } from './contest.ts';
import type { Mail } from './mail.ts';
import { messagesOf } from './mbox-file.ts';
import { run, traffic, versionOf } from './process.ts';
import { megabytes, note, print, whole } from './report.ts';
import type { Workplace } from './workplace.ts';

/** Measures `traffic import` from an empty archive beside `notmuch new` from an empty database. */
export async function importRate(workplace: Workplace, mail: Mail, runs: number): Promise<void> {
  const contestants = [trafficImport(workplace, mail)];
  const version = versionOf('notmuch', '--version');
  if (version) contestants.push(await notmuchNew(workplace, mail));
  else note('notmuch is not installed: import is measured without it.');
  print(`\nImport${version ? `, beside ${version}` : ''}`);
  await contest('import', mail, contestants, runs);
}

function trafficImport(workplace: Workplace, mail: Mail): Contestant {
  let folder: string;
  let added = 0;
  return {
    name: 'traffic import',
    async prepare() {
      folder = workplace.fresh('import');
      await run(traffic(folder, 'init', '.'));
    },
    async run() {
      const result = await run(traffic(folder, 'import', '--json', mail.file));
      added = (JSON.parse(result.stdout) as { added: number }).added;
      return result;
    },
    made: () => ({ messages: whole(added), 'output MB': megabytes(sizeOf(folder)) }),
  };
}

/** Notmuch reads one message per file; cutting the mbox into files is not measured. */
async function notmuchNew(workplace: Workplace, mail: Mail): Promise<Contestant> {
  const folder = workplace.fresh('notmuch');
  const cur = path.join(folder, 'mail', 'cur');
  fs.mkdirSync(cur, { recursive: true });
  let number = 0;
  for await (const raw of messagesOf(mail.file))
    fs.writeFileSync(path.join(cur, `${String(++number).padStart(8, '0')}:2,S`), raw);
  const config = path.join(folder, 'config');
  const database = path.join(folder, 'mail', '.notmuch');
  fs.writeFileSync(
    config,
    `[database]\npath=${path.join(folder, 'mail')}\n[user]\nname=Bench\nprimary_email=bench@example.org\n[new]\ntags=\n[maildir]\nsynchronize_flags=false\n`,
  );
  // HOME too: no configuration or hook of the user's may take part.
  const env = { NOTMUCH_CONFIG: config, HOME: folder, XDG_CONFIG_HOME: folder };
  return {
    name: 'notmuch new',
    prepare: () => fs.rmSync(database, { recursive: true, force: true }),
    run: () => run({ program: 'notmuch', args: ['new', '--quiet'], folder, env }),
    made() {
      const { stdout } = spawnSync('notmuch', ['count', '*'], {
        encoding: 'utf8',
        env: { ...process.env, ...env },
      });
      return { messages: whole(Number(stdout)), 'output MB': megabytes(sizeOf(database)) };
    },
  };
}

function sizeOf(folder: string): number {
  return fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .reduce((sum, name) => sum + fs.statSync(path.join(folder, name)).size, 0);
}
