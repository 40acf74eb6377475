import path from 'node:path';
import { Command } from 'commander';
import { importMail } from '../../ingest/files/import.ts';
import { mailInFolder } from '../../ingest/files/mail-files.ts';
import type { Tally } from '../../ingest/intake.ts';
import { groupBy } from '../../mail/group-by.ts';
import { visible } from '../../mail/printable.ts';
import type { KcTally, OfferedKc } from '../../publication/kc/import.ts';
import { listNameProblem } from '../../publication/list-names.ts';
import { OperatorError } from '../../publication/operator-error.ts';
import { type Context, type Finish, type MakeContext, print, printJson, withArchive } from '../context.ts';
import { counted } from '../report.ts';

const HELP = `
What a file is, its content says: an mbox (also gzipped), a single message, a Maildir, or
a folder of all these. Without a path, the mail that lies in the publication's own folder
is read. Importing the same mail again changes nothing.

The XML of Kernel Traffic and its cousins is read too: each issue becomes a folder of
issues/, in Markdown. An issue that has a folder already is left as it is.

--json ends with one line: {"seen","added","duplicates","rejected":[{"where","reason"}]},
where seen = added + duplicates + the number of rejected; docs/json.md tells of the
"issues" that stand there too where XML was read.

  $ traffic import ~/Mail/my-list.mbox.gz
  $ traffic import ~/Maildir more/*.eml
  $ traffic import kernel-traffic/kt2*.xml`;

interface Options {
  readonly mboxo?: true;
  readonly list?: string;
  readonly json?: true;
}

/** `traffic import PATH…` */
export function importCommand(context: MakeContext, finish: Finish): Command {
  return new Command('import')
    .description('read mail files into the archive, and old issues into issues/')
    .argument('[path...]', 'mbox, .mbox.gz, Maildir, .eml, kc XML, or folders of them')
    .option('--mboxo', 'read mbox files in which ">>From " is not an escape')
    .option('--list <name>', 'the list of messages that carry no List-Id')
    .option('--json', 'print the counts as JSON')
    .addHelpText('after', HELP)
    .action(async (paths: string[], options: Options) => {
      finish(await importPaths(context(), paths, options));
    });
}

async function importPaths(context: Context, given: readonly string[], options: Options): Promise<number> {
  const problem = options.list === undefined ? undefined : listNameProblem(options.list);
  if (problem !== undefined)
    throw new OperatorError(`--list ${options.list} ${problem}.`, { wrongUse: true });
  return withArchive(context, async (publication, archive) => {
    const paths = given.length > 0 ? given.map(one => path.resolve(one)) : mailInFolder(publication.folder);
    if (paths.length === 0) {
      throw new OperatorError(
        `${publication.folder} holds no mail files; name what to import, such as "traffic import list.mbox".`,
      );
    }
    const offered: OfferedKc[] = [];
    const tally = await importMail(archive, paths, {
      maxBytes: publication.settings.max_message_bytes,
      dialect: options.mboxo ? 'mboxo' : 'mboxrd',
      list: options.list ?? '',
      folder: publication.folder,
      // How many messages there are is not known before the end; how many bytes is.
      onProgress: ({ seen }, share) =>
        context.report.progress('importing', seen, share && seen / share, true),
      onIssue: (where, bytes) => offered.push({ where, bytes }),
    });
    // Loaded only here: the readers of old newsletters load much.
    const issues =
      offered.length > 0
        ? (await import('../../publication/kc/import.ts')).importKc(publication.folder, offered)
        : undefined;
    if (options.json) printJson(context, issues ? { ...tally, issues } : tally);
    else {
      if (tally.seen > 0 || !issues) printTally(context, tally, false);
      if (issues) printIssues(context, issues);
    }
    context.report.summary(`${counted(tally.seen, 'message')} read`);
    return 0;
  });
}

/** So many rejections or warnings are printed; of more, the first of each kind, and how many there are. */
const SHOWN = 20;
const SHOWN_OF_KIND = 5;

/** Prints what became of everything that was offered, as a sentence or as JSON. */
export function printTally(context: Context, tally: Tally, json: boolean): void {
  if (json) {
    printJson(context, tally);
    return;
  }
  const { seen, added, duplicates, rejected } = tally;
  print(
    context,
    `${counted(seen, 'message')} seen: ${added} added, ${counted(duplicates, 'duplicate')}, ${rejected.length} rejected`,
  );
  printSome(context, rejected.map(rejectionLine));
}

/** A line to print, and what others it may stand for. */
interface KindOfLine {
  readonly line: string;
  readonly kind: string;
}

function rejectionLine({ where, reason }: Tally['rejected'][number]): KindOfLine {
  return { line: `${where}: ${reason}`, kind: reason };
}

function printIssues(context: Context, { added, skipped, rejected, warnings }: KcTally): void {
  const all = added + skipped + rejected.length;
  print(
    context,
    `${counted(all, 'issue')} seen: ${added} added, ${skipped} there already, ${rejected.length} rejected; ${counted(warnings.length, 'warning')}`,
  );
  printSome(context, [
    ...rejected.map(rejectionLine),
    ...warnings.map(({ where, message }) => ({ line: `${where}: ${message}`, kind: 'warnings' })),
  ]);
}

function printSome(context: Context, lines: readonly KindOfLine[]): void {
  const most = lines.length > SHOWN ? SHOWN_OF_KIND : SHOWN;
  for (const [kind, some] of groupBy(lines, line => line.kind)) {
    for (const { line } of some.slice(0, most)) print(context, visible(`  ${line}`));
    if (some.length > most)
      print(context, `  and ${some.length - most} more: ${kind}; --json lists them all`);
  }
}
