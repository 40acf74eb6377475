import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import test from 'node:test';
import fc from 'fast-check';
import { createReport, type Loudness, type Report } from '../cli/report.ts';
import { runs } from './support/property.ts';

/** A report on a terminal of this many columns, or to a log, with a clock that is set by hand. */
function reportTo(columns?: number, loudness: Loudness = {}) {
  const stderr = Object.assign(
    new PassThrough(),
    columns === undefined ? {} : { isTTY: true, ...(columns > 0 ? { columns } : {}) },
  );
  let now = 1_520_000_000_000;
  const report = createReport({ argv: [], env: {}, stdout: new PassThrough(), stderr }, loudness, () => now);
  return {
    ...report,
    /** Lets time pass, and tells of progress then. */
    after(milliseconds: number, ...progress: Parameters<Report['progress']>) {
      now += milliseconds;
      report.progress(...progress);
    },
    /** Lets time pass, and nothing else. */
    wait(milliseconds: number) {
      now += milliseconds;
    },
    /** What has been written since it was last asked for. */
    written: () => String(stderr.read() ?? ''),
  };
}

/** The last of the lines that a terminal was made to show. */
function shown(written: string): string {
  return written.split('\r\u001b[K').at(-1)!;
}

test('a terminal shows one line: what, how much of it, the rate, and how long it will take', () => {
  const { after, written } = reportTo(80);
  after(100, 'fetching INBOX', 0, 50_000);
  assert.equal(written(), '\r\u001b[Kfetching INBOX: 0 of 50,000');
  after(50, 'fetching INBOX', 10, 50_000);
  assert.equal(written(), '');
  after(350, 'fetching INBOX', 1200, 50_000);
  assert.equal(written(), '\r\u001b[Kfetching INBOX: 1,200 of 50,000');
  after(600, 'fetching INBOX', 3100, 50_000);
  assert.equal(written(), '\r\u001b[Kfetching INBOX: 3,100 of 50,000 · 3,100/s · 16 s left');
});

test('a log gets a plain line every five seconds, the first after five, in the same words', () => {
  const { after, written } = reportTo();
  after(4999, 'fetching INBOX', 500, 50_000);
  assert.equal(written(), '');
  after(1, 'fetching INBOX', 500, 50_000);
  assert.equal(written(), 'fetching INBOX: 500 of 50,000\n');
  after(4000, 'fetching INBOX', 8000, 50_000);
  after(1000, 'fetching INBOX', 10_500, 50_000);
  assert.equal(written(), 'fetching INBOX: 10,500 of 50,000 · 2,000/s · 20 s left\n');
});

test('a log is not cut, and quiet says nothing', () => {
  const log = reportTo();
  log.after(5000, `lists/${'x'.repeat(200)}`, 1);
  assert.equal(log.written(), `lists/${'x'.repeat(200)}: 1\n`);
  const quiet = reportTo(80, { quiet: true });
  quiet.after(5000, 'fetching', 1, 2);
  quiet.say('a sentence');
  quiet.clear();
  assert.equal(quiet.written(), '');
});

test('without a total there is a rate and no time left', () => {
  const { after, written } = reportTo(80);
  after(100, 'importing list.mbox', 100);
  after(2000, 'importing list.mbox', 500);
  assert.equal(shown(written()), 'importing list.mbox: 500 · 200/s');
});

test('the rate is that of the last seconds, not of all the time', () => {
  const { after, written } = reportTo(80);
  after(100, 'fetching', 0, 100_000);
  for (let second = 1; second <= 60; second++) after(1000, 'fetching', second * 1000, 100_000);
  for (let second = 1; second <= 12; second++) after(1000, 'fetching', 60_000 + second * 10, 100_000);
  assert.equal(shown(written()), 'fetching: 60,120 of 100,000 · 10/s · 66 min left');
});

test('the rate begins anew with another thing, and with the same one begun again', () => {
  const { after, written } = reportTo(80);
  after(100, 'fetching A', 0, 9000);
  after(2000, 'fetching A', 8000, 9000);
  after(2000, 'fetching B', 8500, 9000);
  assert.equal(shown(written()), 'fetching B: 8,500 of 9,000');
  after(2000, 'fetching B', 8600, 9000);
  assert.equal(shown(written()), 'fetching B: 8,600 of 9,000 · 50/s · 8 s left');
  after(2000, 'fetching B', 10, 9000);
  assert.equal(shown(written()), 'fetching B: 10 of 9,000');
});

test('what was done before the first word of it counts for no rate', () => {
  const { after, written } = reportTo(80);
  after(100, 'fetching', 40_000, 50_000);
  after(1000, 'fetching', 40_100, 50_000);
  assert.equal(shown(written()), 'fetching: 40,100 of 50,000 · 100/s · 2 min left');
});

/** How many are done in so many milliseconds, of how many, and what is said. */
const WORDS: readonly (readonly [done: number, milliseconds: number, total: number, said: string])[] = [
  [90, 90_000, 180, '90 of 180 · 1/s · 90 s left'],
  [91, 91_000, 183, '91 of 183 · 1/s · 2 min left'],
  [10, 10_000, 5410, '10 of 5,410 · 1/s · 90 min left'],
  [10, 10_000, 7210, '10 of 7,210 · 1/s · 2 h left'],
  [123_456, 10_000, 400_000_000, '123,456 of 400,000,000 · 12,000/s · 9 h left'],
  [25, 10_000, 26, '25 of 26 · 2.5/s · 1 s left'],
  [2, 10_000, 3, '2 of 3 · 12/min · 5 s left'],
  [2, 900_000, 3, '2 of 3 · 8/h · 8 min left'],
  [10, 10_000, 10, '10 of 10 · 1/s'],
  [12, 10_000, 10, '12 of 10 · 1.2/s'],
  [0, 10_000, 10, '0 of 10'],
  [10, 10_000, Number.NaN, '10 · 1/s'],
  [10, 10_000, Number.POSITIVE_INFINITY, '10 · 1/s'],
];

for (const [done, milliseconds, total, said] of WORDS) {
  test(`${done} of ${total} in ${milliseconds / 1000} s: ${said}`, () => {
    const { after, written } = reportTo(120);
    after(100, 'fetching', 0, total);
    after(milliseconds, 'fetching', done, total);
    assert.equal(shown(written()), `fetching: ${said}`);
  });
}

test('a line that is too long for the terminal loses of the name first, then of the numbers', () => {
  assert.equal(shownAt(60), 'fetching lists/linu…: 3,100 of 50,000 · 3,100/s · 16 s left');
  assert.equal(shownAt(30), 'fetching li…: 3,100 of 50,00…');
  assert.equal(shownAt(8), 'fetchi…');
  assert.equal(shownAt(1), '');
});

function shownAt(columns: number): string {
  const { after, written } = reportTo(columns);
  after(100, 'fetching lists/linux-kernel-development', 0, 50_000);
  after(1000, 'fetching lists/linux-kernel-development', 3100, 50_000);
  return shown(written());
}

test('a wide character takes two columns, a combining one none', () => {
  for (const [what, said] of [
    ['取り込み中の受信トレイ', '取り込み中…: 1 of 2'],
    ['e\u0301'.repeat(10), `${'e\u0301'.repeat(10)}: 1 of 2`],
  ] as const) {
    const { after, written } = reportTo(21);
    after(100, what, 1, 2);
    assert.equal(shown(written()), said);
  }
});

test('a name that steers terminals does not', () => {
  const { after, written } = reportTo(80);
  after(100, 'fetching \u001b[2Jlists\r\nrm \u202ex', 1);
  assert.equal(shown(written()), 'fetching [2Jlists rm x: 1');
});

test('a terminal that does not tell its width is taken to have 80 columns', () => {
  const { after, written } = reportTo(0);
  after(100, 'x'.repeat(200), 1, 2);
  assert.equal(shown(written()).length, 79);
});

test('a total that is a guess is told as one', () => {
  const { after, written } = reportTo(80);
  after(100, 'importing', 500, 17_137, true);
  assert.equal(shown(written()), 'importing: 500 of about 17,000');
});

test('a summary says what was done, how long it took, and which phases took it', () => {
  const { phase, wait, progress, summary, written } = reportTo();
  wait(400); // Starting is part of the whole, and of no phase.
  const bodies = phase('bodies', 2);
  wait(2000);
  bodies.at(1);
  wait(1000);
  bodies.at(2);
  bodies.end();
  progress('links', 0, 1);
  wait(100);
  progress('links', 1, 1);
  const pages = phase('pages', 1);
  wait(125_000);
  pages.end();
  written();
  summary('_site: 3 files');
  assert.equal(written(), '_site: 3 files in 2 min 9 s (bodies 3.0 s, pages 2 min 5 s)\n');
});

test('a second piece of work is timed from its own first word', () => {
  const { wait, progress, summary, written } = reportTo();
  wait(1000);
  summary('first');
  wait(60_000);
  progress('pages', 0, 2);
  wait(4000);
  progress('pages', 1, 2);
  written();
  summary('second');
  assert.equal(written(), 'second in 4.0 s\n');
});

test('of many phases the longest are named, in their order', () => {
  const { phase, wait, summary, written } = reportTo();
  for (let number = 1; number <= 12; number++) {
    const one = phase(`p${number}`);
    wait(number * 1000);
    one.end();
  }
  written();
  summary('done');
  const named = [5, 6, 7, 8, 9].map(number => `p${number} ${number}.0 s`);
  assert.equal(written(), `done in 1 min 18 s (${named.join(', ')}, p10 10 s, p11 11 s, p12 12 s)\n`);
});

for (const [milliseconds, said] of [
  [0, '0.0 s'],
  [9_949, '9.9 s'],
  [9_950, '10 s'],
  [59_499, '59 s'],
  [59_500, '1 min 0 s'],
  [3_599_499, '59 min 59 s'],
  [3_599_500, '1 h 0 min'],
  [90_061_000, '25 h 1 min'],
] as const)
  test(`${milliseconds} ms are ${said}`, () => {
    const { wait, summary, written } = reportTo();
    wait(milliseconds);
    summary('done');
    assert.equal(written(), `done in ${said}\n`);
  });

test('warnings of a kind are kept for the end, counted, and the first of them shown', () => {
  for (const loudness of [{}, { quiet: true }]) {
    const { warn, summary, written } = reportTo(undefined, loudness);
    for (let number = 1; number <= 7; number++) warn(`entry ${number}`, 'entries that do nothing');
    warn('at once');
    warn('name', 'unknown names');
    assert.equal(written(), 'at once\n');
    summary('done');
    const first = [1, 2, 3, 4, 5].map(number => `  entry ${number}\n`).join('');
    const told = `7 warnings: entries that do nothing\n${first}  and 2 more; --verbose lists them all\n1 warning: unknown names\n  name\n`;
    assert.equal(written(), `${'quiet' in loudness ? '' : 'done in 0.0 s\n'}${told}`);
    summary('nothing is told twice');
    assert.doesNotMatch(written(), /warning/);
  }
});

test('verbose shows all warnings of a kind, and a failure none the less tells of them', () => {
  const { warn, close, written } = reportTo(undefined, { verbose: true });
  for (let number = 1; number <= 7; number++) warn(`entry ${number}`, 'entries');
  close();
  assert.equal(written().split('\n').length, 9);
});

test('a sentence takes the line of progress away first, and so does a result', () => {
  const { after, say, clear, written } = reportTo(80);
  after(100, 'fetching', 1);
  say('done');
  assert.equal(written(), '\r\u001b[Kfetching: 1\r\u001b[Kdone\n');
  after(100, 'fetching', 2);
  clear();
  clear();
  assert.equal(written(), '\r\u001b[Kfetching: 2\r\u001b[K');
});

test('a clock that is set back silences nothing', () => {
  const { after, written } = reportTo(80);
  after(100, 'fetching', 1, 9);
  after(-3_600_000, 'fetching', 2, 9);
  assert.equal(shown(written()), 'fetching: 2 of 9');
  after(1000, 'fetching', 3, 9);
  assert.equal(shown(written()), 'fetching: 3 of 9 · 1/s · 6 s left');
});

test('whatever is told: no NaN, no infinity, nothing negative, no line wider than the terminal', () => {
  const step = fc.record({
    milliseconds: fc.integer({ min: -2000, max: 1_000_000 }),
    what: fc.constantFrom('fetching INBOX', 'sweeping lists/larch-devel'),
    done: fc.oneof(fc.nat(20), fc.nat()),
    total: fc.option(fc.oneof(fc.nat(20), fc.nat(), fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY)), {
      nil: undefined,
    }),
  });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 120 }), fc.array(step), (columns, steps) => {
      const { after, written } = reportTo(columns);
      for (const { milliseconds, what, done, total } of steps) {
        after(milliseconds, what, done, total);
        const line = shown(written());
        assert.doesNotMatch(line, /NaN|Infinity|∞|-\d|undefined/);
        assert.ok(line.length < columns || line === '', line);
      }
    }),
    runs(),
  );
});
