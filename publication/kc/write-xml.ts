import type { MessageId } from '../../mail/message-id.ts';
import { linkTarget } from '../issues/links.ts';
import type { ToldStatistics } from '../issues/statistics.ts';
import { writeDay } from './day.ts';
import type { KcCorrection, KcIssue, KcSection } from './issue.ts';
import { type Block, type Inline, type Speaker, type Story, type Table, text } from './story.ts';
import { tidy } from './tidy.ts';
import { lineMarkdown } from './write-markdown.ts';

/** What a kc file is written with besides the issue. */
export interface KcSurroundings {
  /** Who sent a message, whose words are theirs whatever stands under them; undefined for one that nobody has. */
  senderOf(id: MessageId): string | undefined;
  /** The place of a section in its issue, from 1, by its anchor. */
  sectionAt(issue: number, anchor: string): number | undefined;
}

/** An issue as a kc file. */
export function writeKc(issue: KcIssue, around: KcSurroundings): string {
  const writer = new StoryWriter(issue.number, around);
  const { number, date, editor, title, period, introduction, statistics, sections, corrections } = issue;
  const days = period && { startdate: writeDay(period.since), enddate: writeDay(period.until) };
  const intro = [
    ...writer.corrections(corrections),
    ...(introduction.length === 0 ? [] : [writer.story(introduction)]),
  ];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<kc>',
    `<title>${escaped(title)}</title>`,
    `<author>${escaped(editor)}</author>`,
    tag('issue', { num: number, date: writeDay(date), ...days }),
    ...(intro.length === 0 ? [] : ['<intro>', ...intro, '</intro>']),
    ...statisticsLines(statistics),
    ...sections.flatMap(section => ['', ...sectionLines(section, writer)]),
    '</kc>',
    '',
  ].join('\n');
}

function statisticsLines(stats: ToldStatistics | undefined): readonly string[] {
  if (!stats) return [];
  const { posts, kilobytes: size, contributors: contrib, multiples, lastweek, posters } = stats;
  const people = posters.map(({ name, address, posts, kilobytes: size }) =>
    tag('person', { posts, size, who: address === undefined ? name : mailbox(name, address) }),
  );
  return [openTag('stats', { posts, size, contrib, multiples, lastweek }), ...people, '</stats>'];
}

/** A mailbox as a From field has it (RFC 5322, 3.4). */
function mailbox(name: string, address: string): string {
  return `${/[^\p{L}\p{N} ]/u.test(name) ? `"${name.replace(/["\\]/g, '\\$&')}"` : name} <${address}>`;
}

function sectionLines(
  { title, told, topics, mentions, story, corrections }: KcSection,
  writer: StoryWriter,
): readonly string[] {
  const { subject, archive, posts, first, last } = told;
  const startdate = first && writeDay(first);
  const enddate = last && writeDay(last);
  return [
    openTag('section', { title, subject, archive, posts, startdate, enddate }),
    ...topics.map(topic => `<topic>${escaped(topic)}</topic>`),
    ...mentions.map(name => `<mention>${escaped(name)}</mention>`),
    ...writer.corrections(corrections),
    writer.story(story),
    '</section>',
  ];
}

class StoryWriter {
  readonly #number: number;
  readonly #around: KcSurroundings;

  /** `number` is that of the issue, from which its links lead. */
  constructor(number: number, around: KcSurroundings) {
    this.#number = number;
    this.#around = around;
  }

  story(blocks: Story): string {
    return blocks.map(block => this.#block(block)).join('\n');
  }

  /** Corrections that are kept apart from the text; readers who do not know the attributes show what is right. */
  corrections(all: readonly KcCorrection[]): readonly string[] {
    return all.map(({ date, kind, was, is, thanks }) => {
      const said = lineMarkdown(tidy(this.#portable(was), ['line']));
      const attributes = { date: writeDay(date), kind, was: said, thanks };
      return `${openTag('correction', attributes)}${this.#inlines(is)}</correction>`;
    });
  }

  /** Parts without what is known to this publication alone: its messages, the names of its sections. */
  #portable(parts: readonly Inline[]): readonly Inline[] {
    return parts.flatMap((part): readonly Inline[] => {
      if (!('children' in part)) return [part];
      const children = this.#portable(part.children);
      if (part.kind === 'link')
        return linkTarget(part.url, this.#number)?.kind === 'web' ? [{ ...part, children }] : children;
      if (part.kind !== 'quotation') return [{ ...part, children }];
      const name = this.#nameOf(part.speaker);
      return name === undefined
        ? [text('"'), ...children, text('"')]
        : [{ ...part, speaker: { name }, children }];
    });
  }

  #block(block: Block): string {
    switch (block.kind) {
      case 'paragraph':
        return `<p>${this.#inlines(block.children)}</p>`;
      case 'heading':
        return `<h${block.level}>${this.#inlines(block.children)}</h${block.level}>`;
      case 'code':
        return `<pre>${escaped(block.text)}</pre>`;
      case 'list': {
        const items = block.items.map(item => `<li>${this.#item(item)}</li>`).join('\n');
        if (block.start === undefined) return `<ul>\n${items}\n</ul>`;
        return `${openTag('ol', { start: block.start === 1 ? undefined : block.start })}\n${items}\n</ol>`;
      }
      case 'table':
        return this.#table(block);
      case 'quotation':
        return `${openTag('quote', { who: this.#nameOf(block.speaker) })}\n${this.story(block.blocks)}\n</quote>`;
    }
  }

  #item(item: Story): string {
    const [only, ...others] = item;
    return only?.kind === 'paragraph' && others.length === 0
      ? this.#inlines(only.children)
      : this.story(item);
  }

  #table({ header, rows }: Table): string {
    const row = (cells: readonly (readonly Inline[])[], name: 'th' | 'td') =>
      `<tr>${cells.map(cell => `<${name}>${this.#inlines(cell)}</${name}>`).join('')}</tr>`;
    const head = header.length === 0 ? [] : [row(header, 'th')];
    return ['<table>', ...head, ...rows.map(cells => row(cells, 'td')), '</table>'].join('\n');
  }

  #inlines(parts: readonly Inline[]): string {
    return parts.map(part => this.#inline(part)).join('');
  }

  #inline(part: Inline): string {
    switch (part.kind) {
      case 'text':
        return escaped(part.text);
      case 'code':
        return `<code>${escaped(part.text)}</code>`;
      case 'break':
        return '<br/>';
      case 'emphasis': {
        const name = part.strong ? 'b' : 'i';
        return `<${name}>${this.#inlines(part.children)}</${name}>`;
      }
      case 'link':
        return this.#link(part.url, this.#inlines(part.children));
      case 'quotation':
        return `${openTag('quote', { who: this.#nameOf(part.speaker) })}${this.#inlines(part.children)}</quote>`;
      case 'aside': {
        const [, name, rest] = /^(Editor|Correction)(?:,? (.*))?$/.exec(part.label)!;
        const words = this.#inlines(part.children);
        if (name === 'Editor') return `${openTag('editorialize', { who: rest })}${words}</editorialize>`;
        return `${openTag('correction', { date: rest && writeDay(rest) })}${words}</correction>`;
      }
    }
  }

  /** Sections are counted from 0 in references. A link to a message has no place to lead to; its words stay. */
  #link(url: string, words: string): string {
    const target = linkTarget(url, this.#number);
    if (target?.kind === 'web') return `${openTag('a', { href: target.url })}${words}</a>`;
    if (target === undefined) return words;
    const section =
      target.anchor === undefined ? undefined : this.#around.sectionAt(target.issue, target.anchor);
    const sectionnum = section === undefined ? undefined : section - 1;
    return `${openTag('kcref', { issuenum: target.issue, sectionnum })}${words}</kcref>`;
  }

  #nameOf(speaker: Speaker | undefined): string | undefined {
    return (speaker?.message && this.#around.senderOf(speaker.message)) ?? speaker?.name;
  }
}

type Attributes = Readonly<Record<string, string | number | undefined>>;

function tag(name: string, attributes: Attributes): string {
  return `${openTag(name, attributes).slice(0, -1)} />`;
}

function openTag(name: string, attributes: Attributes): string {
  const told = Object.entries(attributes).filter(([, value]) => value !== undefined);
  return `<${name}${told.map(([key, value]) => ` ${key}="${escaped(String(value))}"`).join('')}>`;
}

/** Text without what XML 1.0, 2.2 forbids; LF as itself within `<pre>` alone. */
function escaped(text: string): string {
  return text
    .replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\p{Cs}/gu, '')
    .replace(/[&<>"]/g, character => ENTITIES[character]!);
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
