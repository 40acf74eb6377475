import type { DocumentKind } from './levels.ts';

/** What is shown of a document that was found. Links are without the site's prefix. */
export interface SearchRecord {
  readonly kind: DocumentKind;
  /** The Message-ID; of a thread, that of the message that says what it is about; of a section, its thread's or none. */
  readonly message: string;
  readonly title: string;
  readonly from: string;
  /** Seconds since 1970 UTC. */
  readonly received: number;
  /** The page of its thread, and the title of that; of a section, where it stands, and its title. */
  readonly thread: string;
  readonly threadTitle: string;
  /** The writer's own words, on one line. */
  readonly text: string;
}

/**
 * A file has the records of so many documents: about as much as the packer looks back on (32 KB). More would fetch what
 * nobody looks at.
 */
export const RECORDS_A_FILE = 32;

/** What a longer text has behind this is found, but neither shown around the words nor searched for phrases. */
const TEXT_CHARACTERS = 4000;

/** A file: the records' fields one by one, as like packs well with like. */
type Columns = readonly [
  kinds: readonly DocumentKind[],
  messages: readonly string[],
  titles: readonly string[],
  from: readonly string[],
  /** Seconds after the record before; less than 0 where it was received earlier. */
  waits: readonly number[],
  threads: readonly string[],
  /** Empty where it is the title. */
  threadTitles: readonly string[],
  texts: readonly string[],
];

/** The records of some documents, as one file. */
export function writeRecords(records: readonly SearchRecord[]): Uint8Array {
  const columns: Columns = [
    records.map(({ kind }) => kind),
    records.map(({ message }) => message),
    records.map(({ title }) => title),
    records.map(({ from }) => from),
    records.map(({ received }, at) => received - (records[at - 1]?.received ?? 0)),
    records.map(({ thread }) => thread),
    records.map(({ title, threadTitle }) => (threadTitle === title ? '' : threadTitle)),
    records.map(({ text }) => text),
  ];
  return new TextEncoder().encode(JSON.stringify(columns));
}

/** The records of a file. */
export function readRecords(bytes: Uint8Array): readonly SearchRecord[] {
  const [kinds, messages, titles, from, waits, threads, threadTitles, texts] = JSON.parse(
    new TextDecoder().decode(bytes),
  ) as Columns;
  let received = 0;
  return kinds.map((kind, at) => {
    received += waits[at]!;
    return {
      kind,
      message: messages[at]!,
      title: titles[at]!,
      from: from[at]!,
      received,
      thread: threads[at]!,
      threadTitle: threadTitles[at]! || titles[at]!,
      text: texts[at]!,
    };
  });
}

/**
 * What the documents of a level are sorted by before their keys, as bytes: those of one thread stand together, of it those
 * of one subject, such as all versions of a patch. What says alike packs well: by time the index is a seventh larger.
 */
export function kinOf({ threadTitle, title, from }: SearchRecord): Uint8Array {
  return new TextEncoder().encode([threadTitle, title, from].join('\0'));
}

/** What divides a text into parts and says nothing on one line: a line of `---`, of `= = =`, and `====` beside words. */
const RULES = /^[-=_*~+#|^\s]+$|(?<!\S)([-=_*~+#])\1{3,}(?!\S)/gm;

/** A text on one line, without rules, its end cut off where it is very long. */
export function oneLine(text: string): string {
  const line = text.replace(RULES, ' ').replace(/\s+/g, ' ').trim();
  if (line.length <= TEXT_CHARACTERS) return line;
  const end = line.lastIndexOf(' ', TEXT_CHARACTERS);
  return `${line.slice(0, end < TEXT_CHARACTERS / 2 ? TEXT_CHARACTERS : end)} …`;
}
