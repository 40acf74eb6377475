import { z } from 'zod';
import { listName } from './list-names.ts';
import { type Source, source, wholeNumber } from './sources.ts';
import { person, type Topic, topic, topicName } from './topics.ts';
import { parseYaml } from './yaml-file.ts';

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

/** Where the id of a commit leads; `%h` stands for the id. */
const commitUrl = z
  .string()
  .refine(
    url => url.split('%h').length === 2 && /^https?:\/\/[^/?#@\s]+\/\S*$/.test(url) && URL.canParse(url),
    'must be a web address with %h in it once, where the id of the commit goes',
  );

/** A public-inbox of a list; ends with a slash. */
const archiveUrl = z
  .string()
  .refine(
    url => /^https?:\/\/[^?#@\s]+$/.test(url) && URL.canParse(url),
    'must be a web address such as https://lore.kernel.org/my-list/',
  )
  .transform(url => url.replace(/\/*$/, '/'));

const schema = z
  .strictObject({
    site: site.prefault({}),
    /** By List-Id, in lower case as mail is compared. */
    lists: z.record(z.string(), listName).default({}).transform(byListId),
    /** By list name: where the ids of commits in the list's mail lead. Without an entry they stay text. */
    commits: z.record(listName, commitUrl).default({}),
    /** By list name: a public-inbox with the same mail, such as lore.kernel.org has, whose server can search it. */
    archives: z.record(listName, archiveUrl).default({}),
    sources: z.array(source).default([]).superRefine(refuseSameNames),
    /** What to pull by; a source that names none of them pulls whole mailboxes. */
    topics: z.record(topicName, topic).default({}),
    privacy: z
      .strictObject({
        addresses: z.enum(['show', 'mask'], { error: 'must be show or mask' }).default('show'),
      })
      .prefault({}),
    people: z
      .strictObject({
        /** Whole names or addresses, in any case, of those who want no page of their own. Their mail stays. */
        hide: z.array(person).default([]),
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
  const remedy = 'see "traffic init" for a commented traffic.yaml with all of them';
  return parseYaml(text, { file, schema, remedy }).data;
}

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
