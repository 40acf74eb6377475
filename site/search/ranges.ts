/** Texts from `from` on and before `to`, by UTF-16 code units; to the end where `to` is undefined. */
export interface Range {
  readonly from: string;
  readonly to: string | undefined;
}

/** Everything that begins with `prefix`. */
export function beginningWith(prefix: string): Range {
  if (prefix === '') return { from: '', to: undefined };
  // No term has U+FFFF in it: it is no character.
  return { from: prefix, to: `${prefix}\uffff` };
}

/** `text` alone. */
export function exactly(text: string): Range {
  return { from: text, to: `${text}\0` };
}

/** Where each file of a sorted list starts, given its borders: an empty one goes on with the term before it. */
export function startsOf(borders: readonly string[]): readonly string[] {
  const starts: string[] = [];
  for (const border of borders) starts.push(border === '' ? starts.at(-1)! : border);
  return starts;
}

/** Which files of a sorted list may hold something of a range, given where each starts. */
export function filesOf(starts: readonly string[], { from, to }: Range): readonly number[] {
  // The last file that starts not behind the range; of those that start alike, as one term fills them, the first.
  let first = firstWhere(starts, start => start > from) - 1;
  if (first >= 0) first = firstWhere(starts, start => start >= starts[first]!);
  const files: number[] = [];
  for (let file = Math.max(0, first); file < starts.length; file++) {
    if (files.length > 0 && to !== undefined && starts[file]! >= to) break;
    files.push(file);
  }
  return files;
}

/** The first place where a test is true that is true of all behind it; the length where there is none. */
function firstWhere(sorted: readonly string[], isBehind: (text: string) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBehind(sorted[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}
