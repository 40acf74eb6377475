import { findAll } from './elements.ts';
import type { Inline, Story } from './story.ts';
import { tidy } from './tidy.ts';
import type { XmlElement, XmlNode } from './xml.ts';

type Cell = readonly Inline[];

/** Wider ones are no tables for a reader, and cells that say they span millions are traps. */
const MOST_COLUMNS = 40;

/** A table; paragraphs where it has one column and is none. Tables in tables are read as their cells. */
export function readTable(table: XmlElement, read: (nodes: readonly XmlNode[]) => readonly Inline[]): Story {
  const rows = findAll(table, ['tr']).map(row => findAll(row, ['td', 'th']));
  const texts = rows
    .map(row => row.flatMap(cell => [cellOf(cell, read), ...spanned(cell)]).slice(0, MOST_COLUMNS))
    .map((cells, at) => ({ cells, row: rows[at]! }))
    .filter(({ cells }) => cells.some(cell => cell.length > 0));
  const columns = texts.reduce((most, { cells }) => Math.max(most, cells.length), 0);
  if (columns < 2) return texts.map(({ cells }) => ({ kind: 'paragraph', children: cells[0]! }));
  const filled = texts.map(({ cells }) => [...cells, ...Array<Cell>(columns - cells.length).fill([])]);
  const isHeaded = texts[0]!.row.every(cell => cell.name === 'th') || filled[0]!.every(isStrong);
  const [header, body] = isHeaded ? [filled[0]!.map(withoutEmphasis), filled.slice(1)] : [[], filled];
  return [{ kind: 'table', header, rows: body }];
}

function cellOf(cell: XmlElement, read: (nodes: readonly XmlNode[]) => readonly Inline[]): Cell {
  const codeToText = (part: Inline): Inline =>
    part.kind === 'code' && part.text.includes('|') ? { kind: 'text', text: part.text } : part;
  return tidy(tidy(read(cell.children), ['line']).map(codeToText), ['line']);
}

function spanned({ attributes }: XmlElement): readonly Cell[] {
  const columns = Number(attributes.colspan ?? 1) || 1;
  return Array<Cell>(Math.min(Math.max(columns - 1, 0), MOST_COLUMNS)).fill([]);
}

function isStrong(cell: Cell): boolean {
  return cell.every(part => part.kind === 'emphasis' && part.strong);
}

function withoutEmphasis(cell: Cell): Cell {
  return tidy(
    cell.flatMap(part => (part.kind === 'emphasis' ? part.children : [part])),
    ['line'],
  );
}
