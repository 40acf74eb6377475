import { Command } from 'commander';
import { openPublication } from '../../publication/folder.ts';
import { OperatorError } from '../../publication/operator-error.ts';
import { openBuiltSearch } from '../../site/search/built.ts';
import { type Finish, type MakeContext, print, printJson } from '../context.ts';
import { counted } from '../report.ts';

const HELP = `
The same index and the same results as the site's search page; needs "traffic build".
Words are found in any form, "words in quotation marks" as they stand; + and - before a word
ask for it or leave it out; * stands for any letters; word~1 forgives a letter. Fields:
s: f: nq: dfn:; filters: d: l: is: topic: status:. A query that begins with - goes behind --.

--json prints {"score","kind","title","url","message","snippet"}, one hit a line.

  $ traffic search 's:syscall +compat -mips d:2018-03.. is:patch'`;

/** `traffic search QUERY` */
export function searchCommand(context: MakeContext, finish: Finish): Command {
  return new Command('search')
    .description('find messages of the built site')
    .argument('<query...>', 'words to find')
    .option('--json', 'print one JSON object a line')
    .option('-n, --limit <number>', 'print this many hits at most', '20')
    .addHelpText('after', HELP)
    .action(async (words: string[], options: { json?: true; limit: string }) => {
      const limit = Number(options.limit);
      if (!Number.isInteger(limit) || limit < 1) {
        throw new OperatorError(`--limit ${options.limit} is no number of hits; give one from 1 on.`, {
          wrongUse: true,
        });
      }
      const current = context();
      const search = await openBuiltSearch(openPublication(current.folder));
      const { ranked, read } = await search.find(words.join(' '), Date.now());
      const shown = options.json ? ranked : ranked.slice(0, limit);
      for (const hit of await search.hits(shown)) {
        if (options.json) printJson(current, hit);
        else
          print(
            current,
            `${hit.title}\n  ${[hit.from, hit.date, hit.url].filter(Boolean).join(', ')}\n  ${hit.snippet}\n`,
          );
      }
      const { say } = current.report;
      say(
        shown.length < ranked.length
          ? `${shown.length} of ${counted(ranked.length, 'hit')}`
          : counted(ranked.length, 'hit'),
      );
      if (read !== undefined)
        say(`The phrase was looked for in the best ${read} documents with its words alone.`);
      const missing = search.missing();
      if (missing.length > 0)
        say(
          `Not everything was searched, as files are missing or damaged: ${missing.join(', ')}; "traffic build" makes them anew.`,
        );
      finish(0);
    });
}
