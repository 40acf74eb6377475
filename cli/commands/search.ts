import { Command } from 'commander';
import { openPublication } from '../../publication/folder.ts';
import { OperatorError } from '../../publication/operator-error.ts';
import { openBuiltSearch } from '../../site/search/built.ts';
import { type Finish, type MakeContext, print, printJson } from '../context.ts';
import { counted } from '../report.ts';

const HELP = `
The same index and the same results as the site's search page; needs "traffic build".
Words are found in any form; subject:, from: and body: look in one field; + and - before a
word ask for it or leave it out; * stands for any letters; word~1 forgives a letter. A query that begins with - goes behind --.

--json prints {"score","kind","title","url","message","snippet"}, one hit a line.

  $ traffic search 'subject:syscall +compat -mips'`;

/** `traffic search QUERY` */
export function searchCommand(context: MakeContext, finish: Finish): Command {
  return new Command('search')
    .description('find messages of the built site')
    .argument('<query...>', 'words to find')
    .option('--json', 'print one JSON object a line')
    .option('-n, --limit <number>', 'print this many hits at most', '20')
    .addHelpText('after', HELP)
    .action((words: string[], options: { json?: true; limit: string }) => {
      const limit = Number(options.limit);
      if (!Number.isInteger(limit) || limit < 1) {
        throw new OperatorError(`--limit ${options.limit} is no number of hits; give one from 1 on.`, {
          wrongUse: true,
        });
      }
      const current = context();
      const { find } = openBuiltSearch(openPublication(current.folder));
      const hits = find(words.join(' '));
      const shown = options.json ? hits : hits.slice(0, limit);
      for (const hit of shown) {
        if (options.json) printJson(current, hit);
        else print(current, `${hit.title}\n  ${hit.from}, ${hit.date}  ${hit.url}\n  ${hit.snippet}\n`);
      }
      current.report.say(
        shown.length < hits.length
          ? `${shown.length} of ${counted(hits.length, 'hit')}`
          : counted(hits.length, 'hit'),
      );
      finish(0);
    });
}
