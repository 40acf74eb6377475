import { ByteReader, ByteWriter } from './bytes.ts';
import type { Fact } from './facts.ts';
import type { DocumentKey } from './levels.ts';
import { createAnalysis, FIELD_NAMES, type FieldTexts, wordsOf } from './lunr.ts';
import { kinOf, type SearchRecord } from './records.ts';

/** A document as it is taken into the index. */
export interface SearchDocument {
  readonly key: DocumentKey;
  readonly texts: FieldTexts;
  readonly fact: Fact;
  readonly record: SearchRecord;
}

/** A document whose words are counted: plain data, which a worker thread can hand over and the index keeps. */
export interface PreparedDocument {
  readonly key: DocumentKey;
  /** Its level has it in the order of these bytes, then of the key. */
  readonly kin: Uint8Array;
  /** All that its level has to know of it: `readContent`. Of equal documents it is equal. */
  readonly content: Uint8Array;
}

/** What the index keeps of a document. */
export interface DocumentContent {
  /** Each once, by first appearance. */
  readonly terms: readonly string[];
  readonly fields: readonly FieldCounts[];
  readonly fact: Fact;
  readonly record: SearchRecord;
}

/** The terms of one field. */
export interface FieldCounts {
  /** How many there are, the same one counted as often as it stands there. */
  readonly length: number;
  /** Pairs: a term by its place among those of the document, and how often it stands there. */
  readonly counts: readonly number[];
}

/** Counts the words of a document. */
export type Prepare = (document: SearchDocument) => PreparedDocument;

/** So many words are remembered with their terms: most words of mail are not new. */
const KNOWN_WORDS = 100_000;

/** A term, and what was counted of it in the field that was last seen to have it. */
interface Tally {
  readonly term: string;
  /** Of documents and fields that were counted, the last with it. */
  document: number;
  field: number;
  /** Its place among the terms of the document. */
  place: number;
  count: number;
}

/** Counts words of texts in a language. It takes all the time that an index costs beside its files, and needs nothing but the document. */
export function createPreparer(language: string): Prepare {
  const analysis = createAnalysis(language);
  let tallies = new Map<string, Tally>();
  let known = new Map<string, readonly Tally[]>();
  let [documents, fields] = [0, 0];

  const tallyOf = (term: string) => {
    let tally = tallies.get(term);
    if (!tally) {
      tally = { term, document: 0, field: 0, place: 0, count: 0 };
      tallies.set(term, tally);
    }
    return tally;
  };
  const talliesOf = (word: string) => {
    let found = known.get(word);
    if (!found) {
      found = analysis.terms(word).map(tallyOf);
      known.set(word, found);
    }
    return found;
  };

  return ({ key, texts, fact, record }) => {
    if (known.size >= KNOWN_WORDS) [tallies, known] = [new Map(), new Map()];
    documents++;
    const terms: string[] = [];
    const content = new ByteWriter();
    for (const name of FIELD_NAMES) {
      fields++;
      const present: Tally[] = [];
      let length = 0;
      for (const word of wordsOf(texts[name])) {
        for (const tally of talliesOf(word)) {
          length++;
          if (tally.field === fields) tally.count++;
          else {
            if (tally.document !== documents) tally.place = terms.push(tally.term) - 1;
            tally.document = documents;
            tally.field = fields;
            tally.count = 1;
            present.push(tally);
          }
        }
      }
      content.number(length);
      content.number(present.length);
      for (const { place, count } of present) {
        content.number(place);
        content.number(count);
      }
    }
    // No term has a blank in it: words are what stands between blanks.
    content.text(terms.join(' '));
    content.text(JSON.stringify([fact, record]));
    return { key, kin: kinOf(record), content: content.bytes() };
  };
}

/** What a prepared document says. */
export function readContent(bytes: Uint8Array): DocumentContent {
  const content = new ByteReader(bytes);
  const fields = FIELD_NAMES.map(() => {
    const length = content.number();
    const counts = new Array<number>(2 * content.number());
    for (let at = 0; at < counts.length; at++) counts[at] = content.number();
    return { length, counts };
  });
  const joined = content.text();
  const [fact, record] = JSON.parse(content.text()) as [Fact, SearchRecord];
  return { terms: joined === '' ? [] : joined.split(' '), fields, fact, record };
}
