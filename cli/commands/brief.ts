import { Command } from 'commander';
import { idOfMidUrl } from '../../briefs/citations.ts';
import { numberLinks, plainText } from '../../briefs/plain-text.ts';
import { statusWords } from '../../briefs/story/wording.ts';
import type { Summary } from '../../briefs/summarize.ts';
import type { MessageId } from '../../mail/message-id.ts';
import { visible } from '../../mail/printable.ts';
import { OperatorError } from '../../publication/operator-error.ts';
import { readThreadBodies } from '../../site/bodies.ts';
import { tell } from '../../site/briefs.ts';
import { createCollector } from '../../site/build/garbage.ts';
import { type Discussion, type DiscussionIndex, loadSite } from '../../site/model.ts';
import { type Finish, type MakeContext, print, printJson, withFilledArchive } from '../context.ts';
import { counted } from '../report.ts';

const HELP = `
What a thread says, in its participants' own words: who began it and what for, who answered
what, how it ended. Nothing is made up: every quotation is a sentence of the mail, and
narration says only who, when and what about. Any message of a thread names it.

--json prints one JSON object a thread: the brief, its prose as Markdown with mid: links,
and its sentences in order of preference; docs/json.md describes it, docs/briefs.md how it
comes about.

  $ traffic brief 20180325162527.GA17492@example.org
  $ traffic brief --all --json > briefs.jsonl`;

const COLUMNS = 78;

/** `traffic brief` */
export function briefCommand(context: MakeContext, finish: Finish): Command {
  return new Command('brief')
    .description('tell what a thread says')
    .argument('[message-id...]', 'messages of the threads')
    .option('--all', 'tell every thread of the archive')
    .option('--json', 'print one JSON object a line')
    .addHelpText('after', HELP)
    .action(async (ids: string[], options: { all?: true; json?: true }) => {
      if ((ids.length === 0) === (options.all === undefined)) {
        throw new OperatorError('"traffic brief" takes Message-IDs, or --all for every thread.', {
          wrongUse: true,
        });
      }
      const current = context();
      await withFilledArchive(current, async (publication, archive) => {
        const site = await loadSite(archive, publication, { doubts: false });
        const named = ids.map(id => discussionNamed(site.discussionOf, id));
        const chosen = new Set(options.all ? site.discussions : named);
        const collectGarbage = createCollector();
        let done = 0;
        for (const discussion of chosen) {
          const bodies = await readThreadBodies(archive, [discussion], false);
          const told = tell(site, discussion, bodies);
          if (options.json) printJson(current, briefRecord(told));
          else for (const line of briefLines(told)) print(current, line);
          for (const { message } of told.errors)
            current.report.warn(`The brief of ${discussion.root} is not to be trusted: ${message}`);
          current.report.progress('briefs', ++done, chosen.size);
          collectGarbage();
        }
      });
      finish(0);
    });
}

/** The thread of a message that somebody named: with brackets or without, or as a `mid:` URL. */
export function discussionNamed(discussionOf: DiscussionIndex, named: string): Discussion {
  const id = named.replace(/^mid:/, '').replace(/^<|>$/g, '') as MessageId;
  const found = discussionOf.get(id);
  if (found) return found;
  throw new OperatorError(`the archive holds no message ${id}; "traffic threads --json" lists all ids.`);
}

/** A brief as `traffic brief --json` prints it. */
function briefRecord({ brief, prose, ranked }: Summary) {
  return {
    root: brief.root,
    brief,
    prose,
    ranked: ranked.map(({ sentence, score }) => ({ message: sentence.message, text: sentence.text, score })),
  };
}

/** A brief as a terminal shows it: a head, the prose, and the messages that its numbers stand for. */
function briefLines({ brief, prose }: Summary): readonly string[] {
  const { title, kind, stats, status } = brief;
  const links = numberLinks(idOfMidUrl);
  const lines = plainText(prose, COLUMNS, links);
  const head = [
    kind,
    ...(brief.series ? [brief.series.version] : []),
    `${counted(stats.messages, 'message')} of ${stats.people === 1 ? 'one person' : `${stats.people} people`}`,
    statusWords(status.value),
  ];
  return [
    title,
    head.join(', '),
    '',
    ...lines,
    '',
    ...links.targets.map((id, at) => `[${at + 1}] ${id}`),
    '',
  ].map(visible);
}
