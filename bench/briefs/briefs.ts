import fs from 'node:fs';
import { corporaFolder } from '../../test/support/corpora.ts';
import { note } from '../report.ts';
import { readBc3 } from './bc3.ts';
import { readBrc } from './brc.ts';
import { quality } from './quality.ts';
import { speed } from './speed.ts';

/** Where the mail and the corpora of a run lie. */
export interface BriefsPlaces {
  /** Mail whose threads are ranked for speed. */
  readonly mail: string;
  /** A folder with the BC3 corpus. */
  readonly bc3: string | undefined;
}

/** Compares the ranking of sentences with what people chose, and measures its speed. */
export async function briefs({ mail, bc3 }: BriefsPlaces, runs: number): Promise<void> {
  const brc = `${corporaFolder()}/brc`;
  if (fs.existsSync(brc)) quality('BRC', readBrc(brc));
  else note('The Bug Report Corpus is not here: nothing is compared with people.');
  if (bc3) quality('BC3', readBc3(bc3));
  await speed(mail, runs);
}
