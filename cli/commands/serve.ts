import { Command } from 'commander';
import { openPublication } from '../../publication/folder.ts';
import { OperatorError } from '../../publication/operator-error.ts';
import { serveSite, watchPublication } from '../../site/server.ts';
import { type Context, type Finish, type MakeContext, print } from '../context.ts';
import { build } from './build.ts';

const HELP = `
Builds the site, serves it to this machine alone and builds it again when the archive or
what you write changes: issues, traffic.yaml, about.md, threads.yaml, people.mailmap. Errors
and warnings of "traffic check" are shown in the pages of issues, as "traffic build --draft"
does. Ends with Ctrl-C.

For the editor alone: /desk/ shows the candidates for an issue with their briefs, /desk/doubts/
what may be wrong with threads, and on a thread's page the Quote button, or the key q, copies
the words that are selected as a quotation in Markdown.

The port is that of --port, else of the environment variable PORT, else 8080; without
--port the next free one is taken where it is in use.`;

const DEFAULT_PORT = '8080';

/** `traffic serve` */
export function serveCommand(context: MakeContext, finish: Finish): Command {
  return new Command('serve')
    .description('show the site on localhost, and keep it up to date')
    .option('-p, --port <number>', 'the port to listen on')
    .addHelpText('after', HELP)
    .action(async (options: { port?: string }) => {
      await serve(context(), options.port);
      finish(0);
    });
}

async function serve(context: Context, wanted: string | undefined): Promise<void> {
  const port = portNumber(wanted ?? (context.terminal.env.PORT || DEFAULT_PORT));
  const publication = openPublication(context.folder);
  // Before the build: a port that cannot be had should be heard of at once.
  const server = await serveSite(publication, port, wanted !== undefined);
  try {
    server.setDesk((await build(context, { draft: true })).desk);
  } catch (error) {
    await server.close();
    throw error;
  }
  const stopWatching = watchPublication(publication, async () => {
    try {
      server.setDesk((await build(context, { draft: true })).desk);
      server.setPrefix(openPublication(context.folder).settings.site.prefix);
    } catch (error) {
      // A slip in traffic.yaml while it is being edited must not end the server; the old site stays.
      context.report.say(error instanceof OperatorError ? error.message : String(error));
    }
  });
  context.report.say(`The editor's desk is at ${server.url}desk/`);
  print(context, `Serving ${publication.settings.site.title} at ${server.url} (Ctrl-C ends it)`);
  await interrupted();
  stopWatching();
  await server.close();
}

function portNumber(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65535) return port;
  throw new OperatorError(`${text} is no port; give a number from 0 to 65535.`, { wrongUse: true });
}

function interrupted(): Promise<void> {
  return new Promise(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}
