import { Command } from 'commander';
import type { Archive } from '../../ingest/archive/archive.ts';
import { pullLock } from '../../ingest/archive/lock.ts';
import { readCredentials } from '../../ingest/imap/secrets.ts';
import { emptyPullTally } from '../../ingest/pull/context.ts';
import { type PullOptions, planSource, pullSource } from '../../ingest/pull/pull.ts';
import { isoTime } from '../../mail/date.ts';
import type { Publication } from '../../publication/folder.ts';
import { OperatorError } from '../../publication/operator-error.ts';
import type { Source } from '../../publication/sources.ts';
import type { Settings } from '../../publication/traffic-yaml.ts';
import { type Context, type Finish, type MakeContext, print, printJson, withArchive } from '../context.ts';
import { count } from '../progress-line.ts';
import { counted } from '../report.ts';
import { printTally } from './import.ts';

const HELP = `
Reads what is new since the last pull; a run that was cut off goes on where it stopped.
The source is only read: no message is moved, changed or marked as seen. The password
comes from where traffic.yaml says: an environment variable or a command.

A source with topics brings whole threads: the headers of the time are read, the threads
that the topics choose are fetched, with what came before and after. docs/sources.md
tells more. --dry-run fetches no mail and tells what would come; the headers it reads for
topics are kept, so that the pull itself need not read them again.

--json ends with one line: {"seen","added","duplicates","rejected":[{"where","reason"}],
"swept"}, where seen = added + duplicates + the number of rejected, and swept is the number
of headers that were read for topics.

  $ IMAP_PASSWORD=… traffic pull
  $ traffic pull work --dry-run`;

interface Options {
  readonly dryRun?: true;
  readonly json?: true;
}

/** `traffic pull [SOURCE…]` */
export function pullCommand(context: MakeContext, finish: Finish): Command {
  return new Command('pull')
    .description('read new mail from IMAP accounts and public-inbox repositories')
    .argument('[source...]', 'names of sources in traffic.yaml; all of them where none is named')
    .option('-n, --dry-run', 'tell what would be fetched: threads, messages, bytes')
    .option('--json', 'print the counts as JSON')
    .addHelpText('after', HELP)
    .action(async (names: string[], options: Options) => {
      finish(await pull(context(), names, options));
    });
}

async function pull(context: Context, names: readonly string[], options: Options): Promise<number> {
  return withArchive(context, async (publication, archive) => {
    const sources = chosenSources(publication.settings, names);
    const release = pullLock(publication.archiveFile);
    try {
      const json = options.json === true;
      if (!options.dryRun) return await pullAll(context, publication, archive, sources, json);
      await dryRun(context, publication, archive, sources, json);
      return 0;
    } finally {
      release();
    }
  });
}

/** A source that fails is told, and keeps no other from being pulled. Gives the exit code. */
async function pullAll(
  context: Context,
  publication: Publication,
  archive: Archive,
  sources: readonly Source[],
  json: boolean,
): Promise<number> {
  const tally = emptyPullTally();
  let code = 0;
  for (const source of sources) {
    context.report.say(`pulling ${source.name} from ${placeOf(source)}`);
    try {
      await pullSource(archive, source, { ...optionsFor(context, publication, source), tally });
    } catch (error) {
      if (!(error instanceof OperatorError)) throw error;
      context.report.clear();
      context.terminal.stderr.write(`traffic: ${error.message}\n`);
      code = 1;
    }
  }
  printTally(context, tally, json);
  context.report.summary(`${counted(tally.seen, 'message')} fetched`);
  return code;
}

async function dryRun(
  context: Context,
  publication: Publication,
  archive: Archive,
  sources: readonly Source[],
  json: boolean,
): Promise<void> {
  const total = { threads: 0, messages: 0, bytes: 0 };
  for (const source of sources) {
    context.report.say(`looking at ${source.name} at ${placeOf(source)}`);
    const { chosen = [], ...plan } = await planSource(
      archive,
      source,
      optionsFor(context, publication, source),
    );
    for (const thread of chosen) {
      if (json) printJson(context, { ...thread, first: thread.first ? isoTime(thread.first) : null });
      else {
        const { messages, bytes, first, subject } = thread;
        const day = first ? isoTime(first).slice(0, 10) : 'no date   ';
        print(
          context,
          `${String(messages).padStart(5)} ${kilobytes(bytes).padStart(9)}  ${day}  ${subject || '(no subject)'}`,
        );
      }
    }
    total.threads += plan.threads;
    total.messages += plan.messages;
    total.bytes += plan.bytes;
  }
  if (json) printJson(context, total);
  else
    print(
      context,
      `a pull would fetch ${counted(total.messages, 'message')} of ${counted(total.threads, 'thread')}, ${kilobytes(total.bytes)}`,
    );
}

function optionsFor({ report, terminal }: Context, { settings }: Publication, source: Source): PullOptions {
  return {
    credentials: async () => {
      if (source.type !== 'imap') throw new Error(`${source.type} takes no credentials`);
      return readCredentials(source, terminal.env);
    },
    maxBytes: settings.max_message_bytes,
    topics: settings.topics,
    lists: settings.lists,
    onProgress: (phase, done, total) => report.progress(phase, done, total),
    onNotice: sentence => report.say(sentence),
  };
}

function placeOf(source: Source): string {
  return source.type === 'imap' ? source.host : source.path;
}

function kilobytes(bytes: number): string {
  return `${count(Math.ceil(bytes / 1000))} kB`;
}

function chosenSources({ sources }: Settings, names: readonly string[]): Settings['sources'] {
  const known = sources.map(source => source.name).join(', ');
  if (sources.length === 0) {
    throw new OperatorError(
      'traffic.yaml names no source to pull from; add one under "sources:", or use "traffic import PATH" for mail files.',
      {
        wrongUse: true,
      },
    );
  }
  for (const name of names) {
    if (sources.some(source => source.name === name)) continue;
    throw new OperatorError(`traffic.yaml has no source called ${name}; it has ${known}.`, {
      wrongUse: true,
    });
  }
  return names.length === 0 ? sources : sources.filter(source => names.includes(source.name));
}
