import { splitFrontMatter } from '../front-matter.ts';
import type { IssueFinding } from './finding.ts';

/** A file of an issue as rules read it. */
export interface OwnText {
  /** The file. */
  readonly whole: string;
  /** What of it the editor wrote: quotations and code are dots of the same length. */
  readonly text: string;
  /** Where the Markdown begins. */
  readonly prose: number;
}

/** Something that a rule finds in a file. */
interface Spot {
  readonly at: number;
  readonly message: string;
}

/** Something that a file's text is looked through for. */
export interface TextRule extends Pick<IssueFinding, 'severity' | 'rule'> {
  find(own: OwnText): readonly Spot[];
}

/** More words are an article; a section is read in a few minutes. */
const MOST_WORDS = 900;

const UNFINISHED: TextRule = { severity: 'error', rule: 'unfinished', find: unfinished };

/** What a file's text is looked through for, whatever mail it tells of. */
const TEXT_RULES: readonly TextRule[] = [
  UNFINISHED,
  { severity: 'warning', rule: 'doubled-word', find: doubledWords },
  { severity: 'warning', rule: 'long', find: tooLong },
];

/** What the rules find in a file of Markdown. */
export function checkText(file: string, text: string): readonly IssueFinding[] {
  return found(file, text, TEXT_RULES);
}

/** What is left to do in a file that is no Markdown. */
export function checkUnfinished(file: string, text: string): readonly IssueFinding[] {
  return found(file, text, [UNFINISHED]);
}

function found(file: string, text: string, rules: readonly TextRule[]): readonly IssueFinding[] {
  const plain = text.replace(/\r\n?/g, '\n');
  const own = { whole: plain, text: blanked(plain), prose: proseOf(plain) };
  return rules.flatMap(({ severity, rule, find }) =>
    find(own).map(({ at, message }) => ({ file, ...placeOf(plain, at), severity, rule, message })),
  );
}

/** Where the Markdown behind front matter begins. */
function proseOf(plain: string): number {
  const above = plain.split('\n', (splitFrontMatter(plain)?.line ?? 1) - 1);
  return above.reduce((length, line) => length + line.length + 1, 0);
}

function placeOf(text: string, at: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, at);
  return { line: before.split('\n').length, column: at - before.lastIndexOf('\n') };
}

/** Of links; a reader does not see them. */
const ADDRESSES = /(?<=\])\([^()\s]*\)|\bhttps?:\/\/[^\s<>()]+/g;
/** Fenced code, block quotations, quotations, code, the addresses of links: no words of the editor's. */
const NOT_OWN = [
  /^(```|~~~)[\s\S]*?^\1/gm,
  /^[ \t]{0,3}>.*$/gm,
  /\[["'“„«‚‘‹](?:[^[\]\\]|\\.|\[[^[\]]{0,600}\]){0,4000}\]\((?:mid|said):[^()\s]*\)/gs,
  /`[^`\n]*`/g,
  ADDRESSES,
];

/** What stands for each character that is none of the editor's; no word, and no blank between two. */
const DOT = '\ufffc';

function blanked(text: string): string {
  return NOT_OWN.reduce((left, part) => left.replace(part, found => found.replace(/\S/g, DOT)), text);
}

function unfinished({ text }: OwnText): readonly Spot[] {
  return [...text.matchAll(/\b(FIXME\b:?|TODO:)(?=([^\n]{0,200}))/g)].map(({ index, 1: mark, 2: words }) => ({
    at: index,
    message: `“${shortened(mark! + words!)}” still stands here; do what it asks for and take it away.`,
  }));
}

/** Enough of what is to be done to know it again. */
const SHOWN_LETTERS = 60;

function shortened(words: string): string {
  const plain = words
    .replaceAll(DOT, '')
    .replace(/[[\]]|-->.*/g, '')
    .trim();
  return plain.length <= SHOWN_LETTERS ? plain : `${plain.slice(0, SHOWN_LETTERS).trimEnd()} …`;
}

/** Words that may well stand twice. */
const MAY_DOUBLE = /^(?:had|that)$/i;

function doubledWords({ text, prose }: OwnText): readonly Spot[] {
  const pairs = text
    .slice(prose)
    .matchAll(/(?<![\p{L}\p{N}])(\p{L}{1,40})(?:[ \t]+|[ \t]*\n[ \t]*)\1(?![\p{L}\p{N}])/giu);
  return [...pairs]
    .filter(([, word]) => !MAY_DOUBLE.test(word!))
    .map(match => ({
      at: prose + match.index,
      message: `“${match[1]} ${match[1]}”: one ${match[1]} is enough.`,
    }));
}

function tooLong({ whole, prose }: OwnText): readonly Spot[] {
  const words = whole
    .slice(prose)
    .replace(ADDRESSES, '')
    .split(/\s+/)
    .filter(word => /[\p{L}\p{N}]/u.test(word)).length;
  return words > MOST_WORDS
    ? [{ at: prose, message: `${words} words are many for a section; ${MOST_WORDS} are a good bound.` }]
    : [];
}
