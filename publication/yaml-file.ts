import {
  type Document,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
  type YAMLError,
} from 'yaml';
import type { z } from 'zod';
import { FileFault, type FilePlace } from './operator-error.ts';
import { unitOffsets } from './yaml-text.ts';

/** A file that an editor writes in YAML. */
export interface YamlFile<Schema extends z.ZodType> {
  /** Its name as errors show it. */
  readonly file: string;
  readonly schema: Schema;
  /** What helps where the file has a key that is none. */
  readonly remedy: string;
}

/** What a file says, and where. */
export interface Parsed<T> {
  readonly data: T;
  /** Where the last part of `path` that the file has begins. */
  placeOf(path: readonly (string | number)[]): FilePlace;
  /** Where the character at `at` of the text at `path` stands; where an alias says it, that of the setting. */
  placeIn(path: readonly (string | number)[], at: number): FilePlace;
}

/**
 * What the text of a YAML file says, with what it leaves out filled in by the schema.
 *
 * @throws FileFault naming the file, the line, what is wrong there and what would be right.
 */
export function parseYaml<Schema extends z.ZodType>(
  text: string,
  { file, schema, remedy }: YamlFile<Schema>,
): Parsed<z.infer<Schema>> {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, logLevel: 'error' });
  const placeAt = (offset: number): FilePlace => {
    const { line, col: column } = lineCounter.linePos(offset);
    return { file, line, column };
  };
  const refuse = (offset: number, what: string) => new FileFault(placeAt(offset), `${what}.`);
  const broken = document.errors[0];
  if (broken) throw refuse(broken.pos[0], inPlainWords(broken));
  let firstAlias = 0;
  visit(document, {
    Alias(_, alias, path) {
      const offset = alias.range![0];
      firstAlias ||= offset;
      const named = alias.resolve(document);
      if (!named)
        throw refuse(offset, `*${alias.source} must stand in quotes, as its * has a meaning in YAML`);
      if (path.includes(named)) throw refuse(offset, `*${alias.source} stands inside of what it repeats`);
    },
  });
  const result = schema.safeParse(
    unsaid(plainData(document, () => refuse(firstAlias, TOO_MANY_ALIASES))) ?? {},
  );
  if (result.success) {
    const offsetIn = (path: readonly (string | number)[], at: number) => {
      const node = document.getIn(path, true);
      if (!isScalar<string>(node) || typeof node.value !== 'string' || !node.range)
        return placeOf(document, path).offset;
      return unitOffsets(text, node)[at] ?? node.range[0];
    };
    return {
      data: result.data,
      placeOf: path => placeAt(placeOf(document, path).offset),
      placeIn: (path, at) => placeAt(offsetIn(path, at)),
    };
  }
  const issue = mostUseful(result.error.issues);
  const path = issue.path as (string | number)[];
  const { offset, shown } = placeOf(
    document,
    issue.code === 'unrecognized_keys' ? [...path, issue.keys[0]!] : path,
  );
  throw refuse(offset, sentence(issue, issue.code === 'unrecognized_keys' ? path : shown, remedy));
}

const TOO_MANY_ALIASES = 'the aliases from here on (words behind *) repeat each other too often';

/** What a document says; the reader stops where aliases of aliases make it endless, and throws what `refusal` gives. */
function plainData(document: Document, refusal: () => FileFault): unknown {
  try {
    return document.toJS();
  } catch (error) {
    if (error instanceof ReferenceError) throw refusal();
    throw error;
  }
}

/** A key with nothing behind it says nothing: "sources:" over entries that are commented out. */
function unsaid(value: unknown): unknown {
  if (value === null) return undefined;
  if (Array.isArray(value)) return value.map(unsaid);
  if (typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, unsaid(inner)]));
}

/**
 * Where the last part of `path` that the file has begins, and the path as the file has it: without the number
 * of an entry where one text stands for a list of one.
 */
function placeOf(document: Document, path: readonly (string | number)[]) {
  let node: unknown = document.contents;
  let offset = 0;
  const shown: (string | number)[] = [];
  for (const step of path) {
    if (typeof step === 'number' && isScalar(node) && node.value !== null) continue;
    shown.push(step);
    const pair = isMap(node) ? node.items.find(item => String(item.key) === String(step)) : undefined;
    const item = isSeq(node) ? node.items[step as number] : undefined;
    const begins = pair?.key ?? item;
    if (isNode(begins)) offset = begins.range?.[0] ?? offset;
    node = pair?.value ?? item;
  }
  return { offset, shown };
}

/** What the YAML reader says in a programmer's words, by its code or the beginning of its message. */
const YAML_FAULTS: readonly (readonly [said: RegExp, plain: string])[] = [
  [/^BAD_ALIAS/, 'a text that begins with * must stand in quotes'],
  [/^BAD_SCALAR_START/, 'a text that begins with a mark such as @, ` or % must stand in quotes'],
  [/^RESOURCE_EXHAUSTION/, 'lists or maps stand inside of each other too deep'],
  [/^DUPLICATE_KEY/, 'this setting stands here a second time'],
  [/^MULTIPLE_DOCS/, 'the file must not have a second part behind ---'],
  [/Missing closing/, 'a text in quotes has no quotation mark at its end'],
  [/Flow (?:sequence|map)/, 'a list in [ ], or a map in { }, is not closed by its bracket'],
  [
    /Nested mappings/,
    'what begins here is neither one text nor one setting; put a text that has ": " in it in quotes, and begin each setting right below the one before it',
  ],
  [
    /^UNEXPECTED_TOKEN/,
    "a text, or a list, ends before this; put the whole of it in single quotes, and write '' for a single quote within",
  ],
];

function inPlainWords({ code, message }: YAMLError): string {
  const said = `${code} ${message}`;
  return YAML_FAULTS.find(([expected]) => expected.test(said))?.[1] ?? message.split(/ at line|\n/)[0]!;
}

/** An unknown key says more than what follows from it, such as that the right key is missing. */
function mostUseful(issues: readonly z.core.$ZodIssue[]): z.core.$ZodIssue {
  return issues.find(issue => issue.code === 'unrecognized_keys') ?? issues[0]!;
}

function sentence(issue: z.core.$ZodIssue, path: readonly (string | number)[], remedy: string): string {
  const where = path.length === 0 ? 'the file' : path.join('.');
  if (issue.code === 'invalid_key') return `${where} ${issue.issues[0]!.message}`;
  if (issue.code !== 'unrecognized_keys') return `${where} ${plain(issue.message)}`;
  const key = issue.keys[0]!;
  if (/^(password|pass|token|secret)$/.test(key)) {
    return `${where} holds a ${key}, which must not lie in the site's folder; name an environment variable with password_env, or a program with password_command or token_command`;
  }
  return `${where} has no setting called "${key}"; ${remedy}`;
}

/** zod's own sentences in the words of somebody who writes YAML. */
function plain(message: string): string {
  const [, wanted, got] = /expected (\w+), received (\w+)/.exec(message) ?? [];
  if (!wanted) return message;
  if (got === 'undefined') return 'is missing';
  const quotes = wanted === 'string' ? (QUOTES[got!] ?? '; put it in quotes') : '';
  return `must be ${YAML_WORDS[wanted] ?? wanted}, not ${YAML_WORDS[got!] ?? got}${quotes}`;
}

/** What helps where a text was meant, and its marks were read as YAML's. */
const QUOTES: Readonly<Record<string, string>> = {
  object: '; put a text that has ": " in it in quotes',
  array: '; put a text that begins with [ in quotes',
};

const YAML_WORDS: Readonly<Record<string, string>> = {
  object: 'a map',
  record: 'a map',
  array: 'a list',
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
};
