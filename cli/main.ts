import path from 'node:path';
import { Command, CommanderError } from 'commander';
import { OperatorError } from '../publication/operator-error.ts';
import type { Context, Finish, MakeContext } from './context.ts';
import { createReport, type Report, type Terminal } from './report.ts';
import { version } from './version.ts';

/** The commands in the order in which help lists them, each loaded only where it is needed: some load much. */
const COMMANDS: Readonly<Record<string, () => Promise<(context: MakeContext, finish: Finish) => Command>>> = {
  init: async () => (await import('./commands/init.ts')).initCommand,
  import: async () => (await import('./commands/import.ts')).importCommand,
  pull: async () => (await import('./commands/pull.ts')).pullCommand,
  threads: async () => (await import('./commands/threads.ts')).threadsCommand,
  brief: async () => (await import('./commands/brief.ts')).briefCommand,
  desk: async () => (await import('./commands/desk.ts')).deskCommand,
  draft: async () => (await import('./commands/draft.ts')).draftCommand,
  check: async () => (await import('./commands/check.ts')).checkCommand,
  freeze: async () => (await import('./commands/freeze.ts')).freezeCommand,
  build: async () => (await import('./commands/build.ts')).buildCommand,
  serve: async () => (await import('./commands/serve.ts')).serveCommand,
  search: async () => (await import('./commands/search.ts')).searchCommand,
  verify: async () => (await import('./commands/verify.ts')).verifyCommand,
  export: async () => (await import('./commands/export.ts')).exportCommand,
};

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
    .option('--verbose', 'print every warning, not the first of each kind')
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
    const { directory, ...loudness } = program.opts<{ directory: string; quiet?: true; verbose?: true }>();
    report = createReport(terminal, loudness);
    return { terminal, folder: path.resolve(directory), report };
  };
  const finish = (result: number) => {
    code = result;
  };
  try {
    // Alone, the first word is enough to know the command; help, and what to do with a wrong word, takes all of them.
    const [name = ''] = program.parseOptions(terminal.argv.slice(2)).operands;
    const wanted = Object.hasOwn(COMMANDS, name) ? [COMMANDS[name]!] : Object.values(COMMANDS);
    for (const load of wanted)
      program.addCommand((await load())(context, finish).copyInheritedSettings(program));
    await program.parseAsync([...terminal.argv]);
    report?.close();
    return code;
  } catch (error) {
    report?.close();
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
