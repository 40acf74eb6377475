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

/** Which files of a sorted list may hold something of a range, given where each begins; empty borders go on with a term. */
export function filesOf(borders: readonly string[], { from, to }: Range): readonly number[] {
  const starts: string[] = [];
  for (const border of borders) starts.push(border === '' ? starts.at(-1)! : border);
  let first = starts.findLastIndex(start => start <= from);
  if (first === -1) first = 0;
  // What a term fills more than one file with stands in front as well.
  while (first > 0 && borders[first] === '') first--;
  const files: number[] = [];
  for (
    let file = first;
    file < starts.length && (file === first || to === undefined || starts[file]! < to);
    file++
  )
    files.push(file);
  return files;
}
