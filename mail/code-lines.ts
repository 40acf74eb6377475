import { type Block, type BlockKind, cutBlock } from './block.ts';

/** What programs print: kernels, compilers, debuggers, shells, version control. */
const LOG: readonly RegExp[] = [
  /^\s*(?:<\d>)?\[ {0,8}\d+\.\d{3,}\]/,
  /\+0x[0-9a-f]+\/0x[0-9a-f]+/,
  /^\s*(?:RIP|RSP|RAX|RDX|RBP|R1\d|EIP|EAX|CR2|Code|PC|LR|pc|lr|sp)\s?:\s*(?:[0-9a-f]{2,}|<)/,
  /^\s*(?:Call Trace:|BUG: |Kernel panic - |Oops: |Backtrace:|Modules linked in:|Hardware name: |CPU: \d+ PID: )/,
  /^\s*[^\s:]+:\d+(?::\d+)?: (?:fatal |internal compiler )?(?:error|warning|note|undefined reference|required from)/,
  /^\s*[^\s:]+\.\w+: (?:In function|undefined reference|In member function)/,
  /^\s*(?:In file included from |make(?:\[\d+\])?: |collect2: |ld: |\(gdb\) |#\d+\s+0x)/,
  /^\s*(?:CC|LD|AR|AS|HOSTCC|MODPOST|GEN|CHECK) {2,}(?:\[M\] )?\S/,
  /^\s*(?:[\w.-]+@[\w.-]+[: ]\S* ?)?[$] \S/,
  /^\s*(?:[\w.-]+@[\w.-]+[: ]\S* ?|\/\S* ?|~ ?)# ?\S/,
  /^\s*[0-9a-f]{4,16}:?(?: +[0-9a-f]{2,8}){4}/,
  /^\s*\d+(?:\t| \| ?)/,
  /^\s*\|? *\^[~^ ]*$/,
  /^\s*#\s?(?:include|define|undef|ifdef|ifndef|if|endif|else|pragma)\b/,
];
const LIST_ITEM = /^\s*(?:[-*+•o]|\(?\d{1,2}[.)]|\[\d+\]:?)\s/;
const TRAILER = /^\s*[A-Z][\w-]*(?:-by|-to):\s/;
const SET_IN = /^(?:\t| {4}| {1,3}\t)/;
/** A line alone that is set in and has none of these is a name under a mail, or is set in to be seen. */
const CODE_MARK = /[(){}[\];=_<>$|\\/]|\d\w|--\w/;
const URL = /\bhttps?:\S+/g;
/** Longer lines are judged by their beginning. */
const MAX_JUDGED = 400;
/** What stands between two pieces of code and belongs to it. */
const MAX_GAP = 2;
/** Of a paragraph that is set in, so many lines that are not prose make it code. */
const MIN_SHARE = 0.5;

/** A block of text cut into words and code; all other blocks are left as they are. */
export function withCode(block: Block): readonly Block[] {
  if (block.kind !== 'text') return [block];
  const code = new Array<boolean>(block.lines.length).fill(false);
  for (const [start, end] of paragraphs(block.lines)) markCode(block.lines, start, end, code);
  joinCode(block.lines, code);
  return cutBlock(
    block,
    code.map((is): BlockKind => (is ? 'code' : 'text')),
  );
}

function paragraphs(lines: readonly string[]): readonly (readonly [number, number])[] {
  const found: [number, number][] = [];
  let start = 0;
  for (let at = 0; at <= lines.length; at++) {
    if (at < lines.length && lines[at]!.trim() !== '') continue;
    if (at > start) found.push([start, at]);
    start = at + 1;
  }
  return found;
}

/** From the first to the last of its lines that is code: a line of words between them is its comment, or was wrapped. */
function markCode(lines: readonly string[], start: number, end: number, code: boolean[]): void {
  const looks = lines.slice(start, end).map(line => line.slice(0, MAX_JUDGED));
  if (looks.some(line => TRAILER.test(line))) return;
  const logged = looks.map(isLog);
  const setIn = looks.every(line => SET_IN.test(line));
  const listed = looks.some(line => LIST_ITEM.test(line));
  const is = looks.map(
    (line, at) =>
      logged[at]! ||
      (!listed && (isStatement(line) || isRow(line) || (setIn && !isProse(line)))) ||
      looks[at + 1]?.trim() === '{',
  );
  if (is.length === 1 && !logged[0] && !CODE_MARK.test(looks[0]!.replace(URL, ''))) return;
  if (setIn && !listed && is.filter(Boolean).length >= looks.length * MIN_SHARE) {
    code.fill(true, start, end);
    return;
  }
  let from = 0;
  while (from < is.length) {
    if (!is[from]) {
      from++;
      continue;
    }
    let to = from + 1;
    let count = 1;
    for (let at = to; at < is.length && at - to <= MAX_GAP; at++) {
      if (!is[at]) continue;
      to = at + 1;
      count++;
    }
    const alone = is.length === 1;
    if (count >= 3 || (count >= 2 && to - from === count) || (alone && logged[from]))
      code.fill(true, start + from, start + to);
    from = to;
  }
}

/** Empty lines between code belong to it. */
function joinCode(lines: readonly string[], code: boolean[]): void {
  let last = -1;
  for (const [at, line] of lines.entries()) {
    if (code[at]) {
      if (last !== -1) code.fill(true, last, at);
      last = at;
    } else if (line.trim() !== '') last = -1;
  }
}

function isLog(line: string): boolean {
  return LOG.some(pattern => pattern.test(line));
}

/** Whether a line ends or begins as statements do. */
function isStatement(line: string): boolean {
  const text = line.trim();
  if (text === '{' || text === '}' || /^(?:\/\*|\*\/|\*\s|\/\/ )/.test(text)) return true;
  if (/^[-+|=]{3}[-+|= ]*$/.test(text)) return text.includes('+') || text.includes('|');
  const last = text.at(-1);
  return (last === ';' || last === '{' || last === '}' || last === '\\') && /[()=[\]<>]|^\w+;|^\s/.test(line);
}

/** Whether a line is ruled into columns. Two blanks behind the end of a sentence are a typist's. */
function isRow(line: string): boolean {
  const gaps = line.trim().match(/[^\s.!?:,;](?: {2,}|\t+)(?=\S)/g)?.length ?? 0;
  const bars = line.split(' | ').length - 1;
  return gaps >= 2 || bars >= 2 || (gaps === 1 && /\d/.test(line) && !isProse(line));
}

function isProse(line: string): boolean {
  const words = line.match(/(?<![\w/.-])[A-Za-z][a-z']+(?![\w/(_])/g)?.length ?? 0;
  const marks = line.match(/[;{}=<>[\]_|&\\]|\w\(/g)?.length ?? 0;
  return words >= 3 && marks * 3 < words;
}
