import fs from 'node:fs';
import path from 'node:path';
import { Command } from 'commander';
import { exportEml, exportMboxrd } from '../../ingest/export.ts';
import { OperatorError, plainReason } from '../../publication/operator-error.ts';
import { type Context, type Finish, type MakeContext, withFilledArchive } from '../context.ts';
import { counted } from '../report.ts';

const HELP = `
Everything that the archive holds, byte for byte, by (received time, Message-ID). An mbox
cannot hold a message whose last line has no end: it gets one, and how many did is said.
--eml writes one file a message, each exactly as it was received.

  $ traffic export all.mbox
  $ traffic export | gzip > all.mbox.gz
  $ traffic export --eml mails`;

/** `traffic export [FILE]` */
export function exportCommand(context: MakeContext, finish: Finish): Command {
  return new Command('export')
    .description('write all mail back as an mbox (mboxrd)')
    .argument('[file]', 'the mbox to write; standard output where none is named')
    .option('--eml <dir>', 'write one .eml file a message into this folder instead')
    .addHelpText('after', HELP)
    .action(async (file: string | undefined, options: { eml?: string }) => {
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
  await withFilledArchive(context, async (_, archive) => {
    try {
      if (emlFolder !== undefined) {
        const written = exportEml(archive, path.resolve(emlFolder));
        context.report.say(`${counted(written, 'message')} written to ${emlFolder}`);
        return;
      }
      const { messages, ended } =
        file === undefined
          ? await exportMboxrd(archive, context.terminal.stdout)
          : await writeWhole(path.resolve(file), target => exportMboxrd(archive, target));
      const note = ended === 0 ? '' : `; ${counted(ended, 'message')} got a line end for the last line`;
      context.report.say(`${counted(messages, 'message')} exported${note}`);
    } catch (error) {
      if (!(error as NodeJS.ErrnoException).code) throw error;
      throw new OperatorError(
        `${emlFolder ?? file ?? 'standard output'} cannot be written: ${plainReason(error)}.`,
        { cause: error },
      );
    }
  });
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
