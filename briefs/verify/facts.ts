import { MONTHS } from '../../mail/date.ts';
/** Something that narration says and mail can show to be wrong. */
export interface Fact {
  readonly kind: 'number' | 'version' | 'commit' | 'date';
  /** As narration has it. */
  readonly text: string;
  /** Where it stands in the narration. */
  readonly at: number;
}

/** A word as far as its last letter or digit. None is so long that its end matters. */
const WORD = /[\p{L}\p{N}_](?:[\p{L}\p{N}_.,:%/+-]{0,200}[\p{L}\p{N}_%])?/gu;
const NUMBER = /\d{1,100}(?:[.,:]\d{1,100}){0,20}/g;
const VERSION = /^v?(\d+(?:\.\d+)+(?:-rc\d+)?|\d+-rc\d+)$|^v\d+$/i;
/** In mail: bounded, since digits and dots may go on for a megabyte. */
const VERSIONS =
  /v ?\d{1,4}(?:\.\d{1,6}){0,4}(?:-rc\d{1,3})?|(?<![\d.])\d{1,4}(?:\.\d{1,6}){0,4}-rc\d{1,3}/gi;
const VERSION_WORD = /\bversion \d{1,3}\b/gi;
const COMMITS = /\b[0-9a-f]{7,64}\b/g;
/** A commit id has letters and digits; without letters it would be a number. */
const COMMIT = /^(?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{7,64}$/;

const MONTH = String.raw`(Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sep(?:t(?:ember)?)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?`;
const DAY = String.raw`(\d{1,2})(?:st|nd|rd|th)?`;
const SPAN = `(?:${DAY} ?(?:-|–|to|and|until) ?)?`;
const YEAR = String.raw`(?:,? (\d{4})\b)?`;
/** `5 March 2018`, `5-9 March`, `5th of March`; `March 5, 2018`, `March 5 to 9`; `2018-03-05`; `March 2018`. */
const DATE = new RegExp(
  [
    String.raw`\b${SPAN}${DAY} (?:of )?${MONTH}${YEAR}`,
    String.raw`\b${MONTH} ${DAY}(?: ?(?:-|–|to|and|until) ?${DAY})?(?!\d)${YEAR}`,
    String.raw`\b(\d{4})-(\d\d)-(\d\d)\b`,
    String.raw`\b${MONTH} (\d{4})\b`,
  ].join('|'),
  'g',
);
/** The same, to take one apart. */
const ONE_DATE = new RegExp(DATE.source);

/** The dates, numbers, versions and commit ids in narration. Words such as `ext4` and `x86-64` are names. */
export function factsIn(text: string): readonly Fact[] {
  const facts: Fact[] = [];
  const dated = text.replace(DATE, (date, ...rest) => {
    const at = rest.find(part => typeof part === 'number') as number;
    facts.push({ kind: 'date', text: date, at });
    return ' '.repeat(date.length);
  });
  for (const match of dated.matchAll(WORD)) {
    const [word] = match;
    const at = match.index;
    if (!/\d/.test(word)) continue;
    if (VERSION.test(word) && /[a-z]/i.test(word)) facts.push({ kind: 'version', text: word, at });
    else if (COMMIT.test(word)) facts.push({ kind: 'commit', text: word, at });
    else if (/^\d/.test(word) && !/^0x/i.test(word))
      for (const number of word.matchAll(NUMBER))
        facts.push({ kind: 'number', text: number[0], at: at + number.index });
  }
  return facts;
}

/**
 * What a text, folded, and the time that it is of show of facts. Each kind is looked for when it is first asked for:
 * a story tells few facts, and few messages need be read for them.
 */
export class Evidence {
  readonly #text: () => string;
  readonly #time: number | undefined;
  #days: ReadonlySet<string> | undefined;
  #numbers: ReadonlySet<string> | undefined;
  #versions: ReadonlySet<string> | undefined;
  #commits: ReadonlySet<string> | undefined;
  #dates: ReadonlySet<string> | undefined;

  /** `time` is in seconds since 1970 UTC. */
  constructor(text: () => string, time?: number) {
    this.#text = text;
    this.#time = time;
  }

  hasNumber(number: string): boolean {
    this.#numbers ??= new Set(found(this.#text(), NUMBER).map(canonicalNumber));
    return this.#numbers.has(number);
  }

  /** `v3`, `5.9-rc1`. */
  hasVersion(version: string): boolean {
    this.#versions ??= new Set([
      ...found(this.#text(), VERSIONS).map(canonicalVersion),
      ...found(this.#text(), VERSION_WORD).map(words => `v${words.slice('version '.length)}`),
    ]);
    return this.#versions.has(version);
  }

  /** A commit may be written in full or as far as one likes, here and there. */
  hasCommit(id: string): boolean {
    this.#commits ??= new Set(found(this.#text(), COMMITS));
    return this.#commits.has(id) || [...this.#commits].some(one => one.startsWith(id) || id.startsWith(one));
  }

  /** Whether the time is of a date: `3-5` is 5 March, `2018-3-5` and `2018-3` what they look like. */
  isOf(date: string): boolean {
    return this.#daysOfTime().has(date);
  }

  /** Whether the text has a date. */
  hasDate(date: string): boolean {
    return this.#datesInText().has(date);
  }

  /** A year is told where a message is of that year. */
  hasYear(year: string): boolean {
    const isOfYear = (date: string) => date.startsWith(`${year}-`);
    return [...this.#daysOfTime()].some(isOfYear) || [...this.#datesInText()].some(isOfYear);
  }

  #daysOfTime(): ReadonlySet<string> {
    this.#days ??= new Set(this.#time === undefined ? [] : daysOf(this.#time));
    return this.#days;
  }

  #datesInText(): ReadonlySet<string> {
    this.#dates ??= new Set(found(this.#text(), DATE).flatMap(datesOf));
    return this.#dates;
  }
}

function found(text: string, pattern: RegExp): readonly string[] {
  return text.match(pattern) ?? [];
}

/** Whether any of `evidence` shows a fact; of a span of days each may stand elsewhere. */
export function shows(evidence: readonly Evidence[], { kind, text }: Fact): boolean {
  switch (kind) {
    case 'number': {
      const number = canonicalNumber(text);
      if (evidence.some(one => one.hasNumber(number))) return true;
      if (/^\d{4}$/.test(number) && evidence.some(one => one.hasYear(number))) return true;
      // Some commit ids begin with nothing but digits.
      return text.length >= 7 && evidence.some(one => one.hasCommit(text));
    }
    case 'version': {
      const version = canonicalVersion(text);
      return evidence.some(one => one.hasVersion(version) || one.hasNumber(version));
    }
    case 'commit':
      return evidence.some(one => one.hasCommit(text));
    case 'date':
      return datesOf(text).every(
        date => evidence.some(one => one.isOf(date)) || evidence.some(one => one.hasDate(date)),
      );
  }
}

/** `1,234` is 1234; `10:42` stays. */
function canonicalNumber(text: string): string {
  return /^\d{1,3}(?:,\d{3})+$/.test(text) ? text.replaceAll(',', '') : text;
}

/** Releases are written with and without `v`, versions of patches with it. */
function canonicalVersion(text: string): string {
  const version = text.toLowerCase().replace(' ', '');
  return /[.-]/.test(version) ? version.replace('v', '') : version;
}

/** The days that a date names, as `Evidence` has them. */
function datesOf(text: string): readonly string[] {
  const [, a, b, month1, year1, month2, c, d, year2, year3, month3, day3, month4, year4] =
    ONE_DATE.exec(text) ?? [];
  if (year3) return [`${year3}-${Number(month3)}-${Number(day3)}`];
  if (month4) return [`${year4}-${monthNumber(month4)}`];
  const month = monthNumber(month1 ?? month2 ?? '');
  const year = year1 ?? year2;
  const days = (month1 ? [a, b] : [c, d]).filter(day => day !== undefined);
  return days.map(day => `${year ? `${year}-` : ''}${month}-${Number(day)}`);
}

function monthNumber(name: string): number {
  return MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1;
}

const HOUR = 3600;

/** The days that a moment is told by: that of UTC, and those of the time zones around it. */
function daysOf(time: number): readonly string[] {
  return [time - 12 * HOUR, time, time + 14 * HOUR].flatMap(seconds => {
    const date = new Date(seconds * 1000);
    const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
    return [`${month}-${day}`, `${year}-${month}-${day}`, `${year}-${month}`];
  });
}
