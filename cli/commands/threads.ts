import { Command, Option } from 'commander';
import { readDoubts } from '../../ingest/doubts.ts';
import { readMail } from '../../ingest/reading.ts';
import { readSeries } from '../../ingest/series.ts';
import { indexSeries } from '../../site/series.ts';
import { type Finish, type MakeContext, print, printJson, withFilledArchive } from '../context.ts';
import {
  doubtLines,
  doubtRecord,
  seriesLines,
  seriesRecord,
  threadLine,
  threadRecord,
} from '../thread-records.ts';

const HELP = `
One line a thread, by first message: the days of its first and last message, how many
messages, the list, the subject. Times are UTC.

--series lists patch series instead, each with its versions: the day, the version, how
many of its patches are there, what became of it, and what links it to the one before.

--doubts lists what may be wrong with threads: answers that lost theirs, and messages that
took one over. Where references are wrong, threads.yaml puts it right: docs/threads.md tells how.
--json prints one JSON object a line; docs/json.md describes it.`;

/** `traffic threads` */
export function threadsCommand(context: MakeContext, finish: Finish): Command {
  return new Command('threads')
    .description('list the threads of the archive, its patch series, or doubts')
    .option('--series', 'list patch series with their versions')
    .addOption(new Option('--doubts', 'list what may be wrong with threads').conflicts('series'))
    .option('--json', 'print one JSON object a line')
    .addHelpText('after', HELP)
    .action(async (options: { series?: true; doubts?: true; json?: true }) => {
      const current = context();
      await withFilledArchive(current, async (publication, archive) => {
        const reading = readMail(archive, publication);
        for (const remark of reading.remarks) current.report.say(`${remark}.`);
        if (options.doubts) {
          const { doubts, remarks } = await readDoubts(archive, reading);
          for (const remark of remarks) current.report.say(`${remark}.`);
          if (options.json) for (const doubt of doubts) printJson(current, doubtRecord(doubt));
          else for (const line of doubts.flatMap(doubtLines)) print(current, line);
          return;
        }
        if (!options.series && !options.json) {
          for (const thread of reading.threads) print(current, threadLine(thread));
          return;
        }
        const { series, remarks } = await readSeries(archive, reading);
        const index = indexSeries(series, reading.threads);
        for (const remark of remarks) current.report.say(`${remark}.`);
        if (!options.series)
          for (const thread of reading.threads) printJson(current, threadRecord(thread, index));
        else if (options.json)
          for (const one of series) printJson(current, seriesRecord(one, index.slugOf(one)));
        else for (const line of series.flatMap(seriesLines)) print(current, line);
      });
      finish(0);
    });
}
