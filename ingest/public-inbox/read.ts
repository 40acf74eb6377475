import type { Epoch } from './epochs.ts';
import { gitObjects } from './git.ts';
import { History, headOf, removedIn } from './history.ts';

/** The mails of one epoch, oldest first, by the numbers of their commits; those that were taken back are left out. */
export async function* readEpoch({ repository }: Epoch): AsyncGenerator<{ uid: number; mail: Buffer }> {
  const head = await headOf(repository);
  if (head === undefined) return;
  const history = await History.read(repository, head, undefined, 1);
  const removed = await removedIn(repository, history.range);
  const uids: number[] = [];
  for (let uid = 1; uid <= history.last; uid++) if (!removed.has(history.at(uid).hash)) uids.push(uid);
  let index = 0;
  for await (const object of gitObjects(repository, names(history, uids))) {
    const uid = uids[index++]!;
    if (object?.type === 'blob') yield { uid, mail: object.content };
  }
}

function* names(history: History, uids: readonly number[]): Generator<string> {
  for (const uid of uids) yield `${history.at(uid).hash}:m`;
}
