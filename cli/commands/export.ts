import fs from 'node:fs';
import path from 'node:path';
import { Command } from 'commander';
import { exportEml, exportMboxrd } from '../../ingest/export.ts';
import { readIssues } from '../../publication/issues/read.ts';
import { OperatorError, plainReason } from '../../publication/operator-error.ts';
import { issueKc } from '../../site/issues/kc.ts';
import { loadSite } from '../../site/model.ts';
import { type Context, type Finish, type MakeContext, withArchive, withFilledArchive } from '../context.ts';
import { counted } from '../report.ts';

const HELP = `
Everything that the archive holds, byte for byte, by (received time, Message-ID). An mbox
cannot hold a message whose last line has no end: it gets one, and how many did is said.
--eml writes one file a message, each exactly as it was received.

--kc writes an issue in the XML of Kernel Traffic, its quotations with the names of those who
sent the messages.

  $ traffic export all.mbox
  $ traffic export | gzip > all.mbox.gz
  $ traffic export --eml mails
  $ traffic export --kc 12 kt20180328_12.xml`;

/** `traffic export [FILE]` */
export function exportCommand(context: MakeContext, finish: Finish): Command {
  return new Command('export')
    .description('write all mail back as an mbox (mboxrd), or an issue as kc XML')
    .argument('[file]', 'the file to write; standard output where none is named')
    .option('--eml <dir>', 'write one .eml file a message into this folder instead')
    .option('--kc <number>', 'write the issue of this number instead')
    .addHelpText('after', HELP)
    .action(async (file: string | undefined, options: { eml?: string; kc?: string }) => {
      if (options.kc !== undefined) {
        await exportIssue(context(), options.kc, file, options.eml);
        finish(0);
        return;
      }
      if (file !== undefined && options.eml !== undefined) {
        throw new OperatorError('export writes to FILE or to the folder of --eml, not both.', {
          wrongUse: true,
        });
      }
      await exportAll(context(), file, options.eml);
      finish(0);
    });
}

async function exportAll(
  context: Context,
  file: string | undefined,
  emlFolder: string | undefined,
): Promise<void> {
  await withFilledArchive(context, (_, archive) =>
    written(emlFolder ?? file ?? 'standard output', async () => {
      if (emlFolder !== undefined) {
        const count = exportEml(archive, path.resolve(emlFolder));
        context.report.say(`${counted(count, 'message')} written to ${emlFolder}`);
        return;
      }
      const { messages, ended } =
        file === undefined
          ? await exportMboxrd(archive, context.terminal.stdout)
          : await writeWhole(path.resolve(file), target => exportMboxrd(archive, target));
      const note = ended === 0 ? '' : `; ${counted(ended, 'message')} got a line end for the last line`;
      context.report.say(`${counted(messages, 'message')} exported${note}`);
    }),
  );
}

async function exportIssue(
  context: Context,
  given: string,
  file: string | undefined,
  emlFolder: string | undefined,
): Promise<void> {
  if (emlFolder !== undefined)
    throw new OperatorError('export writes an issue by --kc or mail by --eml, not both.', { wrongUse: true });
  await withArchive(context, async (publication, archive) => {
    const { issues, faults } = readIssues(publication.folder);
    const issue = issues.find(({ number }) => String(number) === given);
    const fault = faults.find(({ place }) => place.file.startsWith(`issues/${given}/`));
    if (fault) throw fault;
    if (!issue)
      throw new OperatorError(`there is no issue ${given}; "traffic export --kc" takes the number of one.`, {
        wrongUse: true,
      });
    const xml = issueKc(await loadSite(archive, publication, { doubts: false }), issue, issues);
    if (file === undefined) context.terminal.stdout.write(xml);
    else await written(file, () => writeWhole(path.resolve(file), async target => target.write(xml)));
  });
}

/** What `write` gives, or the reason why something cannot be written, for whoever can put it right. */
async function written<T>(place: string, write: () => Promise<T> | T): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!(error as NodeJS.ErrnoException).code) throw error;
    throw new OperatorError(`${place} cannot be written: ${plainReason(error)}.`, { cause: error });
  }
}

/** What `write` gives; the file appears whole or not at all. A device or pipe is written to as it is. */
async function writeWhole<T>(file: string, write: (target: fs.WriteStream) => Promise<T>): Promise<T> {
  const stat = fs.statSync(file, { throwIfNoEntry: false });
  const whole = stat === undefined || stat.isFile();
  const target = fs.createWriteStream(whole ? `${file}.part` : file);
  try {
    const result = await write(target);
    await new Promise<void>((resolve, reject) =>
      target.end((error?: Error | null) => (error ? reject(error) : resolve())),
    );
    if (whole) fs.renameSync(`${file}.part`, file);
    return result;
  } catch (error) {
    target.destroy();
    if (whole) fs.rmSync(`${file}.part`, { force: true });
    throw error;
  }
}
