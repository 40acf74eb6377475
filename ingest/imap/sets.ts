/** A command line holds 8,000 bytes on the strictest server (public-inbox-imapd); half of it is for the set. */
const SET_CHARACTERS = 4000;

/**
 * `uids` as sequence sets (RFC 3501, 9: `sequence-set`), runs packed to `a:b`, each set short enough for one
 * command line. The uids are sorted; an empty list gives no set.
 */
export function uidSet(uids: readonly number[]): readonly string[] {
  const sets: string[] = [];
  let set = '';
  for (const run of runs(uids)) {
    if (set !== '' && set.length + run.length + 1 > SET_CHARACTERS) {
      sets.push(set);
      set = '';
    }
    set += set === '' ? run : `,${run}`;
  }
  return set === '' ? sets : [...sets, set];
}

function* runs(uids: readonly number[]): Generator<string> {
  const sorted = [...new Set(uids)].sort((a, b) => a - b);
  let start = 0;
  for (let index = 1; index <= sorted.length; index++) {
    if (index < sorted.length && sorted[index] === sorted[index - 1]! + 1) continue;
    yield start === index - 1 ? `${sorted[start]}` : `${sorted[start]}:${sorted[index - 1]}`;
    start = index;
  }
}

/** Whether a mailbox is the one called `pattern`, where `*` stands for any characters; INBOX in any case (RFC 3501, 5.1). */
export function matchesMailbox(pattern: string, name: string): boolean {
  if (pattern.toUpperCase() === 'INBOX') return name.toUpperCase() === 'INBOX';
  const literal = pattern.split('*').map(part => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${literal.join('.*')}$`, 's').test(name);
}
