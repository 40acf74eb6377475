import { Components } from '../../mail/components.ts';
import type { MessageId } from '../../mail/message-id.ts';
import type { Link, Sweep, SweptHeader, Window } from '../archive/records.ts';
import type { Pull } from './context.ts';
import { FIRST_MAIL, type SeedTest } from './seeds.ts';
import { united } from './windows.ts';

/** What is known of a topic's threads by the headers that have been swept. */
export interface Survey {
  /** The messages of the chosen threads, in the order of sweeps and UIDs. */
  readonly chosen: readonly ChosenMessage[];
  /** Messages that may begin a chosen thread, if their text says so: to be read. */
  readonly doubtful: readonly DoubtfulMessage[];
  /** Ids that the chosen messages refer to, of messages that are neither swept nor stored. Sorted. */
  readonly missing: readonly MessageId[];
  /** The times in which other messages of the chosen threads may lie. */
  readonly windows: readonly Window[];
}

/** A message of a chosen thread. */
export interface ChosenMessage {
  readonly sweep: Sweep;
  readonly header: SweptHeader;
  /** The message's id, or a name for it where it has none. */
  readonly key: MessageId;
}

/** A message whose text has not been tried against a topic's patterns. */
export interface DoubtfulMessage {
  readonly sweep: Sweep;
  readonly uid: number;
  readonly size: number;
  readonly test: SeedTest;
}

const DAY = 86_400;
/** Around each message of a thread, its neighbours are looked for: the days before and after. */
const BEFORE = 7 * DAY;
const AFTER = 60 * DAY;

/** Goes through all headers that have been swept of a source. Pure but for reading; memory holds ids, and what is chosen. */
export function survey({ archive, source }: Pull, tests: readonly SeedTest[], today: number): Survey {
  const sweeps = archive.sweeps.ofSource(source.name);
  const components = new Components();
  // Of a million messages few are chosen: of the others only numbers are kept.
  const members = sweeps.map(() => ({ uids: [] as number[], indexes: [] as number[] }));
  const seeds: number[] = [];
  const doubts: (DoubtfulMessage & { readonly index: number })[] = [];
  for (const [place, sweep] of sweeps.entries()) {
    const { uids, indexes } = members[place]!;
    const judged = tests.map(({ body }) =>
      body === undefined ? undefined : archive.sweeps.judgements(sweep, body),
    );
    for (const header of archive.sweeps.headers(sweep)) {
      const index = components.join(keyOf(sweep, header), header.references);
      uids.push(header.uid);
      indexes.push(index);
      if (tests.some((test, at) => test.is(header, judged[at]?.get(header.uid) ?? false))) seeds.push(index);
      else
        for (const [at, test] of tests.entries())
          if (judged[at] && !judged[at].has(header.uid) && test.mayBe(header))
            doubts.push({ sweep, uid: header.uid, size: header.size, test, index });
    }
  }
  for (const { id, references } of archive.links()) if (id) components.join(id, references);
  const roots = new Set(seeds.map(index => components.of(index)));
  const isChosen = (index: number) => roots.has(components.of(index));
  const chosen: ChosenMessage[] = [];
  for (const [place, sweep] of sweeps.entries()) {
    const { uids, indexes } = members[place]!;
    const wanted = uids.filter((_, at) => isChosen(indexes[at]!));
    for (const header of archive.sweeps.headersOf(sweep, wanted))
      chosen.push({ sweep, header, key: keyOf(sweep, header) });
  }
  return {
    chosen,
    doubtful: doubts.filter(({ index }) => !isChosen(index)),
    missing: missingOf(chosen, id => archive.holds(id)),
    windows: windowsOf(chosen, today),
  };
}

function keyOf(sweep: Sweep, { id, uid }: Pick<SweptHeader, 'id' | 'uid'>): MessageId {
  return id || (`${sweep.id}/${uid}` as MessageId); // No id that joins is without an @.
}

function missingOf(
  chosen: readonly ChosenMessage[],
  holds: (id: MessageId) => boolean,
): readonly MessageId[] {
  const known = new Set(chosen.map(({ key }) => key));
  const named = new Set(chosen.flatMap(({ header }: { header: Link }) => header.references));
  return [...named].filter(id => !known.has(id) && !holds(id)).sort();
}

/** What has an impossible date tells nothing of when its thread was. */
function windowsOf(chosen: readonly ChosenMessage[], today: number): readonly Window[] {
  const times = chosen
    .map(({ header }) => header.sent ?? 0)
    .filter(time => time >= FIRST_MAIL && time < today + 2 * DAY);
  return united(
    times.map(time => ({ since: startOfDay(time) - BEFORE, until: startOfDay(time) + AFTER + DAY })),
  );
}

/** The beginning of a day, UTC, so that windows are few. */
function startOfDay(time: number): number {
  return Math.floor(time / DAY) * DAY;
}
