/** A place in a text: line and column from 1, columns in UTF-16 units. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Where a text stands that was cut out of a file, as that of a quotation or a list item: the place of each line. */
export type SourceLines = readonly Place[];

/** The places of the lines of a whole file. */
export function linesOf(text: string): SourceLines {
  return text.split('\n').map((_, index) => ({ line: index + 1, column: 1 }));
}

/** Goes through a text from piece to piece, and tells where in the file each begins. */
export class Walker {
  readonly #lines: SourceLines;
  #row = 0;
  #column = 0;

  constructor(lines: SourceLines) {
    this.#lines = lines;
  }

  /** Where the next piece begins. */
  get place(): Place {
    return this.#placeOf(this.#row, this.#column);
  }

  /** Steps over a piece. */
  pass(piece: string): void {
    const end = piece.lastIndexOf('\n');
    if (end === -1) this.#column += piece.length;
    else {
      for (let at = piece.indexOf('\n'); at !== -1; at = piece.indexOf('\n', at + 1)) this.#row++;
      this.#column = piece.length - end - 1;
    }
  }

  /** The lines of `inner`: the next piece, `raw`, with something taken from the beginning of its lines. */
  inner(raw: string, inner: string): SourceLines {
    const rows = raw.split('\n');
    return inner.split('\n').map((line, index) => {
      const taken = Math.max(0, (rows[index]?.length ?? 0) - line.length);
      return this.#placeOf(this.#row + index, (index === 0 ? this.#column : 0) + taken);
    });
  }

  #placeOf(row: number, column: number): Place {
    const start = this.#lines[Math.min(row, this.#lines.length - 1)]!;
    return { line: start.line, column: start.column + column };
  }
}
