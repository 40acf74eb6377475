import { asideLabel, speakerOf } from './attributes.ts';
import { elementsIn, type Role, rawText, roleOf, standsAlone } from './elements.ts';
import type { KnownIssues } from './known-issues.ts';
import { InlineReader } from './read-inline.ts';
import { readTable } from './read-table.ts';
import type { Block, BlockQuotation, List, Speaker, Story } from './story.ts';
import { tidy, tidyParagraphs } from './tidy.ts';
import type { Warnings } from './warnings.ts';
import type { XmlElement, XmlNode } from './xml.ts';

/** The prose in an element: an introduction, a section. */
export function readStory(element: XmlElement, known: KnownIssues, warnings: Warnings): Story {
  return new StoryReader(known, warnings).blocks(element.children);
}

/** Lists and quotations nested deeper are no use to a reader, and Markdown's readers take the square of the depth. */
const MOST_NESTED = 12;

class StoryReader {
  readonly #inline: InlineReader;
  #nested = 0;

  constructor(known: KnownIssues, warnings: Warnings) {
    this.#inline = new InlineReader(known, warnings);
  }

  /** The blocks of something nested: an item, a quotation. */
  #inner(nodes: readonly XmlNode[]): Story {
    this.#nested++;
    const blocks = this.blocks(nodes);
    this.#nested--;
    return blocks;
  }

  /** What stands outside of paragraphs becomes paragraphs too. */
  blocks(nodes: readonly XmlNode[]): Story {
    const blocks: Block[] = [];
    let line: XmlNode[] = [];
    const endLine = () => {
      for (const block of this.#paragraphs(line)) blocks.push(block);
      line = [];
    };
    for (const node of nodes) {
      if (node.kind === 'text' || !standsAlone(node)) {
        line.push(node);
        continue;
      }
      endLine();
      for (const block of this.#block(node)) blocks.push(block);
    }
    endLine();
    return blocks;
  }

  #paragraphs(nodes: readonly XmlNode[]): Story {
    return tidyParagraphs(this.#inline.read(nodes)).map(children => {
      const [only, ...others] = children;
      // A quotation that stands alone in its paragraph is set as one.
      if (only?.kind === 'quotation' && others.length === 0)
        return quotation(only.speaker, [{ kind: 'paragraph', children: tidy(only.children) }]);
      return { kind: 'paragraph', children };
    });
  }

  #block(element: XmlElement): Story {
    const role = roleOf(element);
    if (this.#nested >= MOST_NESTED && NESTING.has(role)) return this.blocks(element.children);
    switch (role) {
      case 'list':
        return this.#list(element);
      case 'definitions':
        return this.#definitions(element);
      case 'preformatted':
      case 'code':
        return code(element);
      case 'table':
        return readTable(element, nodes => this.#inline.read(nodes));
      case 'heading': {
        const children = tidy(this.#inline.read(element.children), ['line']);
        return children.length === 0
          ? []
          : [{ kind: 'heading', level: /[1-3]/.test(element.name) ? 3 : 4, children }];
      }
      case 'indented':
      case 'quotation': {
        const blocks = this.#inner(element.children);
        return blocks.length === 0 ? [] : [quotation(speakerOf(element), blocks)];
      }
      case 'aside':
        return this.blocks(element.children).map(block => asideBlock(block, asideLabel(element)));
      default:
        this.#inline.expectKnown(element);
        return this.blocks(element.children);
    }
  }

  /** A list; its items' words alone where it has none: `<ul>` was used to indent. */
  #list(element: XmlElement): Story {
    const before: XmlNode[] = [];
    const items: XmlNode[][] = [];
    const take = (nodes: readonly XmlNode[]) => {
      for (const node of nodes) {
        if (node.kind === 'element' && node.name === 'li') takeItem(node);
        else if (node.kind === 'element' && roleOf(node) !== 'list' && holdsItems(node)) take(node.children);
        else (items.at(-1) ?? before).push(node);
      }
    };
    // An item that was not closed holds those after it.
    const takeItem = (item: XmlElement) => {
      const next = item.children.findIndex(child => child.kind === 'element' && child.name === 'li');
      items.push([...(next === -1 ? item.children : item.children.slice(0, next))]);
      if (next !== -1) take(item.children.slice(next));
    };
    take(element.children);
    const start = element.name === 'ol' ? firstNumber(element) : undefined;
    return [
      ...this.blocks(before),
      ...list(
        start,
        items.map(item => this.#inner(item)),
      ),
    ];
  }

  #definitions(element: XmlElement): Story {
    const items: Block[][] = [];
    for (const child of element.children) {
      if (child.kind === 'element' && child.name === 'dt') {
        const term = tidy([{ kind: 'emphasis', strong: true, children: this.#inline.read(child.children) }]);
        items.push(term.length === 0 ? [] : [{ kind: 'paragraph', children: term }]);
      } else {
        if (items.length === 0) items.push([]);
        for (const block of this.#inner([child])) items.at(-1)!.push(block);
      }
    }
    return list(undefined, items);
  }
}

const NESTING: ReadonlySet<Role | undefined> = new Set<Role>([
  'list',
  'definitions',
  'indented',
  'quotation',
]);

function holdsItems(element: XmlElement): boolean {
  return elementsIn(element.children).some(child => child.name === 'li');
}

function firstNumber({ attributes }: XmlElement): number {
  return /^\d{1,6}$/.test(attributes.start ?? '') ? Number(attributes.start) : 1;
}

function list(start: number | undefined, items: readonly Story[]): readonly List[] {
  const filled = items.filter(item => item.length > 0);
  return filled.length === 0 ? [] : [{ kind: 'list', start, items: filled }];
}

const TAB_COLUMNS = 8;

function code(element: XmlElement): Story {
  const lines = rawText(element).split('\n').map(withoutTabs);
  const words = (line: string) => line.trim() !== '';
  const first = lines.findIndex(words);
  if (first === -1) return [];
  return [{ kind: 'code', text: lines.slice(first, lines.findLastIndex(words) + 1).join('\n') }];
}

function withoutTabs(line: string): string {
  const [first, ...others] = line.split('\t');
  return others.reduce((done, next) => {
    const columns = TAB_COLUMNS - (done.length % TAB_COLUMNS);
    return done + ' '.repeat(columns) + next;
  }, first!);
}

function quotation(speaker: Speaker | undefined, blocks: Story): BlockQuotation {
  return { kind: 'quotation', speaker, blocks };
}

/** A block of an aside: its paragraphs are marked one by one, what else is in it stands between them. */
function asideBlock(block: Block, label: string): Block {
  if (block.kind !== 'paragraph') return block;
  return { kind: 'paragraph', children: tidy([{ kind: 'aside', label, children: block.children }]) };
}
