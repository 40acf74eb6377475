/** What the search keeps of a message beside the index: enough to show a hit without a second file. */
export interface SearchDocument {
  readonly message: string;
  readonly url: string;
  readonly title: string;
  readonly from: string;
  /** Seconds since 1970 UTC. */
  readonly received: number;
  /** The thread's page and title. */
  readonly thread: string;
  readonly threadTitle: string;
  /** The beginning of the writer's own words. */
  readonly text: string;
}

/** Enough to show most matches in their sentence; all of it would be the archive over again. */
const TEXT_CHARACTERS = 1200;

/** The beginning of a text, cut between words, on one line. */
export function beginning(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= TEXT_CHARACTERS) return line;
  const end = line.lastIndexOf(' ', TEXT_CHARACTERS);
  return `${line.slice(0, end === -1 ? TEXT_CHARACTERS : end)} …`;
}
