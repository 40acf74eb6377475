import { type Fact, factsIn, shows } from './facts.ts';
import { type Finding, finding } from './finding.ts';
import { fold } from './folding.ts';
import type { Held, HeldMessage, HeldThread } from './held.ts';
import type { Mention } from './mention.ts';
import type { NameReader } from './names.ts';
import type { Narration } from './passages.ts';
import type { Place } from './source-lines.ts';

/** What narration is checked against. */
export interface NarrationContext {
  readonly held: Held;
  readonly threads: readonly HeldThread[];
  /** The messages that the passage cites. */
  readonly cited: readonly HeldMessage[];
  readonly names: NameReader;
  /** Numbers, dates and names that need no evidence. */
  readonly known: ReadonlySet<string>;
  readonly heading: boolean;
}

/** `"words"` of at least three words: fewer are a title, or irony. */
const QUOTED = /["\u201c\u201e]([^"\u201c\u201d\u201e\n]{1,2000})["\u201d\u201c]/g;
const FEW_WORDS = 3;

/** What is wrong with a run of narration, `mentions` being whom it names. */
export function checkNarration(
  narration: Narration,
  mentions: readonly Mention[],
  context: NarrationContext,
): readonly Finding[] {
  if (context.threads.length === 0) return [];
  return [
    ...checkFacts(narration, context),
    ...checkNames(narration, mentions, context),
    ...checkQuoted(narration, context),
  ];
}

function checkFacts(narration: Narration, { threads, cited, known }: NarrationContext): readonly Finding[] {
  const here = cited.map(({ evidence }) => evidence);
  const anywhere = threads.flatMap(({ evidence }) => evidence);
  return factsIn(narration.text).flatMap(fact => {
    const { kind, text, at } = fact;
    const place = placeIn(narration, at);
    // Whoever tells of a day need not cite a mail that is of it.
    if (known.has(text) || (kind !== 'date' && shows(here, fact))) return [];
    if (!shows(anywhere, fact)) return [finding(place, 'error', kind, ABSENT[kind](text))];
    if (kind === 'date' || cited.length === 0) return [];
    const why = `${noun(fact)} is in none of the messages cited here; cite the one that has it.`;
    return [finding(place, 'warning', kind, why)];
  });
}

const ABSENT: Readonly<Record<Fact['kind'], (text: string) => string>> = {
  number: text => `The number ${text} is nowhere in the thread; correct it or leave it out.`,
  version: text => `The version ${text} is nowhere in the thread; correct it or leave it out.`,
  commit: text => `The commit ${text} is nowhere in the thread; correct it or leave it out.`,
  date: text => `No message of the thread is of ${text} or tells of it; correct the date.`,
};

function noun({ kind, text }: Fact): string {
  return `The ${kind} ${text}`;
}

function checkNames(
  narration: Narration,
  mentions: readonly Mention[],
  { threads, cited, held, names, known, heading }: NarrationContext,
): readonly Finding[] {
  // Titles have capitals of their own.
  if (heading) return [];
  const strange = names.strangeNames(narration.text).flatMap(({ text, at }) => {
    const name = fold(text);
    if (known.has(name) || threads.some(thread => thread.names(name.toLowerCase()))) return [];
    const why = `${name} neither wrote to the thread nor is named in it; correct the name or leave it out.`;
    return [finding(placeIn(narration, at), 'error', 'name', why)];
  });
  if (cited.length === 0) return strange;
  const answered = cited.map(({ message: { parent } }) =>
    parent === undefined ? undefined : held.message(parent),
  );
  const around = new Set([...cited, ...answered].map(one => one?.message.author.key));
  const absent = mentions.flatMap(({ people, at, end }) => {
    const all = [...people];
    const isThere =
      all.length === 0 ||
      all.some(({ key }) => around.has(key)) ||
      all.some(({ name }) => cited.some(message => message.names(fold(name).toLowerCase())));
    const why = `${narration.text.slice(at, end)} neither wrote a message cited here nor is named in one; cite one that shows it.`;
    return isThere ? [] : [finding(placeIn(narration, at), 'warning', 'name', why)];
  });
  return [...strange, ...absent];
}

/** Words in quotation marks that link to nothing: a subject may stand so, somebody's words may not. */
function checkQuoted(narration: Narration, { threads, known }: NarrationContext): readonly Finding[] {
  return [...narration.text.matchAll(QUOTED)].flatMap(match => {
    const words = fold(match[1]!).replace(/[.,]$/, '');
    if (words.split(' ').length < FEW_WORDS || known.has(words)) return [];
    if (threads.some(thread => thread.hasTitle(words.toLowerCase()))) return [];
    const why =
      'These words stand in quotation marks and link to no message; quote them as ["words"](mid:ID).';
    return [finding(placeIn(narration, match.index), 'error', 'unsourced-words', why)];
  });
}

/** Where in the file a character of narration stands. */
function placeIn({ places }: Narration, at: number): Place {
  let [low, high] = [0, places.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (places[middle]!.at <= at) low = middle;
    else high = middle;
  }
  const { at: start, place } = places[low]!;
  return { line: place.line, column: place.column + at - start };
}
