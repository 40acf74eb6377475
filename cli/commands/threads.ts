import { Command } from 'commander';
import type { Message } from '../../ingest/merge.ts';
import { readMail } from '../../ingest/reading.ts';
import { isoTime } from '../../mail/date.ts';
import { NO_SUBJECT } from '../../mail/subject.ts';
import { type Thread, walk } from '../../mail/thread.ts';
import { type Finish, type MakeContext, print, printJson, withFilledArchive } from '../context.ts';

const HELP = `
One line a thread, by first message: the days of its first and last message, how many
messages, the list, the subject. Times are UTC.

--json prints one JSON object a line; docs/json.md describes it.`;

/** `traffic threads` */
export function threadsCommand(context: MakeContext, finish: Finish): Command {
  return new Command('threads')
    .description('list the threads of the archive')
    .option('--json', 'print one JSON object a line')
    .addHelpText('after', HELP)
    .action(async (options: { json?: true }) => {
      const current = context();
      await withFilledArchive(current, (publication, archive) => {
        const { threads, remarks } = readMail(archive, publication);
        for (const remark of remarks) current.report.say(`${remark}.`);
        for (const thread of threads) {
          if (options.json) printJson(current, threadRecord(thread));
          else print(current, threadLine(thread));
        }
      });
      finish(0);
    });
}

/** A thread as `threads --json` prints it (docs/json.md, threads). The order of arrival makes no difference. */
function threadRecord({ root, messages }: Thread<Message>): Readonly<Record<string, unknown>> {
  const parentOf = new Map<string, string | null>();
  for (const { container } of walk(root)) parentOf.set(container.id, container.parent?.id ?? null);
  const ghosts = root.message ? [] : [root.id];
  const ids = messages.map(message => message.id);
  return {
    root: root.id,
    subject: (root.message ?? messages[0]!).subject,
    lists: [...new Set(messages.flatMap(message => message.lists))].sort(),
    messages: ids,
    parents: Object.fromEntries([...ids, ...ghosts].map(id => [id, parentOf.get(id) ?? null])),
    ghosts,
    first: isoTime(messages[0]!.received),
    last: isoTime(messages.at(-1)!.received),
    series: null,
    variants: Object.fromEntries(
      messages.filter(one => one.variants.length > 0).map(one => [one.id, one.variants]),
    ),
  };
}

function threadLine({ root, messages }: Thread<Message>): string {
  const top = root.message ?? messages[0]!;
  const days = `${isoTime(messages[0]!.received).slice(0, 10)}  ${isoTime(messages.at(-1)!.received).slice(0, 10)}`;
  return `${days}  ${String(messages.length).padStart(4)}  ${top.lists[0]}  ${top.subject || NO_SUBJECT}`;
}
