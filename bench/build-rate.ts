import { type Contestant, contest } from './contest.ts';
import { mhonarc } from './contestants/mhonarc.ts';
import { publicationOf, trafficBuild } from './contestants/traffic.ts';
import type { Mail } from './mail.ts';
import { versionOf } from './process.ts';
import { note, print } from './report.ts';
import type { Workplace } from './workplace.ts';

/** Measures `traffic build` from a filled archive beside `mhonarc` from the mbox, each into an empty folder. */
export async function buildRate(workplace: Workplace, mail: Mail, runs: number): Promise<void> {
  const contestants: Contestant[] = [trafficBuild(workplace, await publicationOf(workplace, mail))];
  const version = versionOf('mhonarc', '-v');
  if (version) contestants.push(mhonarc(workplace, mail));
  else note('mhonarc is not installed: build is measured without it.');
  print(`\nBuild${version ? `, beside ${version}` : ''}`);
  await contest('build', mail.messages, contestants, runs);
}
