import type { MessageId } from '../mail/message-id.ts';

/** The version of the form of briefs; it rises when a field changes its meaning or goes. */
export const BRIEF_SCHEMA = 1;

/** Of what is listed, so much is. */
export const MAX_LISTED = 20;

/** Words that somebody wrote in a message, word for word, wraps folded to blanks. */
export interface Quotation {
  readonly message: MessageId;
  readonly speaker: string;
  readonly text: string;
}

/** What a thread says, in its participants' own words; how each field comes about is told in docs/briefs.md. */
export interface Brief {
  readonly schema: typeof BRIEF_SCHEMA;
  readonly root: MessageId;
  /** The subject without prefixes and tags. */
  readonly title: string;
  readonly kind: Kind;
  /** One sentence that says what the thread is about; undefined where nobody wrote one. */
  readonly gist: Quotation | undefined;
  /** What the first message asks, reports or proposes. */
  readonly proposed: readonly Quotation[];
  /** Where the thread is of patches: which version, of how many patches. */
  readonly series: SeriesPlace | undefined;
  /** One for each person, by first message; programs have none. */
  readonly positions: readonly Position[];
  readonly objections: readonly Exchange[];
  readonly status: Status;
  /** The questions asked, by message; those that nobody answered are open. */
  readonly questions: readonly Exchange[];
  /** Sentences that tell measured numbers. */
  readonly numbers: readonly Quotation[];
  readonly timeline: readonly Moment[];
  readonly stats: Stats;
}

export type Kind =
  | 'patch series'
  | 'patch'
  | 'pull request'
  | 'bug report'
  | 'question'
  | 'announcement'
  | 'discussion';

export interface SeriesPlace {
  /** `v3`, `RFC v2`. */
  readonly version: string;
  /** How many patches the thread holds, without the cover letter. */
  readonly patches: number;
  /** How many its tags promise. */
  readonly promised: number;
  readonly supersededBy: { readonly version: string; readonly message: MessageId } | undefined;
}

/** What somebody had to say. */
export interface Position {
  readonly who: string;
  readonly messages: number;
  /** From the cues in their own words, in the order of the list below; `comments` where there is none. */
  readonly stances: readonly Stance[];
  /** The sentence that says most; undefined where they wrote none that is one. */
  readonly quotation: Quotation | undefined;
}

export type Stance =
  | 'author'
  | 'applies'
  | 'refuses'
  | 'objects'
  | 'reviewed'
  | 'acked'
  | 'tested'
  | 'agrees'
  | 'asks'
  | 'comments';

/** A sentence and, where somebody took it up directly below it, what they wrote. */
export interface Exchange {
  readonly quotation: Quotation;
  readonly answer: Quotation | undefined;
}

/** How a thread ended, as far as its own messages tell; the strongest that holds. */
export interface Status {
  readonly value: StatusValue;
  /**
   * The words, or the trailers, that say so, by time; several where several people applied parts, or reviewed. None for
   * `superseded`, which other threads tell, nor for `discussed` and `no reply`.
   */
  readonly evidence: readonly Quotation[];
}

export type StatusValue =
  | 'merged'
  | 'applied'
  | 'partly applied'
  | 'withdrawn'
  | 'refused'
  | 'superseded'
  | 'changes promised'
  | 'reviewed'
  | 'answered'
  | 'discussed'
  | 'no reply';

/** Something that happened, and the message that shows it. */
export interface Moment {
  /** Seconds since 1970 UTC. */
  readonly at: number;
  readonly message: MessageId;
  readonly who: string;
  readonly event: 'began' | 'ended' | Stance | StatusValue;
}

export interface Stats {
  readonly messages: number;
  /** Without programs. */
  readonly people: number;
  /** Seconds since 1970 UTC of the first and the last message. */
  readonly first: number;
  readonly last: number;
  /** By first message. */
  readonly messagesOf: readonly { readonly name: string; readonly count: number }[];
}

/** The numbers that a story may tell of a thread though no mail in it has them. */
export function knownNumbers({ stats, series }: Brief): readonly string[] {
  return [stats.messages, series?.patches ?? 0, series?.promised ?? 0].map(String);
}
