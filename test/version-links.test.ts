import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import type { Message } from '../ingest/merge.ts';
import { rememberedLinks } from '../ingest/version-links.ts';
import type { Memo } from '../mail/memo.ts';
import type { MessageId } from '../mail/message-id.ts';
import type { Changelog } from '../mail/series/changelog.ts';
import type { PatchSet } from '../mail/series/patch-set.ts';
import { markedIn } from '../mail/series/patches.ts';
import { patchSets } from '../mail/series/postings.ts';
import { evidentLinks } from '../mail/series/version-links.ts';
import { buildThreads } from '../mail/thread.ts';
import { keptAsText } from './support/kept.ts';
import { runs } from './support/property.ts';

/** A patch of a small list, or an answer. */
interface Numbers {
  readonly tag: string;
  readonly title: string;
  readonly person: number;
  readonly hours: number;
  readonly parent: number;
}

const NAMES = ['Ada Birch', 'Ben Cedar'];

function message({ tag, title, person, hours, parent }: Numbers, number: number): Message {
  return {
    id: `${number}@example.org` as MessageId,
    references: parent < number ? [`${parent}@example.org` as MessageId] : [],
    sent: undefined,
    received: 1_520_000_000 + hours * 3600,
    from: { name: NAMES[person]!, address: `${person}@example.org` },
    subject: tag === '' ? `Re: ${title}` : `[${tag}] ${title}`,
    lists: ['small'],
    hash: String(number).padStart(64, '0'),
    at: 0,
    variants: [],
  };
}

const lists = fc.array(
  fc.record({
    // Without a tag, an answer that others may be sent below.
    tag: fc.constantFrom('', 'PATCH', 'PATCH v2', 'PATCH v3', 'PATCH v2.1', 'RESEND PATCH', 'RFC PATCH'),
    title: fc.constantFrom('ring: count all pages', 'ring: count all free pages', 'fixes'),
    person: fc.nat(1),
    hours: fc.nat(3000),
    parent: fc.nat(14),
  }),
  { maxLength: 10 },
);

/** The sets of a list whose people write under the addresses of `aliases`, by time. */
function setsOf(mail: readonly Message[], aliases: ReadonlyMap<string, string>) {
  return patchSets(markedIn(buildThreads(mail)), ({ from: { name, address } }) => ({
    key: aliases.get(address) ?? address,
    name,
  }));
}

/** Links in a form in which they can be compared. */
function drawn(links: ReadonlyMap<PatchSet<Message>, { readonly to: PatchSet<Message> }>) {
  return [...links]
    .map(([set, { to, ...link }]) => [set.head.message.id, to.head.message.id, link])
    .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
}

/** What the text of each mail says of its series, as b4 writes it: a part of the mail, which its hash stands for. */
function changelogsOf(sets: readonly PatchSet<Message>[]): ReadonlyMap<MessageId, Changelog> {
  return new Map(
    sets.map(({ head: { message, title } }) => [
      message.id,
      { changes: [], earlier: [], ...(message.hash.endsWith('3') ? { changeId: title } : {}) },
    ]),
  );
}

test('links that are remembered are those that are found, whatever comes, goes or is called otherwise', async () => {
  const step = fc.record({ without: fc.nat(12), asOne: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(lists, fc.array(step, { maxLength: 6 }), async (list, steps) => {
      const { memo } = keptAsText();
      const again: Memo = {
        ...memo,
        ofEach: (items, fromOf) => memo.ofEach(items, fromOf, () => assert.fail('links were found again')),
      };
      const mail = list.map(message);
      for (const { without, asOne } of steps) {
        const sets = setsOf(
          mail.filter((_, number) => number !== without),
          new Map(asOne ? [['1@example.org', '0@example.org']] : []),
        );
        const changelogs = changelogsOf(sets);
        const found = drawn(evidentLinks(sets, changelogs));
        assert.deepEqual(drawn(await rememberedLinks(sets, changelogs, memo, 2)), found);
        assert.deepEqual(drawn(await rememberedLinks(sets, changelogs, again, 2)), found);
      }
    }),
    runs(200),
  );
});
