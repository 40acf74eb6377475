import path from 'node:path';
import { groupBy } from '../mail/group-by.ts';
import { type Agreement, agreementWith, type Difference } from '../test/support/agreement.ts';
import { KINDS } from '../test/support/agreement-kinds.ts';
import { distinctMails } from '../test/support/distinct-mails.ts';
import { DOVECOT, NOTMUCH } from '../test/support/threaders.ts';
import { counted, note, print, printTable, whole } from './report.ts';

/** How many unexplained differences are told one by one. */
const TOLD = 20;

/** Compares our threads of the mail at `place` with those of notmuch and Dovecot, and counts why they differ. */
export async function agreement(place: string): Promise<void> {
  const mails = await distinctMails(place);
  print(`${path.basename(place)}: ${counted(mails.length, 'Message-ID')}`);
  const found: (readonly [name: string, Agreement])[] = [];
  for (const threader of [NOTMUCH, DOVECOT]) {
    if (threader.missing) note(`${threader.missing}: our threads are not compared with its.`);
    else found.push([threader.name, await agreementWith(threader, mails)]);
  }
  printTable(
    [
      'beside',
      'our threads',
      'its threads',
      'precision',
      'recall',
      'same parents',
      'not held',
      'differences',
    ],
    found.map(([name, { threads, precision, recall, sameParents, lost, differences }]) => [
      name,
      whole(threads.ours),
      whole(threads.theirs),
      percent(precision),
      percent(recall),
      sameParents === undefined ? '-' : percent(sameParents),
      whole(lost),
      whole(differences.length),
    ]),
  );
  printKinds(found.flatMap(([name, { differences }]) => differences.map(one => ({ name, ...one }))));
}

type NamedDifference = Difference & { readonly name: string };

function printKinds(differences: readonly NamedDifference[]): void {
  const kinds = groupBy(
    differences,
    ({ name, what, kind }) => `${name} ${what}: ${kind ? KINDS[kind] : 'unexplained'}`,
  );
  const rows = [...kinds].map(([kind, { length }]) => [kind, whole(length)]);
  if (rows.length > 0) printTable(['difference', 'count'], rows);
  const unexplained = differences.filter(({ kind }) => kind === undefined);
  print(`unexplained: ${whole(unexplained.length)}`);
  for (const { name, what, ids } of unexplained.slice(0, TOLD)) print(`  ${name} ${what}: ${ids.join(' ')}`);
}

/** Rounded down, so that 100 % is said of nothing else. */
function percent(part: number): string {
  return `${(Math.floor(part * 10_000) / 100).toFixed(2)} %`;
}
