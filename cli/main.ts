import path from 'node:path';
import { Command, CommanderError } from 'commander';
import { OperatorError } from '../publication/operator-error.ts';
import { briefCommand } from './commands/brief.ts';
import { buildCommand } from './commands/build.ts';
import { checkCommand } from './commands/check.ts';
import { deskCommand } from './commands/desk.ts';
import { draftCommand } from './commands/draft.ts';
import { exportCommand } from './commands/export.ts';
import { freezeCommand } from './commands/freeze.ts';
import { importCommand } from './commands/import.ts';
import { initCommand } from './commands/init.ts';
import { pullCommand } from './commands/pull.ts';
import { searchCommand } from './commands/search.ts';
import { serveCommand } from './commands/serve.ts';
import { threadsCommand } from './commands/threads.ts';
import { verifyCommand } from './commands/verify.ts';
import type { Context } from './context.ts';
import { createReport, type Report, type Terminal } from './report.ts';
import { version } from './version.ts';

/** Exit codes: what ran did its work; it did not finish or found something; it was used wrongly. */
const FAILED = 1;
const WRONG_USE = 2;

const AFTER_HELP = `
A publication is a folder with a traffic.yaml; every command works on the one in the
current folder, or on the one that -C names. A first site, from nothing:

  $ traffic init my-list           make a folder with a commented traffic.yaml
  $ cd my-list
  $ traffic import ../mail.mbox    or: edit traffic.yaml, then traffic pull
  $ traffic serve                  read it at http://localhost:8080/

Results go to standard output, progress to standard error. Exit status: 0 done,
1 not finished or something found, 2 wrong use.`;

/** Runs one command line and gives its exit code. Prints errors of use in one sentence, faults with their stack. */
export async function run(terminal: Terminal): Promise<number> {
  let code = 0;
  const program = new Command('traffic')
    .description('Turns a mailing list into a site that people want to read.')
    .version(version(), '-V, --version', 'print the version and exit')
    .helpOption('-h, --help', 'explain a command and exit')
    .helpCommand('help [command]', 'explain a command')
    .option('-C, --directory <dir>', 'work on the publication in this folder', '.')
    .option('-q, --quiet', 'print results and errors, but no progress')
    .configureHelp({ showGlobalOptions: true })
    .addHelpText('after', AFTER_HELP)
    .exitOverride()
    .configureOutput({
      writeOut: text => terminal.stdout.write(text),
      writeErr: text => terminal.stderr.write(text),
      outputError: (text, write) => write(`traffic: ${text.replace(/^error: /, '')}`),
    });
  let report: Report | undefined;
  const context = (): Context => {
    const { directory, quiet } = program.opts<{ directory: string; quiet?: true }>();
    report = createReport(terminal, quiet === true);
    return { terminal, folder: path.resolve(directory), report };
  };
  const finish = (result: number) => {
    code = result;
  };
  for (const make of [
    initCommand,
    importCommand,
    pullCommand,
    threadsCommand,
    briefCommand,
    deskCommand,
    draftCommand,
    checkCommand,
    freezeCommand,
    buildCommand,
    serveCommand,
    searchCommand,
    verifyCommand,
    exportCommand,
  ]) {
    program.addCommand(make(context, finish).copyInheritedSettings(program));
  }
  try {
    await program.parseAsync([...terminal.argv]);
    return code;
  } catch (error) {
    report?.clear();
    return explain(error, terminal);
  }
}

function explain(error: unknown, { stderr }: Terminal): number {
  // commander has already said what is wrong; --help and --version come here with 0.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : WRONG_USE;
  if (error instanceof OperatorError) {
    stderr.write(`traffic: ${error.message}\n`);
    return error.wrongUse ? WRONG_USE : FAILED;
  }
  stderr.write(
    `traffic: this is a fault in the program, please report it:\n${error instanceof Error ? error.stack : String(error)}\n`,
  );
  return FAILED;
}
