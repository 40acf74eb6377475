import { endsWith } from '../facts/exchanges.ts';
import { needsContext, standsAlone } from '../sentences/quotable.ts';
import type { Passage } from './passage.ts';
import type { Telling } from './telling.ts';

/** What is answered is told where it says something, and not at length. */
const MIN_WORDS = 5;
const MAX_WORDS = 35;
/** It is looked for no farther down, so that long messages with many answers do not take the product of both. */
const MAX_INDEX = 100;

/** The words that a passage answers, where it says little without them and they can be quoted beside it. */
export function contextOf(
  { said, statements }: Passage,
  { hearing, exchanges }: Pick<Telling, 'hearing' | 'exchanges'>,
): Passage | undefined {
  const { sentence } = statements[0]!;
  const answer = needsContext(sentence) ? exchanges.answeredBy(sentence) : undefined;
  const source = answer && hearing.of.get(answer.to);
  if (!source || source.message.author.key === said.message.author.key || source.message.author.robot)
    return undefined;
  const quoted = source.statements.slice(0, MAX_INDEX).findLast(one => endsWith(answer, one.sentence.text));
  if (!quoted || !standsAlone(quoted.sentence)) return undefined;
  const { words } = quoted.sentence;
  return words < MIN_WORDS || words > MAX_WORDS ? undefined : { said: source, statements: [quoted] };
}
