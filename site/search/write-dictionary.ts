import { backwards } from './dictionary.ts';
import { writeSortedTexts } from './sorted-texts.ts';
import { Spill } from './spill.ts';
import { borderBetween } from './term-shards.ts';

/** A file has so many terms. */
const FILE_TERMS = 1500;

/** Collects a level's terms, each once, for its dictionary. */
export interface DictionaryWriter {
  add(term: string): void;
  /** Writes the files and gives where each begins. */
  write(write: (bytes: Uint8Array) => void): readonly string[];
}

/** So many terms are in memory at a time. */
const HELD_TERMS = 200_000;

/** A dictionary with nothing in it, which puts what it cannot hold into files of `folder`. */
export function createDictionary(folder: string, most = HELD_TERMS): DictionaryWriter {
  const spill = new Spill<string>(folder, {
    write: (writer, term) => writer.text(term),
    read: reader => reader.text(),
  });
  let held: string[] = [];
  return {
    add(term) {
      if (held.length >= most) {
        spill.add(held.sort());
        held = [];
      }
      held.push(backwards(term));
    },
    write(write) {
      const borders: string[] = [];
      let file: string[] = [];
      let last = '';
      for (const [term] of spill.merged(held.sort(), text => text)) {
        if (file.length === 0) borders.push(borderBetween(last, term!));
        file.push(term!);
        last = term!;
        if (file.length < FILE_TERMS) continue;
        write(writeSortedTexts(file));
        file = [];
      }
      if (file.length > 0) write(writeSortedTexts(file));
      spill.remove();
      return borders;
    },
  };
}
