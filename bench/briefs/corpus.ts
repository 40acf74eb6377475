/** A discussion that people summarized. */
export interface GoldThread {
  readonly title: string;
  readonly turns: readonly GoldTurn[];
  readonly annotations: readonly Annotation[];
}

/** A mail or a comment, cut into sentences by hand. */
export interface GoldTurn {
  readonly from: string;
  /** As the corpus has it. */
  readonly date: string;
  readonly sentences: readonly GoldSentence[];
}

export interface GoldSentence {
  readonly id: string;
  /** On one line. */
  readonly text: string;
}

/** What one person made of a discussion. */
export interface Annotation {
  /** A summary in the annotator's own words. */
  readonly abstract: string;
  /** The ids of the sentences that the annotator chose. */
  readonly extract: ReadonlySet<string>;
}

/** All sentences of a discussion, in order. */
export function sentencesIn({ turns }: GoldThread): readonly GoldSentence[] {
  return turns.flatMap(({ sentences }) => sentences);
}

/** How many words a text has: what white space parts. */
export function countWords(text: string): number {
  return text.match(/\S+/g)?.length ?? 0;
}

/** A text on one line. */
export function fold(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
