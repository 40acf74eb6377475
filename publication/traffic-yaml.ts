import { type Document, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, visit } from 'yaml';
import { z } from 'zod';
import { listName } from './list-names.ts';
import { OperatorError } from './operator-error.ts';
import { type Source, source, wholeNumber } from './sources.ts';
import { type Topic, topic, topicName } from './topics.ts';

const site = z.strictObject({
  title: z.string().min(1, 'must not be empty').default('List Traffic'),
  /** The line under the title; made from the lists' names where it is empty. */
  strap: z.string().default(''),
  /** Where the site will be: scheme and host. Without it, feeds and canonical links name no host. */
  url: z
    .string()
    .refine(isOrigin, 'must be a scheme and a host such as https://example.org; a path is for prefix')
    .transform(url => url.replace(/\/+$/, ''))
    .optional(),
  /** The path the site lies under; begins and ends with a slash. */
  prefix: z
    .string()
    .regex(/^\/(?:(?!\.\.?\/)[A-Za-z0-9._~-]+\/)*$/, 'must begin and end with a slash, such as / or /lists/')
    .default('/'),
  language: z.string().refine(isLanguage, 'must be a language tag such as en or en-GB').default('en'),
  timezone: z.string().refine(isTimeZone, 'must be a time zone such as UTC or Europe/Berlin').default('UTC'),
  /** Which threads get pages. */
  archive: z
    .literal('all', { error: 'must be all: this version shows every archived thread' })
    .default('all'),
});

const schema = z
  .strictObject({
    site: site.prefault({}),
    /** By List-Id, in lower case as mail is compared. */
    lists: z.record(z.string(), listName).default({}).transform(byListId),
    sources: z.array(source).default([]).superRefine(refuseSameNames),
    /** What to pull by; a source that names none of them pulls whole mailboxes. */
    topics: z.record(topicName, topic).default({}),
    privacy: z
      .strictObject({
        addresses: z.enum(['show', 'mask'], { error: 'must be show or mask' }).default('show'),
      })
      .prefault({}),
    // More would not fit into memory together with what is made of it.
    max_message_bytes: wholeNumber(1024, 1 << 30).default(32 << 20),
  })
  .superRefine(refuseUnknownTopics);

/** Everything that `traffic.yaml` says, with what it leaves out filled in. */
export type Settings = z.infer<typeof schema>;
/** How the site looks and where it lies. */
export type SiteSettings = Settings['site'];

/**
 * The settings in the text of a `traffic.yaml`.
 *
 * @throws OperatorError naming `file`, the line, what is wrong there and what would be right.
 */
export function parseSettings(text: string, file: string): Settings {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, logLevel: 'error' });
  const refuse = (offset: number, what: string) =>
    new OperatorError(`${file}:${lineCounter.linePos(offset).line}: ${what}.`, { wrongUse: true });
  const broken = document.errors[0];
  if (broken)
    throw refuse(broken.pos[0], YAML_FAULTS[broken.code] ?? broken.message.split(/ at line|\n/)[0]!);
  visit(document, {
    Alias(_, alias) {
      if (!alias.resolve(document))
        throw refuse(
          alias.range![0],
          `*${alias.source} must stand in quotes, as its * has a meaning in YAML`,
        );
    },
  });
  const result = schema.safeParse(unsaid(document.toJS()) ?? {});
  if (result.success) return result.data;
  const issue = mostUseful(result.error.issues);
  const path = issue.path as (string | number)[];
  const { offset, shown } = placeOf(
    document,
    issue.code === 'unrecognized_keys' ? [...path, issue.keys[0]!] : path,
  );
  throw refuse(offset, sentence(issue, issue.code === 'unrecognized_keys' ? path : shown));
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

/** What the YAML reader says in a programmer's words. */
const YAML_FAULTS: Readonly<Record<string, string>> = {
  BAD_ALIAS: 'a text that begins with * must stand in quotes',
  DUPLICATE_KEY: 'this setting stands here a second time',
  MULTIPLE_DOCS: 'the file must not have a second part behind ---',
};

/** An unknown key says more than what follows from it, such as that the right key is missing. */
function mostUseful(issues: readonly z.core.$ZodIssue[]): z.core.$ZodIssue {
  return issues.find(issue => issue.code === 'unrecognized_keys') ?? issues[0]!;
}

function sentence(issue: z.core.$ZodIssue, path: readonly (string | number)[]): string {
  const where = path.length === 0 ? 'the file' : path.join('.');
  if (issue.code === 'invalid_key') return `${where} ${issue.issues[0]!.message}`;
  if (issue.code !== 'unrecognized_keys') return `${where} ${plain(issue.message)}`;
  const key = issue.keys[0]!;
  if (/^(password|pass|token|secret)$/.test(key)) {
    return `${where} holds a ${key}, which must not lie in the site's folder; name an environment variable with password_env, or a program with password_command or token_command`;
  }
  return `${where} has no setting called "${key}"; see "traffic init" for a commented traffic.yaml with all of them`;
}

/** zod's own sentences in the words of somebody who writes YAML. */
function plain(message: string): string {
  const [, wanted, got] = /expected (\w+), received (\w+)/.exec(message) ?? [];
  if (!wanted) return message;
  if (got === 'undefined') return 'is missing';
  const quotes = wanted === 'string' && got !== 'object' && got !== 'array' ? '; put it in quotes' : '';
  return `must be ${YAML_WORDS[wanted] ?? wanted}, not ${YAML_WORDS[got!] ?? got}${quotes}`;
}

const YAML_WORDS: Readonly<Record<string, string>> = {
  object: 'a map',
  record: 'a map',
  array: 'a list',
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
};

function byListId(lists: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(lists).map(([id, name]) => [id.replace(/^<|>$/g, '').toLowerCase(), name]),
  );
}

function refuseSameNames(sources: readonly { readonly name: string }[], context: z.RefinementCtx): void {
  for (const [index, { name }] of sources.entries()) {
    if (sources.findIndex(source => source.name === name) < index)
      context.addIssue({
        code: 'custom',
        path: [index, 'name'],
        message: `must not be ${name} again; each source needs a name of its own`,
      });
  }
}

interface Chosen {
  readonly sources: readonly Pick<Source, 'topics'>[];
  readonly topics: Readonly<Record<string, Topic>>;
}

function refuseUnknownTopics({ sources, topics }: Chosen, context: z.RefinementCtx): void {
  const known = Object.keys(topics).join(', ') || 'nothing yet';
  for (const [index, source] of sources.entries())
    for (const [at, name] of source.topics.entries()) {
      if (Object.hasOwn(topics, name)) continue;
      context.addIssue({
        code: 'custom',
        path: ['sources', index, 'topics', at],
        message: `must be a name that stands under topics:, and ${name} does not; what stands there is ${known}`,
      });
    }
}

function isOrigin(url: string): boolean {
  return /^https?:\/\/[^/?#@\s]+\/*$/.test(url) && URL.canParse(url);
}

function isLanguage(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
