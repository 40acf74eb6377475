import { escapeHtml } from './html.ts';

/** Words, runs of blanks, and every other mark alone. */
const TOKEN = /\w+|\s+|[^\w\s]/gu;

/**
 * The markup of a removed and an added line, what changed in each marked; undefined where they have little in
 * common. Lines of as many words are compared word for word, others at their beginnings and ends.
 */
export function changedWords(removed: string, added: string): readonly [string, string] | undefined {
  const before = tokensOf(removed);
  const after = tokensOf(added);
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start++;
  let end = 0;
  while (end < most - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  const isKept = (line: readonly string[], at: number) =>
    at < start || at >= line.length - end || (before.length === after.length && before[at] === after[at]);
  const kept = before.reduce((sum, { length }, at) => (isKept(before, at) ? sum + length : sum), 0);
  if (kept * 3 < Math.min(removed.length, added.length)) return undefined;
  return [marked(removed[0]!, before, isKept), marked(added[0]!, after, isKept)];
}

/** The tokens behind the mark of a diff's line. */
function tokensOf(line: string): readonly string[] {
  return line.slice(1).match(TOKEN) ?? [];
}

function marked(
  sign: string,
  tokens: readonly string[],
  isKept: (line: readonly string[], at: number) => boolean,
): string {
  let markup = sign;
  let run = '';
  for (const [at, token] of tokens.entries()) {
    if (!isKept(tokens, at)) run += token;
    else {
      markup += mark(run) + escapeHtml(token);
      run = '';
    }
  }
  return markup + mark(run);
}

function mark(text: string): string {
  return text === '' ? '' : `<mark>${escapeHtml(text)}</mark>`;
}
