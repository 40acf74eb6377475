import { ByteReader, ByteWriter } from './bytes.ts';
import type { KnownNames } from './query.ts';
import { readSortedTexts, writeSortedTexts } from './sorted-texts.ts';

/** A run of documents with its files in a folder of its own, `search/NAME/`: `t0` … terms, `d0` … dictionary, `f0` … facts, `r0` … records. */
export interface Level {
  readonly name: string;
  /** Changes with the content of its files. */
  readonly version: string;
  readonly documents: number;
  /** Where the files of terms begin, and those of the dictionary: see `filesOf`. */
  readonly terms: readonly string[];
  readonly dictionary: readonly string[];
}

/** What is read before anything else: all that is not in a level. */
export interface Root {
  readonly format: typeof FORMAT;
  readonly language: string;
  /** The path that the site lies under. */
  readonly prefix: string;
  /** What a query may name. */
  readonly names: KnownNames;
  readonly documents: number;
  /** So many of them, the last ones, are sections of issues. */
  readonly sections: number;
  /** By field: how many terms all documents have in it. */
  readonly lengths: readonly number[];
  /** The oldest first. Documents are numbered through them. */
  readonly levels: readonly Level[];
}

/** Rises when a file of another form would be misread. */
export const FORMAT = 3;
/** The root's file in `search/`. */
export const ROOT_FILE = 'root.bin';

/** A level and the number of its first document. */
export interface PlacedLevel extends Level {
  readonly base: number;
}

/** The levels with the numbers at which they begin. */
export function placedLevels({ levels }: Root): readonly PlacedLevel[] {
  let base = 0;
  return levels.map(level => {
    const placed = { ...level, base };
    base += level.documents;
    return placed;
  });
}

/** The root as a file. */
export function writeRoot({ levels, ...rest }: Root): Uint8Array {
  const file = new ByteWriter();
  file.text(JSON.stringify(rest));
  for (const { name, version, documents, terms, dictionary } of levels) {
    file.text(name);
    file.text(version);
    file.number(documents);
    // Most of the root.
    for (const borders of [terms, dictionary]) file.part(writeSortedTexts(borders));
  }
  return file.bytes();
}

/** The root of a file. */
export function readRoot(bytes: Uint8Array): Root {
  const file = new ByteReader(bytes);
  const rest = JSON.parse(file.text()) as Omit<Root, 'levels'>;
  const levels: Level[] = [];
  while (!file.done) {
    levels.push({
      name: file.text(),
      version: file.text(),
      documents: file.number(),
      terms: readSortedTexts(file.part()),
      dictionary: readSortedTexts(file.part()),
    });
  }
  return { ...rest, levels };
}
