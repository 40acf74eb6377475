/** Something odd in a kc file that was read nevertheless. */
export interface KcWarning {
  /** From 1. */
  readonly line: number;
  /** One sentence. */
  readonly message: string;
}

/** Takes what is odd about a file; what is said a second time is counted at the first line. */
export class Warnings {
  readonly #found = new Map<string, { readonly line: number; times: number }>();

  add(line: number, message: string): void {
    const found = this.#found.get(message);
    if (found) found.times++;
    else this.#found.set(message, { line, times: 1 });
  }

  /** By line. */
  get all(): readonly KcWarning[] {
    const all = [...this.#found].map(([message, { line, times }]) => ({
      line,
      message: times === 1 ? message : message.replace(/\.$/, ` (and ${times - 1} more like it).`),
    }));
    return all.sort((a, b) => a.line - b.line);
  }
}
