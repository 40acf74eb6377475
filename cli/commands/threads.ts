import { Command, Option } from 'commander';
import { readDoubts } from '../../ingest/doubts.ts';
import type { Message } from '../../ingest/merge.ts';
import { type Reading, readMail } from '../../ingest/reading.ts';
import { readSeries } from '../../ingest/series.ts';
import type { Doubt } from '../../mail/doubts/doubt.ts';
import type { Series } from '../../mail/series.ts';
import { indexSeries } from '../../site/series.ts';
import {
  type Context,
  type Finish,
  type MakeContext,
  print,
  printJson,
  withFilledArchive,
} from '../context.ts';
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

--series lists patch series instead, each with its page and its versions: the day, the
version, how many of its patches are there, what became of it, what links it to the one
before, and the Message-ID that threads.yaml wants.

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
        const { keep, series: entries } = reading.overrides;
        // What nobody asked to see is read for the editor's entries alone.
        const doubtful = options.doubts || keep.length > 0 ? await readDoubts(archive, reading) : undefined;
        const inSeries =
          options.series || (options.json && !options.doubts) || entries.length > 0
            ? await readSeries(archive, reading)
            : undefined;
        const remarks = [reading, inSeries, doubtful].flatMap(one => one?.remarks ?? []);
        for (const remark of remarks) current.report.warn(`${remark}.`);
        if (options.doubts) printDoubts(current, doubtful!.doubts, options.json);
        else if (options.series) printSeries(current, reading, inSeries!.series, options.json);
        else if (options.json) {
          const index = indexSeries(inSeries!.series, reading);
          for (const thread of reading.threads) printJson(current, threadRecord(thread, index));
        } else for (const thread of reading.threads) print(current, threadLine(thread));
      });
      finish(0);
    });
}

function printDoubts(context: Context, doubts: readonly Doubt<Message>[], json: true | undefined): void {
  if (json) for (const doubt of doubts) printJson(context, doubtRecord(doubt));
  else if (doubts.length === 0) print(context, 'No doubtful joins or splits.');
  else {
    for (const line of doubts.flatMap(doubtLines)) print(context, line);
    print(context, 'An entry in threads.yaml settles each either way; docs/threads.md tells how.');
  }
}

function printSeries(
  context: Context,
  reading: Reading,
  series: readonly Series<Message>[],
  json: true | undefined,
): void {
  const { slugOf } = indexSeries(series, reading);
  for (const one of series)
    if (json) printJson(context, seriesRecord(one, slugOf(one)));
    else for (const line of seriesLines(one, slugOf(one))) print(context, line);
}
