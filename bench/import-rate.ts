import { type Contestant, contest } from './contest.ts';
import { notmuch, splitMail } from './contestants/mail-indexers.ts';
import { trafficImport } from './contestants/traffic.ts';
import type { Mail } from './mail.ts';
import { versionOf } from './process.ts';
import { note, print } from './report.ts';
import type { Workplace } from './workplace.ts';

/** Measures `traffic import` from an empty archive beside `notmuch new` from an empty database. */
export async function importRate(workplace: Workplace, mail: Mail, runs: number): Promise<void> {
  const contestants: Contestant[] = [trafficImport(workplace, mail)];
  const version = versionOf('notmuch', '--version');
  if (version) contestants.push(notmuch(workplace, await splitMail(workplace, mail)));
  else note('notmuch is not installed: import is measured without it.');
  print(`\nImport${version ? `, beside ${version}` : ''}`);
  await contest('import', mail.messages, contestants, runs);
}
