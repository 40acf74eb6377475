import fs from 'node:fs';
import { Archive } from '../ingest/archive/archive.ts';
import { openPublication, type Publication } from '../publication/folder.ts';
import { OperatorError } from '../publication/operator-error.ts';
import type { Report, Terminal } from './report.ts';

/** What a command works with. */
export interface Context {
  readonly terminal: Terminal;
  /** The folder that `-C` names, absolute. */
  readonly folder: string;
  readonly report: Report;
}

/** What gives a command its context once the command line has been read. */
export type MakeContext = () => Context;
/** Takes a command's exit code. */
export type Finish = (code: number) => void;

/** What `work` gives on the context's publication and its archive, which is made where there is none. */
export async function withArchive<T>(
  context: Context,
  work: (publication: Publication, archive: Archive) => Promise<T> | T,
): Promise<T> {
  const publication = openPublication(context.folder);
  const archive = Archive.open(publication.archiveFile);
  try {
    return await work(publication, archive);
  } finally {
    archive.close();
  }
}

/** Like `withArchive`, for commands that are of no use before any mail is there. */
export async function withFilledArchive<T>(
  context: Context,
  work: (publication: Publication, archive: Archive) => Promise<T> | T,
): Promise<T> {
  const publication = openPublication(context.folder);
  const empty = () =>
    new OperatorError(
      `${publication.folder} holds no mail yet; "traffic import PATH" or "traffic pull" brings some.`,
    );
  if (!fs.existsSync(publication.archiveFile)) throw empty();
  return withArchive(context, (opened, archive) => {
    if (archive.isEmpty()) throw empty();
    return work(opened, archive);
  });
}

/** Prints one line of a result. */
export function print({ terminal, report }: Context, line: string): void {
  report.clear();
  terminal.stdout.write(`${line}\n`);
}

/** Prints one record of a result as JSON. */
export function printJson(context: Context, record: unknown): void {
  print(context, JSON.stringify(record));
}
