import fs from 'node:fs';
import path from 'node:path';
import { Command } from 'commander';
import { OperatorError, plainReason } from '../../publication/operator-error.ts';
import { writeStarter } from '../../publication/starter.ts';
import type { Finish, MakeContext } from '../context.ts';

const HELP = `
The folder gets a traffic.yaml, in which every setting is explained, an about.md for
the site's About page, and a .gitignore that keeps the archive and the site out of git.
Files that are there already are left as they are.

In traffic.yaml stand sources and a topic that are switched off by #: an IMAP account, two
roads to the past of the Linux kernel list, and the threads of spring 2018 in which its
system calls stopped being called from inside the kernel. docs/sources.md tells more.`;

/** `traffic init DIR` */
export function initCommand(context: MakeContext, finish: Finish): Command {
  return new Command('init')
    .description('make a publication folder with a commented traffic.yaml')
    .argument('<dir>', 'the folder; it is made where there is none')
    .addHelpText('after', HELP)
    .action((dir: string) => {
      const { report, folder } = context();
      const target = path.resolve(folder, dir);
      try {
        fs.mkdirSync(target, { recursive: true });
        const made = writeStarter(target);
        if (made.length === 0) report.say(`${target} is a publication already; nothing was changed.`);
        else
          report.say(
            `${target} has ${made.join(', ')}. Next: "traffic import PATH" there, or fill in a source and "traffic pull".`,
          );
      } catch (error) {
        throw new OperatorError(`${target} cannot be made a publication: ${plainReason(error)}.`, {
          cause: error,
        });
      }
      finish(0);
    });
}
