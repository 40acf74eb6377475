import type { Said, Statement } from '../facts/statements.ts';
import { withoutItemMark } from '../sentences/quotable.ts';
import type { Sentence } from '../sentences/sentences.ts';

/** Sentences of one message, chosen to be quoted together. */
export interface Passage {
  readonly said: Said;
  /** In the order of the message; never empty. */
  readonly statements: readonly Statement[];
}

/** So many letters may be left out within a quotation. */
const MAX_GAP = 300;
/** An address that is too long to be read aloud, with the brackets around it. */
const LONG_ADDRESS = /(?<![^\s(<"'])<?https?:\/\/[^\s<>]{40,}[^\s<>.,;:!?)"']>?(?![^\s.,;:!?)"'])/g;
const CUT = '[…]';

/** The words of a passage, `[…]` where sentences between or long addresses were left out, without the mark of a list's item. */
export function wordsOf({ statements }: Passage): string {
  let words = '';
  let last: Sentence | undefined;
  for (const { sentence } of statements) {
    const text = withoutItemMark(sentence.text);
    const goesOn = last?.index === sentence.index - 1 && sentence.follows && text === sentence.text;
    if (last) words += goesOn ? ' ' : ` ${CUT} `;
    words += withoutLongAddresses(text);
    last = sentence;
  }
  return words.replaceAll(`${CUT} ${CUT}`, CUT);
}

/** Words with `[…]` for each address that is too long to be read aloud. */
export function withoutLongAddresses(text: string): string {
  return text.replace(LONG_ADDRESS, CUT);
}

/** The chosen sentences of a message, those near each other together. */
export function passagesOf(said: Said, chosen: ReadonlySet<Sentence>): readonly Passage[] {
  const passages: Statement[][] = [];
  for (const statement of said.statements) {
    if (!chosen.has(statement.sentence)) continue;
    const last = passages.at(-1)?.at(-1)?.sentence;
    if (last && isNear(said, last, statement.sentence)) passages.at(-1)!.push(statement);
    else passages.push([statement]);
  }
  return passages.map(statements => ({ said, statements }));
}

/** Whether little stands between two sentences, and nothing but sentences. */
function isNear({ statements }: Said, from: Sentence, to: Sentence): boolean {
  const between = statements.slice(from.index + 1, to.index + 1).map(({ sentence }) => sentence);
  if (!between.every(({ follows }) => follows)) return false;
  const left = between.slice(0, -1).reduce((sum, { text }) => sum + text.length, 0);
  return left <= MAX_GAP;
}
