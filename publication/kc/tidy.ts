import { type Inline, text } from './story.ts';
import { cleanUrl, URL_IN_TEXT } from './urls.ts';

/** What inline parts stand in, as far as it says what may stand there; `line` is where no line may end. */
export type Around = 'emphasis' | 'link' | 'quotation' | 'aside' | 'line';

/** Markdown has no links in links, no quotation in a quotation, and asides are emphasized. */
const NOT_IN: Readonly<Record<'emphasis' | 'link' | 'quotation' | 'aside' | 'break', readonly Around[]>> = {
  emphasis: ['emphasis', 'aside'],
  link: ['link', 'quotation'],
  quotation: ['link', 'quotation'],
  aside: ['emphasis', 'link', 'quotation', 'aside'],
  break: ['link', 'quotation', 'line'],
};

/**
 * Inline parts as Markdown can hold them, so that what is written of them reads as the same: white space folded and
 * outside of what it was at the edge of, neighbours of one kind joined, addresses links, nothing empty.
 */
export function tidy(parts: readonly Inline[], around: readonly Around[] = []): readonly Inline[] {
  return new Tidier(around).take(parts).done().parts;
}

/** Parts of a paragraph as paragraphs: two line breaks in a row are meant as its end. */
export function tidyParagraphs(parts: readonly Inline[]): readonly (readonly Inline[])[] {
  const paragraphs: Inline[][] = [[]];
  for (const part of tidy(parts)) {
    const paragraph = paragraphs.at(-1)!;
    if (part.kind === 'break' && paragraph.at(-1)?.kind === 'break') {
      paragraph.pop();
      paragraphs.push([]);
    } else if (part.kind !== 'break' || paragraph.length > 0) paragraph.push(part);
  }
  return paragraphs.map(paragraph => tidy(paragraph)).filter(paragraph => paragraph.length > 0);
}

interface Tidied {
  readonly parts: readonly Inline[];
  /** Whether white space stood before and behind them. */
  readonly lead: boolean;
  readonly trail: boolean;
}

class Tidier {
  readonly #around: readonly Around[];
  readonly #parts: Inline[] = [];
  #lead = false;
  #space = false;

  constructor(around: readonly Around[]) {
    this.#around = around;
  }

  take(parts: readonly Inline[]): this {
    for (const part of parts) this.#takeOne(part);
    return this;
  }

  done(): Tidied {
    while (this.#parts.at(-1)?.kind === 'break') this.#parts.pop();
    const linked = this.#may('link') ? this.#parts.flatMap(withLinks) : this.#parts;
    return { parts: withoutUnmarkable(linked), lead: this.#lead, trail: this.#space };
  }

  #may(kind: keyof typeof NOT_IN): boolean {
    return !NOT_IN[kind].some(one => this.#around.includes(one));
  }

  /** Within brackets marked knows no longer fences of code than one backtick. */
  #isBracketed(): boolean {
    return this.#around.includes('aside') || !this.#may('link');
  }

  #takeOne(part: Inline): void {
    switch (part.kind) {
      case 'text':
      case 'code': {
        const words = part.text.replace(/\s+/g, ' ');
        if (words.startsWith(' ')) this.#space = true;
        if (words.trim() === '') return;
        const isCode = part.kind === 'code' && !(words.includes('`') && this.#isBracketed());
        this.#put({ kind: isCode ? 'code' : 'text', text: words.trim() });
        if (words.endsWith(' ')) this.#space = true;
        return;
      }
      case 'break':
        if (!this.#may('break')) this.#space = true;
        else if (this.#parts.length > 0) {
          this.#space = false;
          this.#parts.push(part);
        }
        return;
      default:
        if (!this.#may(part.kind)) {
          this.take(part.children);
          if (part.kind === 'link') this.take(addressBehind(part.url, part.children));
          return;
        }
        this.#takeNested(part);
    }
  }

  #takeNested(part: Extract<Inline, { children: unknown }>): void {
    const inner = new Tidier([...this.#around, part.kind]).take(part.children).done();
    if (inner.lead) this.#space = true;
    if (inner.parts.length > 0) {
      // Its marks would be none beside a letter.
      if (part.kind === 'aside' && this.#parts.length > 0) this.#space = true;
      this.#put({ ...part, children: inner.parts });
      if (part.kind === 'aside') this.#space = true;
    }
    if (inner.trail) this.#space = true;
  }

  #put(part: Inline): void {
    const last = this.#parts.at(-1);
    if (this.#space && !last) this.#lead = true;
    const between = this.#space && last && last.kind !== 'break' ? ' ' : '';
    this.#space = false;
    if (last?.kind === 'text' && part.kind === 'text')
      this.#parts.splice(-1, 1, text(last.text + between + part.text));
    else if (last?.kind === 'text') this.#parts.splice(-1, 1, text(last.text + between), part);
    else if (part.kind === 'text') this.#parts.push(text(between + part.text));
    else if (between === '' && last?.kind === 'code' && part.kind === 'code')
      this.#parts.splice(-1, 1, { kind: 'code', text: last.text + part.text });
    else if (between === '') this.#parts.push(part);
    else this.#parts.push(text(between), part);
  }
}

/** The address of a link that cannot be one, unless its words are the address, or it has none. */
function addressBehind(url: string, children: readonly Inline[]): readonly Inline[] {
  const [only, ...others] = tidy(children);
  if (only === undefined) return [];
  if (only?.kind === 'text' && others.length === 0 && cleanUrl(only.text) === url) return [];
  return [text(` <${url}>`)];
}

function withLinks(part: Inline): readonly Inline[] {
  if (part.kind !== 'text' || !part.text.includes('://')) return [part];
  const parts: Inline[] = [];
  let from = 0;
  for (const found of part.text.matchAll(URL_IN_TEXT)) {
    const written = found[0].replace(/[.,;:!?'"()[\]…]{1,9}$/, '');
    const url = cleanUrl(written);
    if (url !== written || !/^https?:\/\/./.test(url)) continue;
    if (found.index > from) parts.push(text(part.text.slice(from, found.index)));
    parts.push({ kind: 'link', url, children: [text(written)] });
    from = found.index + written.length;
  }
  if (from < part.text.length) parts.push(text(part.text.slice(from)));
  return parts;
}

/** Without the emphasis whose marks Markdown would not take for marks (CommonMark, 6.2). */
function withoutUnmarkable(parts: readonly Inline[]): readonly Inline[] {
  const kept = parts.map((part, at) => {
    if (part.kind !== 'emphasis') return [part];
    const [before, behind] = [edge(parts[at - 1], -1), edge(parts[at + 1], 0)];
    const [first, last] = [edge(part.children[0], 0), edge(part.children.at(-1), -1)];
    const opens = isLetter(first) ? before !== '*' : /[\s"(]/.test(before);
    const closes = isLetter(last) ? behind !== '*' : /[\s.,;:!?)"]/.test(behind);
    return opens && closes ? [part] : part.children;
  });
  if (kept.every((one, at) => one.length === 1 && one[0] === parts[at])) return parts;
  return joined(kept.flat());
}

/** The first or last character of a part; `*` for marks, a blank for a line's end and beyond the ends. */
function edge(part: Inline | undefined, at: 0 | -1): string {
  if (part === undefined || part.kind === 'break') return ' ';
  if (part.kind === 'text') return part.text.at(at)!;
  return part.kind === 'emphasis' || part.kind === 'aside' ? '*' : '[';
}

function isLetter(character: string): boolean {
  return /[A-Za-z0-9]/.test(character);
}

/** Parts of which no two neighbours are text, or code. */
function joined(parts: readonly Inline[]): readonly Inline[] {
  const done: Inline[] = [];
  for (const part of parts) {
    const last = done.at(-1);
    const isWords = part.kind === 'text' || part.kind === 'code';
    if (isWords && last?.kind === part.kind) done.splice(-1, 1, { ...part, text: last.text + part.text });
    else done.push(part);
  }
  return done;
}
