import { rankSentences } from '../../briefs/rank/rank.ts';
import type { Sentence } from '../../briefs/sentences/sentences.ts';
import { counted, print, printTable } from '../report.ts';
import { covering, firstSentences, lead, shuffled } from './baselines.ts';
import { countWords, type GoldSentence, type GoldThread, sentencesIn } from './corpus.ts';
import { asGold, type GoldMail, mailAsCut, mailOf } from './gold-mail.ts';
import { humanScores, meanScores, type Scores, scoresOf, votesOf } from './metrics.ts';
import { plainLexRank, plainScore } from './plain-score.ts';

type Ranker = (mail: GoldMail) => readonly Sentence[];

const RANKERS: readonly (readonly [name: string, ranker: Ranker])[] = [
  ['lead', ({ sentences }) => lead(sentences)],
  ['first sentences', ({ sentences }) => firstSentences(sentences)],
  ['LexRank', ({ sentences }) => plainLexRank(sentences)],
  ['plain score', ({ thread, sentences }) => plainScore(thread, sentences).map(({ sentence }) => sentence)],
  ['plain score, cover pass', ({ thread, sentences }) => covering(thread, plainScore(thread, sentences))],
  ['ours', ({ thread, sentences }) => rankSentences(thread, sentences).map(({ sentence }) => sentence)],
  ['ours, cover pass', ({ thread, sentences }) => covering(thread, rankSentences(thread, sentences))],
];
/** The mean of so many orders that chance makes. */
const SHUFFLES = 20;
const HEADS = ['x 100', 'WR30', 'WRloo', 'F1@30', 'ROUGE-1', 'ROUGE-2', 'ROUGE-L', 'people'];

/** Compares rankers with people on discussions that people summarized. */
export function quality(name: string, golds: readonly GoldThread[]): void {
  const words = golds.flatMap(sentencesIn).reduce((sum, { text }) => sum + countWords(text), 0);
  print(
    `\n${name}: ${counted(golds.length, 'discussion')}, ${counted(words, 'word')}; cut into sentences as it is`,
  );
  const cut = golds.map(mailAsCut);
  const random = Array.from({ length: SHUFFLES }, (_, at) =>
    meanOf(golds, cut, ({ sentences }) => shuffled(sentences, at + 1)),
  );
  printTable(HEADS, [
    rowOf('random', meanScores(random)),
    ...RANKERS.map(([ranker, rank]) => rowOf(ranker, meanOf(golds, cut, rank))),
    rowOf('oracle: votes', meanScores(golds.map(gold => scoresOf(gold, byVotes(gold))))),
    rowOf('people among themselves', meanScores(golds.map(humanScores))),
  ]);
  print(
    `${name}, cut into sentences by us; what is no sentence of the corpus word for word counts for nothing`,
  );
  const layouts = (['lines', 'filled'] as const).map(layout => {
    const mails = golds.map(gold => mailOf(gold, layout));
    return { layout, mails };
  });
  printTable(
    [...HEADS, 'found', 'of votes'],
    layouts.flatMap(({ layout, mails }) => {
      const found = foundOf(golds, cut, mails);
      return RANKERS.filter(([ranker]) => ranker === 'plain score' || ranker === 'ours').map(
        ([ranker, rank]) => [...rowOf(`${layout}: ${ranker}`, meanOf(golds, mails, rank)), ...found],
      );
    }),
  );
}

function meanOf(golds: readonly GoldThread[], mails: readonly GoldMail[], rank: Ranker): Scores {
  return meanScores(golds.map((gold, at) => scoresOf(gold, asGold(mails[at]!, rank(mails[at]!)))));
}

/** How many of the writers' own sentences we cut out as the corpus does, and how many of the votes fell on those. */
function foundOf(
  golds: readonly GoldThread[],
  cut: readonly GoldMail[],
  mails: readonly GoldMail[],
): readonly string[] {
  const sums = { own: 0, found: 0, votes: 0, votesFound: 0 };
  for (const [at, gold] of golds.entries()) {
    const votes = votesOf(gold);
    const found = new Set(mails[at]!.goldOf.values());
    for (const one of cut[at]!.goldOf.values()) {
      sums.own++;
      sums.votes += votes(one);
      if (!found.has(one)) continue;
      sums.found++;
      sums.votesFound += votes(one);
    }
  }
  return [percent(sums.found / sums.own), percent(sums.votesFound / sums.votes)];
}

function byVotes(gold: GoldThread): readonly GoldSentence[] {
  const votes = votesOf(gold);
  return sentencesIn(gold).toSorted((a, b) => votes(b) - votes(a));
}

function rowOf(name: string, { wr30, wrloo, f30, rouge, people }: Scores): readonly string[] {
  return [name, ...[wr30, wrloo, f30, rouge.one, rouge.two, rouge.longest, people].map(percent)];
}

function percent(share: number): string {
  return Number.isNaN(share) ? '-' : (share * 100).toFixed(1);
}
