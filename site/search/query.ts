import { type FIELD_NAMES, QueryError } from './lunr.ts';
import { readSpan, type Span } from './query-dates.ts';
import { bareWord, pathPairs } from './words.ts';

/** What a query says beside what lunr is asked. A document passes that has one of each list, and none of what is not wanted. */
export interface Filters {
  readonly dates: readonly Span[];
  readonly noDates: readonly Span[];
  readonly chosen: Readonly<Record<Choice, readonly string[]>>;
  readonly refused: Readonly<Record<Choice, readonly string[]>>;
}

/** What a document has one or more of out of a few. */
export type Choice = 'list' | 'kind' | 'topic' | 'status';

/** Words that have to stand there as they are, or must not. */
export interface Phrase {
  readonly words: readonly string[];
  /** The field, or undefined for subject or body. */
  readonly field: 'subject' | 'from' | 'body' | undefined;
  readonly refused: boolean;
}

/** A query that was understood. */
export interface Query {
  /** In lunr's language; empty where nothing is asked of lunr, and all documents are meant. */
  readonly lunr: string;
  readonly filters: Filters;
  readonly phrases: readonly Phrase[];
}

type Field = (typeof FIELD_NAMES)[number];
/** The names that lore.kernel.org has for fields, and ours. */
const FIELDS: Readonly<Record<string, Field>> = {
  s: 'subject',
  subject: 'subject',
  f: 'from',
  from: 'from',
  nq: 'body',
  b: 'body',
  body: 'body',
  dfn: 'files',
  files: 'files',
};
const CHOICES: Readonly<Record<string, Choice>> = { l: 'list', is: 'kind', topic: 'topic', status: 'status' };
const DATE = 'd';
/** What a reader is told to write. */
const PREFIXES = ['s', 'f', 'nq', 'dfn', DATE, ...Object.keys(CHOICES)];

/** What `is:` may be asked. */
export const KINDS = ['message', 'patch', 'cover', 'reply', 'thread', 'issue'] as const;

/** The names of things, for a sentence to whoever wrote one that is not there. */
export type KnownNames = Readonly<Record<Exclude<Choice, 'kind'>, readonly string[]>>;

/** A piece of a query: `+`, `-` or nothing, a name and a colon or none, words in quotation marks or one without. */
interface Item {
  readonly sign: string;
  readonly name: string;
  readonly value: string;
  readonly quoted: boolean;
}

/**
 * What a query asks. `now`, in milliseconds, is what `last week` counts from.
 *
 * @throws QueryError where it cannot be understood.
 */
export function readQuery(
  text: string,
  now: number,
  names: KnownNames,
  isCommon: (word: string) => boolean,
): Query {
  const common: string[] = [];
  const clauses: string[] = [];
  const phrases: Phrase[] = [];
  const dates: Record<'chosen' | 'refused', Span[]> = { chosen: [], refused: [] };
  const chosen: Record<Choice, string[]> = { list: [], kind: [], topic: [], status: [] };
  const refused: Record<Choice, string[]> = { list: [], kind: [], topic: [], status: [] };
  for (const item of itemsOf(text)) {
    const name = item.name.toLowerCase();
    const no = item.sign === '-';
    if (name === DATE) dates[no ? 'refused' : 'chosen'].push(readSpan(item.value, now));
    else if (Object.hasOwn(CHOICES, name)) {
      const choice = CHOICES[name]!;
      (no ? refused : chosen)[choice].push(...chosenNames(choice, name, item.value, names));
    } else if (item.quoted) {
      const field = Object.hasOwn(FIELDS, name) ? FIELDS[name] : undefined;
      const words = phraseWords(item.value);
      if (words.length === 0) continue;
      // Names of files are kept as terms alone.
      if (field !== 'files') phrases.push({ words, field, refused: no });
      if (!no || field === 'files')
        clauses.push(
          ...words
            .filter(word => !isCommon(word))
            .map(word => `${no ? '-' : '+'}${field ? `${field}:` : ''}${escaped(word)}`),
        );
    } else if (!item.value.includes('*') && isCommon(item.value)) common.push(item.value);
    else clauses.push(clauseOf(item, name));
  }
  if (clauses.length === 0 && (common.length > 0 || phrases.some(({ refused: no }) => !no))) {
    const words = common.length > 0 ? common : phrases.flatMap(phrase => phrase.words);
    throw new QueryError(`“${words.join(' ')}” stands in nearly every text: add a word that tells more.`);
  }
  return {
    lunr: clauses.join(' '),
    phrases,
    filters: { dates: dates.chosen, noDates: dates.refused, chosen, refused },
  };
}

/** The words of a text as phrases are compared: without marks, in lower case. */
export function phraseWords(text: string): readonly string[] {
  return text
    .toLowerCase()
    .split(/[\s*]+/)
    .map(bareWord)
    .filter(word => word !== '');
}

function* itemsOf(text: string): Generator<Item> {
  const item = /([+-]?)(?:([A-Za-z]+):(?=\S))?(?:"([^"]*)"?|(\S+))/y;
  for (let at = 0; at < text.length; ) {
    if (/\s/.test(text[at]!)) {
      at++;
      continue;
    }
    item.lastIndex = at;
    const match = item.exec(text)!;
    at = item.lastIndex;
    const [whole, sign, name, words, word] = match;
    // A web address is no field, and nor is what stands before a colon that ends a word: `mm: fix`.
    if (name !== undefined && word?.startsWith('//'))
      yield { sign: sign!, name: '', value: whole.slice(sign!.length), quoted: false };
    else yield { sign: sign!, name: name ?? '', value: words ?? word!, quoted: words !== undefined };
  }
}

function chosenNames(choice: Choice, name: string, value: string, names: KnownNames): readonly string[] {
  const known: readonly string[] = choice === 'kind' ? KINDS : names[choice];
  return value
    .toLowerCase()
    .split(',')
    .filter(one => one !== '')
    .map(one => {
      const meant = known.find(candidate => candidate.toLowerCase() === one.replace(/\s+/g, '-'));
      if (meant !== undefined) return meant;
      const shown = known.slice(0, 12).join(', ');
      throw new QueryError(
        shown === ''
          ? `Nothing here has a ${choice}: leave ${name}:${one} out.`
          : `There is no ${name}:${one} here; after ${name}: stands ${shown}.`,
      );
    });
}

/** A word as lunr reads it, its sign, field, `*`, `~` and `^` kept. */
function clauseOf({ sign, value }: Item, name: string): string {
  const field = Object.hasOwn(FIELDS, name) ? FIELDS[name] : undefined;
  if (name !== '' && field === undefined) {
    throw new QueryError(
      `There is no field called “${name}”: a colon comes after ${PREFIXES.join(', ')}. Put quotation marks around words with a colon.`,
    );
  }
  const word = value.replace(/:+$/, '').replace(/:/g, '\\:');
  if (/^[+-]?$/.test(word)) throw new QueryError('A + or - stands directly before a word.');
  const place = field ? `${field}:` : '';
  const folders = word.split('/');
  // The middle of a path is found by its pairs of folders; what it must not have, lunr can only be asked whole.
  if (folders.length > 2 && sign !== '-' && folders.every(folder => /^[\w.]+$/.test(folder)))
    return pathPairs(folders)
      .map(pair => `+${place}${pair}`)
      .join(' ');
  return `${sign}${place}${word}`;
}

/** A word whose signs mean nothing to lunr. */
function escaped(word: string): string {
  return word.replace(/[\\:~^+-]/g, '\\$&');
}
