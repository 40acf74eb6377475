import { blockQuotation, escapeLineStart, inlineQuotation, MAX_INLINE_WORDS } from '../citations.ts';
import type { Said } from '../facts/statements.ts';
import type { Sentence } from '../sentences/sentences.ts';
import { countWords } from '../sentences/words.ts';
import type { Told } from './closing.ts';
import { contextOf } from './context.ts';
import { leadOf } from './lead.ts';
import { type Passage, wordsOf } from './passage.ts';
import { toldAtTheEnd } from './selection.ts';
import type { Telling } from './telling.ts';

/** More words of what was answered would drown the answers. */
const MAX_WORDS_OF_CONTEXTS = 70;
/** A paragraph of more words ends when the talk turns. */
const FULL_PARAGRAPH = 70;
/** About so many words of narration stand beside each quotation. */
const NARRATION_WORDS = 6;

/** A story in the making: its paragraphs, and what later sentences need of earlier ones. */
export class Story implements Told {
  readonly #telling: Telling;
  readonly #isElsewhere: (sentence: Sentence) => boolean;
  readonly #paragraphs: string[] = [];
  #sentences: string[] = [];
  #words = 0;
  #mayAddress = true;
  #contextWords = 0;
  readonly #told = new Set<Sentence>();
  readonly #toldOf = new Set<Said>();
  readonly #heard = new Set<string>();
  #last: Said | undefined;
  #lastVerb = '';
  #lastDay: string | undefined;
  #time: number;

  /** One that begins at `time`, in seconds since 1970 UTC. */
  constructor(telling: Telling, time: number) {
    this.#telling = telling;
    this.#isElsewhere = toldAtTheEnd(telling.brief.status);
    this.#time = time;
  }

  get time(): number {
    return this.#time;
  }

  hasTold(sentence: Sentence): boolean {
    return this.#told.has(sentence);
  }

  begin(sentence: string): void {
    this.#say(sentence);
  }

  /** Tells a passage, and what it answers where it is not understood without. */
  tell(passage: Passage): void {
    const context = this.#contextOf(passage);
    const goesBack = context && this.#toldOf.has(context.said) && context.said !== this.#last;
    if (goesBack && !this.#mayAddress) this.#close();
    // Words of a message that was not told yet, or was told last, are told in their turn.
    if (context && !goesBack) this.#quote(context);
    this.#quote(passage, goesBack ? context : undefined);
  }

  end(sentence: string): void {
    if (sentence === '') return;
    if (this.#words > FULL_PARAGRAPH / 2) this.#close();
    this.#say(sentence);
  }

  markdown(): string {
    this.#close();
    return `${this.#paragraphs.join('\n\n')}\n`;
  }

  #quote(passage: Passage, answered?: Passage): void {
    const { said } = passage;
    const { id, author } = said.message;
    if (this.#turnsAt(said)) this.#close();
    const scene = {
      last: this.#last,
      time: this.#time,
      heard: this.#heard,
      mayAddress: this.#mayAddress,
      lastVerb: this.#lastVerb,
      lastDay: this.#lastDay,
    };
    const lead = leadOf(this.#telling, scene, passage, answered);
    const text = wordsOf(passage);
    const words = countWords(text);
    if (lead.addresses) this.#mayAddress = false;
    if (words <= MAX_INLINE_WORDS) this.#say(`${lead.words}, ${inlineQuotation(text, id)}`, words);
    else {
      this.#say(`${lead.words}:`);
      this.#close();
      this.#paragraphs.push(blockQuotation(text, author.name, id));
    }
    for (const { sentence } of [...passage.statements, ...(answered?.statements ?? [])])
      this.#told.add(sentence);
    this.#toldOf.add(said);
    this.#heard.add(author.key);
    this.#last = said;
    this.#lastVerb = lead.verb;
    this.#lastDay = lead.day ?? this.#lastDay;
    this.#time = said.message.received;
  }

  /** What a passage answers, where the story has not told it and will not. */
  #contextOf(passage: Passage): Passage | undefined {
    const context = contextOf(passage, this.#telling);
    if (!context) return undefined;
    const { sentence } = context.statements[0]!;
    if (this.#told.has(sentence) || this.#isElsewhere(sentence)) return undefined;
    if (this.#contextWords + sentence.words > MAX_WORDS_OF_CONTEXTS) return undefined;
    this.#contextWords += sentence.words;
    return context;
  }

  /** Whether the talk turns to somebody else's words, and the paragraph has had enough. */
  #turnsAt(said: Said): boolean {
    const last = this.#last;
    return this.#words > FULL_PARAGRAPH && last !== said && said.message.parent !== last?.message.id;
  }

  #say(sentence: string, words = 0): void {
    this.#sentences.push(sentence);
    this.#words += words + NARRATION_WORDS;
  }

  #close(): void {
    if (this.#sentences.length > 0) this.#paragraphs.push(escapeLineStart(this.#sentences.join(' ')));
    this.#sentences = [];
    this.#words = 0;
    this.#mayAddress = true;
  }
}
