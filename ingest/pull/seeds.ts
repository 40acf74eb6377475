import type { Source } from '../../publication/sources.ts';
import type { Topic } from '../../publication/topics.ts';
import type { SweptHeader } from '../archive/records.ts';
import { listNamesOf } from '../merge.ts';

/** Tells of a header whether a topic begins with its message; `text` says what is known of the message's text. */
export interface SeedTest {
  /** The body patterns as one word, undefined where the topic has none: what judgements of texts are kept under. */
  readonly body: string | undefined;
  /** Whether the message would be a seed if its text matched. */
  readonly mayBe: (header: SweptHeader) => boolean;
  /** Whether it is one, given whether its text matches. */
  readonly is: (header: SweptHeader, textMatches: boolean) => boolean;
  /** Whether a text matches. */
  readonly matchesText: (text: string) => boolean;
}

/** Clocks that were never set say 1970 or 1980; a Date before this says nothing of the time. */
export const FIRST_MAIL = Date.UTC(1981, 0) / 1000;

/** The test of a topic for the messages of a source. `lists` gives names by List-Id. */
export function seedTest(topic: Topic, source: Source, lists: Readonly<Record<string, string>>): SeedTest {
  const people = new Set(topic.people.map(person => person.toLowerCase()));
  const allowed = new Set(topic.lists);
  const inWindow = ({ sent }: SweptHeader) =>
    sent === undefined ||
    sent < FIRST_MAIL ||
    (sent >= (topic.since ?? 0) && sent < (topic.until ?? Number.POSITIVE_INFINITY));
  const byPerson = ({ from }: SweptHeader) =>
    people.size === 0 || people.has(from.address.toLowerCase()) || people.has(from.name.toLowerCase());
  const onList = ({ listIds }: SweptHeader) =>
    allowed.size === 0 ||
    listNamesOf(listIds, source.list ? [source.list] : [], lists).some(name => allowed.has(name));
  const mayBe = (header: SweptHeader) => inWindow(header) && byPerson(header) && onList(header);
  const bySubject = ({ subject }: SweptHeader) =>
    topic.subject?.some(pattern => pattern.test(subject)) ?? topic.body === undefined;
  return {
    body: topic.body && JSON.stringify(topic.body.map(pattern => pattern.source)),
    mayBe,
    is: (header, textMatches) => mayBe(header) && (textMatches || bySubject(header)),
    matchesText: text => topic.body?.some(pattern => pattern.test(text)) ?? false,
  };
}
