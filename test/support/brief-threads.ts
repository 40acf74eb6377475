import type { BriefMessage, BriefThread } from '../../briefs/thread.ts';
import { readMail } from '../../ingest/files/mail-files.ts';
import { parseBody } from '../../mail/body.ts';
import { NO_MAILMAP } from '../../mail/mailmap.ts';
import { type HeaderFacts, headerFacts } from '../../mail/message.ts';
import type { MessageId } from '../../mail/message-id.ts';
import { parseContent } from '../../mail/mime.ts';
import { personOf } from '../../mail/people.ts';
import { MAX_ABOVE, proveQuotations } from '../../mail/quotes.ts';
import { parseSubject } from '../../mail/subject.ts';
import { buildThreads, byReceived, type Container } from '../../mail/thread.ts';
import { ThreadWords } from '../../mail/thread-words.ts';
import { containersOf } from './containers.ts';

type Mail = HeaderFacts & Pick<BriefMessage, 'blocks'>;
type Place = Container<Mail> & { readonly message: Mail };

/** The threads of an mbox or a folder of mail, their bodies classified and their quotations proved. */
export async function listThreads(place: string): Promise<readonly BriefThread[]> {
  const mails = new Map<MessageId, Mail>();
  for await (const found of readMail([place], { maxBytes: 1 << 26, dialect: 'mboxrd' })) {
    if (!('raw' in found)) continue;
    const facts = headerFacts(found.raw);
    if (mails.has(facts.id)) continue;
    const { text } = await parseContent(found.raw);
    mails.set(facts.id, { ...facts, blocks: parseBody(text) });
  }
  return buildThreads(mails.values()).map(({ root }) => briefThread(root));
}

function briefThread(root: Container<Mail>): BriefThread {
  const places = containersOf(root)
    .map(({ container }) => container)
    .filter(isReceived);
  const messages = places.map(({ message, parent }): BriefMessage => {
    const { id, received, from, subject, blocks } = message;
    const above = receivedAbove(parent)?.id;
    const author = personOf(from, NO_MAILMAP);
    return { id, parent: above, received, author, subject: parseSubject(subject), blocks };
  });
  return { root: root.id, messages: proved(messages), supersededBy: undefined };
}

/** A message can quote only those that were received before it. */
function proved(messages: readonly BriefMessage[]): readonly BriefMessage[] {
  const words = new ThreadWords();
  const byId = new Map(messages.map(message => [message.id, message]));
  const blocks = new Map<MessageId, BriefMessage['blocks']>();
  for (const message of messages.toSorted((a, b) => byReceived(a, b))) {
    const ancestors = ancestorsOf(message, byId).map(({ id, author }) => {
      return { id, samePerson: author.key === message.author.key };
    });
    blocks.set(message.id, proveQuotations(words, { blocks: message.blocks, ancestors }));
    words.add(message.id, blocks.get(message.id)!);
  }
  return messages.map(message => ({ ...message, blocks: blocks.get(message.id)! }));
}

function ancestorsOf(
  message: BriefMessage,
  byId: ReadonlyMap<MessageId, BriefMessage>,
): readonly BriefMessage[] {
  const ancestors: BriefMessage[] = [];
  let { parent } = message;
  while (parent !== undefined && ancestors.length < MAX_ABOVE) {
    const above = byId.get(parent)!;
    ancestors.push(above);
    parent = above.parent;
  }
  return ancestors;
}

function receivedAbove(start: Container<Mail> | undefined): Container<Mail> | undefined {
  let above = start;
  while (above && !isReceived(above)) above = above.parent;
  return above;
}

function isReceived(container: Container<Mail>): container is Place {
  return container.message !== undefined;
}
