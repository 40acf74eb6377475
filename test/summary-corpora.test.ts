import assert from 'node:assert/strict';
import path from 'node:path';
import test, { type TestContext } from 'node:test';
import { readBc3 } from '../bench/briefs/bc3.ts';
import { readBrc } from '../bench/briefs/brc.ts';
import type { GoldSentence, GoldThread } from '../bench/briefs/corpus.ts';
import { asGold, mailAsCut } from '../bench/briefs/gold-mail.ts';
import { humanScores, meanScores, scoresOf } from '../bench/briefs/metrics.ts';
import { rankSentences } from '../briefs/rank/rank.ts';
import { corporaFolder, NO_CORPORA } from './support/corpora.ts';
import { temporaryFolder, writeFiles } from './support/folder.ts';

function folderOf(context: TestContext, files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder(context);
  writeFiles(folder, files);
  return folder;
}

const annotation = (ids: string) => `<Annotation><AbstractiveSummary><Sentence Links="1.1"> It
  hangs.</Sentence></AbstractiveSummary><ExtractiveSummary>${ids}</ExtractiveSummary></Annotation>`;

test('a report of the BRC, blanks behind ids and quoted fields; one that fewer annotated is left out', context => {
  const report = (id: number) => `<BugReport ID="${id}"><Title>"(7) It \\"hangs\\""</Title><Turn>
    <Date>'2009-05-29 20:32:54'</Date><From>'Ada Example'</From><Text><Sentence ID="1.1"> It \\"hangs\\"
    at boot. </Sentence></Text></Turn></BugReport>`;
  const three = annotation('<Sentence ID="1.1 "/>').repeat(3);
  const golds = readBrc(
    folderOf(context, {
      'bugs.xml': `<root>${report(1)}${report(2)}</root>`,
      'bug_summary.xml': `<root><BugReport ID="2">${three}</BugReport><BugReport ID="1">${annotation('')}</BugReport></root>`,
    }),
  );
  assert.equal(golds.length, 1);
  const [{ turns, annotations }] = golds as [GoldThread];
  assert.deepEqual(turns, [
    {
      from: 'Ada Example',
      date: '2009-05-29 20:32:54',
      sentences: [{ id: '1.1', text: 'It "hangs" at boot.' }],
    },
  ]);
  assert.deepEqual(annotations[2], { abstract: 'It hangs.', extract: new Set(['1.1']) });
});

test('a thread of the BC3, joined by a number with a stray mark, text escaped twice', context => {
  const golds = readBc3(
    folderOf(context, {
      'corpus.xml': `<root><thread><name>Boot</name><listno>066-1</listno><DOC><Received>Mon, 5 Mar 2018 10:00:00 +0000</Received>
        <From>Ada Example &lt;ada@example.org&gt;</From><Text><Sent id="1.1">&amp;gt; It hangs.</Sent><Sent id="1.2">Why?</Sent></Text></DOC></thread></root>`,
      'annotation.xml': `<root><thread><listno>066-1+</listno><name>Boot</name><annotation><summary><sent link="1.1">It hangs.</sent></summary>
        <sentences><sent id="1.1"/></sentences></annotation></thread></root>`,
    }),
  );
  const [{ turns, annotations }] = golds as [GoldThread];
  assert.equal(turns[0]!.from, 'Ada Example');
  assert.deepEqual(
    turns[0]!.sentences.map(({ text }) => text),
    ['> It hangs.', 'Why?'],
  );
  assert.deepEqual(annotations, [{ abstract: 'It hangs.', extract: new Set(['1.1']) }]);
});

test('the metrics of four sentences of equal length', () => {
  const sentences = ['a', 'b', 'c', 'd'].map(id => ({ id, text: `${id} one two` }));
  const extracts = [['a'], ['a', 'b'], ['a', 'c']];
  const gold: GoldThread = {
    title: 'Letters',
    turns: [{ from: 'Ada', date: '', sentences }],
    annotations: extracts.map(ids => ({ abstract: 'a one two', extract: new Set(ids) })),
  };
  const [a, b, c, d] = sentences as [GoldSentence, GoldSentence, GoldSentence, GoldSentence];
  // 30 % of twelve words is two sentences: a with three votes, and b with one.
  assert.equal(scoresOf(gold, [a, b, c, d]).wr30, 1);
  assert.equal(scoresOf(gold, [b, c, a, d]).wr30, 2 / 4);
  // By the first's length b is chosen, of whose two others one took it, where a has two; by the second's and third's
  // length b and c, with one vote where there are three.
  assert.equal(scoresOf(gold, [b, c, a, d]).wrloo, (1 / 2 + 1 / 3 + 1 / 3) / 3);
  assert.equal(scoresOf(gold, [a, b, c, d]).f30, (2 / 3 + 1 + 1 / 2) / 3);
  assert.equal(humanScores(gold).f30, (2 / 3 + 2 / 3 + 1 / 2) / 3);
  assert.equal(scoresOf(gold, [a, b, c, d]).rouge.one, 1);
});

test('on bug reports the order of sentences is near what people chose', { skip: NO_CORPORA }, () => {
  const golds = readBrc(path.join(corporaFolder()!, 'brc'));
  const scores = meanScores(
    golds.map(gold => {
      const mail = mailAsCut(gold);
      const order = rankSentences(mail.thread, mail.sentences).map(({ sentence }) => sentence);
      return scoresOf(gold, asGold(mail, order));
    }),
  );
  assert.ok(scores.wrloo >= 0.688, `${scores.wrloo}`);
  assert.ok(scores.f30 >= 0.44, `${scores.f30}`);
  assert.ok(scores.rouge.one >= 0.365, `${scores.rouge.one}`);
});
