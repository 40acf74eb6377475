import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';

/** A change of a public-inbox: a mail that comes, or one that is taken back. */
export type Change = Uint8Array | { readonly removed: Uint8Array };

/** Where a commit's times come from when its mail's Date is of no use. */
const SOME_TIME = Date.UTC(2018, 2, 5) / 1000;

/** Adds commits to the epoch `repository` of a public-inbox v2, which is made where there is none, as git has them. */
export function commitMails(repository: string, changes: readonly Change[], from?: string): void {
  mkdirSync(repository, { recursive: true });
  const git = (args: readonly string[], input?: Uint8Array) =>
    execFileSync('git', [`--git-dir=${repository}`, ...args], {
      input,
      encoding: 'utf8',
      stdio: ['pipe', 'pipe', 'pipe'],
    }).trim();
  git(['init', '--quiet', '--bare', '--initial-branch=master', repository]);
  const tip = from ?? (git(['for-each-ref', '--format=%(objectname)', 'refs/heads/master']) || undefined);
  const parts: Uint8Array[] = [];
  for (const [index, change] of changes.entries()) {
    const mail = change instanceof Uint8Array ? change : change.removed;
    const date = /^Date: (.*)$/m.exec(Buffer.from(mail).toString('latin1'))?.[1] ?? '';
    const time = Number.isNaN(Date.parse(date)) ? SOME_TIME : Date.parse(date) / 1000;
    const parent = index === 0 && tip ? `from ${tip}\n` : '';
    const head = `commit refs/heads/master\nauthor A <a@example.org> ${time} +0000\ncommitter A <a@example.org> ${time} +0000\ndata 1\nx\n${parent}deleteall\nM 100644 inline ${change === mail ? 'm' : 'd'}\ndata ${mail.length}\n`;
    parts.push(Buffer.from(head), mail, Buffer.from('\n'));
  }
  git(['fast-import', '--quiet', '--force'], Buffer.concat(parts));
}

/** The folder of a public-inbox v2 whose epochs hold these changes. */
export function gitInbox(folder: string, epochs: readonly (readonly Change[])[]): string {
  for (const [index, changes] of epochs.entries())
    commitMails(path.join(folder, 'git', `${index}.git`), changes);
  return folder;
}
