/** A Markdown file of the editor's, taken apart. */
export interface FrontMatter {
  /** The YAML between the first two lines `---`, under as many empty lines as stand above it, so that its lines count as the file's. */
  readonly yaml: string;
  readonly markdown: string;
  /** The line of the file, from 1, on which the Markdown begins. */
  readonly line: number;
}

/** The front matter of a Markdown file and what follows; undefined where the file does not begin with one. */
export function splitFrontMatter(text: string): FrontMatter | undefined {
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/);
  if (lines[0]?.trimEnd() !== '---') return undefined;
  const end = lines.findIndex((line, at) => at > 0 && /^(?:---|\.\.\.)\s*$/.test(line));
  if (end === -1) return undefined;
  let begin = end + 1;
  while (begin < lines.length && lines[begin]!.trim() === '') begin++;
  return {
    yaml: ['', ...lines.slice(1, end)].join('\n'),
    markdown: lines.slice(begin).join('\n'),
    line: begin + 1,
  };
}
