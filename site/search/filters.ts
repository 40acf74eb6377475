import type { Fact } from './facts.ts';
import { threadsOf } from './found-thread.ts';
import type { Choice, Filters } from './query.ts';

/** What a document is, in the words of a query: `list`, `kind`, `topic` and `status`. Of a message its thread tells two of them. */
export type Choices = (choice: Choice, fact: Fact) => readonly string[];

/** The choices of documents, given the facts of all. */
export function choicesOf(facts: readonly (Fact | undefined)[]): Choices {
  const threads = threadsOf(facts);
  return (choice, fact) => {
    if (choice === 'list') return fact.lists;
    if (choice === 'kind') return fact.kinds;
    const thread = threads.get(fact.thread);
    if (thread?.status === undefined) return [];
    return choice === 'topic' ? thread.topics : [thread.status];
  };
}

/** Whether a query filters anything. */
export function isFiltering({ dates, noDates, chosen, refused }: Filters): boolean {
  return [dates, noDates, ...Object.values(chosen), ...Object.values(refused)].some(all => all.length > 0);
}

/** The test that a document has to pass. */
export function filterTest(filters: Filters, choices: Choices): (fact: Fact) => boolean {
  const { dates, noDates, chosen, refused } = filters;
  const among = (spans: Filters['dates'], { received }: Fact) =>
    spans.some(({ from, to }) => received >= from && received < to);
  const has = (wanted: Filters['chosen'], choice: Choice, fact: Fact) =>
    choices(choice, fact).some(one => wanted[choice].includes(one));
  const asked = (wanted: Filters['chosen']) =>
    (Object.keys(wanted) as Choice[]).filter(choice => wanted[choice].length > 0);
  const [must, mustNot] = [asked(chosen), asked(refused)];
  return fact =>
    (dates.length === 0 || among(dates, fact)) &&
    !among(noDates, fact) &&
    must.every(choice => has(chosen, choice, fact)) &&
    !mustNot.some(choice => has(refused, choice, fact));
}
