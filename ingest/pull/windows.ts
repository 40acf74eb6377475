import type { Window } from '../archive/records.ts';

/** All times that a mail can tell, in seconds. */
export const ALL_TIME: Window = { since: 0, until: Date.UTC(10_000, 0) / 1000 };

/** The times of `windows` as few windows, ascending and apart from each other. */
export function united(windows: Iterable<Window>): readonly Window[] {
  const united: Window[] = [];
  for (const window of [...windows].sort((a, b) => a.since - b.since)) {
    const last = united.at(-1);
    if (window.since >= window.until) continue;
    if (last && window.since <= last.until)
      united[united.length - 1] = { since: last.since, until: Math.max(last.until, window.until) };
    else united.push(window);
  }
  return united;
}

/** The times of `windows` that are not in `covered`, as `united` gives them. */
export function uncovered(windows: Iterable<Window>, covered: readonly Window[]): readonly Window[] {
  return covered.reduce<readonly Window[]>(
    (left, { since, until }) =>
      left.flatMap(window =>
        [
          { since: window.since, until: Math.min(window.until, since) },
          { since: Math.max(window.since, until), until: window.until },
        ].filter(part => part.since < part.until),
      ),
    united(windows),
  );
}
