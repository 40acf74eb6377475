import { type Memo, memoOf } from '../../mail/memo.ts';

/** A memo that keeps its results as text, as a file does, and counts them. */
export function keptAsText(): { readonly memo: Memo; readonly size: () => number } {
  const results = new Map<string, string>();
  const key = (from: readonly string[]) => JSON.stringify(from);
  const memo = memoOf({
    recall: from => {
      const result = results.get(key(from));
      return result === undefined ? undefined : JSON.parse(result);
    },
    keep: (from, result) => void results.set(key(from), JSON.stringify(result)),
  });
  return { memo, size: () => results.size };
}
