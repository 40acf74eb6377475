import path from 'node:path';
import { Command } from 'commander';
import { importMail } from '../../ingest/files/import.ts';
import { mailInFolder } from '../../ingest/files/mail-files.ts';
import type { Tally } from '../../ingest/intake.ts';
import { listNameProblem } from '../../publication/list-names.ts';
import { OperatorError } from '../../publication/operator-error.ts';
import { type Context, type Finish, type MakeContext, print, printJson, withArchive } from '../context.ts';
import { counted } from '../report.ts';

const HELP = `
What a file is, its content says: an mbox (also gzipped), a single message, a Maildir, or
a folder of all these. Without a path, the mail that lies in the publication's own folder
is read. Importing the same mail again changes nothing.

--json ends with one line: {"seen","added","duplicates","rejected":[{"where","reason"}]},
where seen = added + duplicates + the number of rejected.

  $ traffic import ~/Mail/my-list.mbox.gz
  $ traffic import ~/Maildir more/*.eml`;

interface Options {
  readonly mboxo?: true;
  readonly list?: string;
  readonly json?: true;
}

/** `traffic import PATH…` */
export function importCommand(context: MakeContext, finish: Finish): Command {
  return new Command('import')
    .description('read mail files into the archive')
    .argument('[path...]', 'mbox, .mbox.gz, Maildir, .eml, or folders of them')
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
    const tally = await importMail(archive, paths, {
      maxBytes: publication.settings.max_message_bytes,
      dialect: options.mboxo ? 'mboxo' : 'mboxrd',
      list: options.list ?? '',
      folder: publication.folder,
      onProgress: ({ seen }, file) => context.report.progress(`importing ${path.basename(file)}`, seen),
    });
    printTally(context, tally, options.json === true);
    return 0;
  });
}

/** How many rejections are worth a line each; the rest is counted, and all are in the archive. */
const SHOWN_REJECTIONS = 20;

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
  for (const { where, reason } of rejected.slice(0, SHOWN_REJECTIONS))
    print(context, `  ${where}: ${reason}`);
  if (rejected.length > SHOWN_REJECTIONS)
    print(context, `  and ${rejected.length - SHOWN_REJECTIONS} more; --json lists them all`);
}
