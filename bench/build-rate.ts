import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Contestant, contest } from './contest.ts';
import type { Mail } from './mail.ts';
import { run, traffic, versionOf } from './process.ts';
import { megabytes, note, print, whole } from './report.ts';
import type { Workplace } from './workplace.ts';

const UTF8 = path.join(path.dirname(fileURLToPath(import.meta.url)), 'utf-8.mrc');

/** Measures `traffic build` from a filled archive beside `mhonarc` from the mbox, each into an empty folder. */
export async function buildRate(workplace: Workplace, mail: Mail, runs: number): Promise<void> {
  const contestants = [await trafficBuild(workplace, mail)];
  const version = versionOf('mhonarc', '-v');
  if (version) contestants.push(mhonarc(workplace, mail));
  else note('mhonarc is not installed: build is measured without it.');
  print(`\nBuild${version ? `, beside ${version}` : ''}`);
  await contest('build', mail, contestants, runs);
}

async function trafficBuild(workplace: Workplace, mail: Mail): Promise<Contestant> {
  const folder = workplace.fresh('build');
  const site = path.join(folder, '_site');
  await run(traffic(folder, 'init', '.'));
  await run(traffic(folder, 'import', mail.file));
  return {
    name: 'traffic build',
    prepare: () => fs.rmSync(site, { recursive: true, force: true }),
    run: () => run(traffic(folder, '--quiet', 'build')),
    made: () => output(site, /^raw\.txt$/),
  };
}

function mhonarc(workplace: Workplace, mail: Mail): Contestant {
  let folder: string;
  return {
    name: 'mhonarc',
    prepare() {
      folder = workplace.fresh('mhonarc');
    },
    run: () =>
      // Threads by References alone: by subject as well, copies of one list would fall together.
      run({
        program: 'mhonarc',
        args: ['-quiet', '-nosubjectthreads', '-rcfile', UTF8, '-outdir', folder, mail.file],
        folder: workplace.folder,
      }),
    made: () => output(folder, /^msg\d+\.html$/),
  };
}

/** What lies in a site: `ofMessage` are the files of which there is one a message. */
function output(folder: string, ofMessage: RegExp): Readonly<Record<string, string>> {
  const files = fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile());
  const bytes = files.reduce(
    (sum, entry) => sum + fs.statSync(path.join(entry.parentPath, entry.name)).size,
    0,
  );
  return {
    messages: whole(files.filter(entry => ofMessage.test(entry.name)).length),
    files: whole(files.length),
    'output MB': megabytes(bytes),
  };
}
