import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import type { Contestant } from '../contest.ts';
import { treeOf } from '../file-tree.ts';
import type { Mail } from '../mail.ts';
import { messagesOf } from '../mbox-file.ts';
import { run } from '../process.ts';
import type { Workplace } from '../workplace.ts';

/** A Maildir of the mail, for programs that read a message a file. Nobody measures how it is made. */
export async function splitMail(workplace: Workplace, mail: Mail): Promise<string> {
  const folder = workplace.fresh('maildir');
  for (const part of ['cur', 'new', 'tmp']) fs.mkdirSync(path.join(folder, part));
  let number = 0;
  for await (const raw of messagesOf(mail.file))
    fs.writeFileSync(path.join(folder, 'cur', `${String(++number).padStart(8, '0')}.bench:2,S`), raw);
  return folder;
}

/** `notmuch new` of a Maildir into an empty database. */
export function notmuch(workplace: Workplace, maildir: string): Contestant {
  const folder = workplace.fresh('notmuch');
  const config = path.join(folder, 'config');
  const database = path.join(folder, 'database');
  fs.writeFileSync(
    config,
    `[database]\npath=${database}\nmail_root=${maildir}\n[user]\nname=Bench\nprimary_email=bench@example.org\n[new]\ntags=\n[maildir]\nsynchronize_flags=false\n`,
  );
  // HOME too: no configuration or hook of the user's may take part.
  const env = { NOTMUCH_CONFIG: config, HOME: folder, XDG_CONFIG_HOME: folder };
  return {
    name: 'notmuch new',
    prepare() {
      fs.rmSync(database, { recursive: true, force: true });
      fs.mkdirSync(database);
    },
    run: limit => run({ program: 'notmuch', args: ['new', '--quiet'], folder, env }, limit),
    made() {
      const { stdout } = spawnSync('notmuch', ['count', '*'], {
        encoding: 'utf8',
        env: { ...process.env, ...env },
      });
      return { messages: Number(stdout), ...treeOf(database).totals() };
    },
  };
}

/** `mu index` of a Maildir into an empty store. */
export function mu(workplace: Workplace, maildir: string): Contestant {
  const folder = workplace.fresh('mu');
  const store = path.join(folder, 'store');
  const env = { HOME: folder, MUHOME: store, XDG_CACHE_HOME: folder };
  const muHome = `--muhome=${store}`;
  return {
    name: 'mu index',
    async prepare() {
      fs.rmSync(store, { recursive: true, force: true });
      const args = ['init', '--quiet', muHome, `--maildir=${maildir}`];
      await run({ program: 'mu', args, folder, env });
    },
    run: limit => run({ program: 'mu', args: ['index', '--quiet', muHome], folder, env }, limit),
    made() {
      const args = ['find', muHome, '--skip-dups', '--fields=i', ''];
      const { stdout } = spawnSync('mu', args, {
        encoding: 'utf8',
        env: { ...process.env, ...env },
        maxBuffer: 1 << 30,
      });
      return { messages: stdout.split('\n').length - 1, ...treeOf(store).totals() };
    },
  };
}
