import { ByteWriter, sharedLength } from './bytes.ts';
import { backwards } from './dictionary.ts';
import { Spill } from './spill.ts';
import { borderBetween } from './term-shards.ts';

/** Before packing. */
const FILE_BYTES = 8192;

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
      let file = new ByteWriter();
      let last = '';
      for (const [term] of spill.merged(held.sort(), text => text)) {
        const starts = file.length === 0;
        if (starts) borders.push(borderBetween(last, term!));
        const shared = starts ? 0 : sharedLength(last, term!);
        file.number(shared);
        file.text(term!.slice(shared));
        last = term!;
        if (file.length < FILE_BYTES) continue;
        write(file.bytes());
        file = new ByteWriter();
      }
      if (file.length > 0) write(file.bytes());
      spill.remove();
      return borders;
    },
  };
}
