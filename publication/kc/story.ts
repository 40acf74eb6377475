import type { MessageId } from '../../mail/message-id.ts';

/** Prose as both kc XML and Markdown hold it: what an issue's introduction and sections are made of. */
export type Story = readonly Block[];

export type Block =
  | { readonly kind: 'paragraph'; readonly children: readonly Inline[] }
  | { readonly kind: 'heading'; readonly level: 3 | 4; readonly children: readonly Inline[] }
  | { readonly kind: 'code'; readonly text: string }
  | List
  | Table
  | BlockQuotation;

export interface List {
  readonly kind: 'list';
  /** The number of the first item; undefined where the list has bullets. */
  readonly start: number | undefined;
  readonly items: readonly Story[];
}

export interface Table {
  readonly kind: 'table';
  /** Empty where it has none. */
  readonly header: readonly (readonly Inline[])[];
  readonly rows: readonly (readonly (readonly Inline[])[])[];
}

export interface BlockQuotation {
  readonly kind: 'quotation';
  /** Undefined where it is not said whose words they are. */
  readonly speaker: Speaker | undefined;
  readonly blocks: Story;
}

/** Whose words are quoted: a name, a message, or both. */
export interface Speaker {
  readonly name?: string | undefined;
  readonly message?: MessageId | undefined;
}

export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'break' }
  | { readonly kind: 'emphasis'; readonly strong: boolean; readonly children: readonly Inline[] }
  | { readonly kind: 'link'; readonly url: string; readonly children: readonly Inline[] }
  | { readonly kind: 'quotation'; readonly speaker: Speaker; readonly children: readonly Inline[] }
  /** What the editor says apart from the story; `label` is one of `ASIDE_LABEL`. */
  | { readonly kind: 'aside'; readonly label: string; readonly children: readonly Inline[] };

/** What an aside begins with: `Editor`, `Editor Ada Example`, `Correction`, `Correction, 2000-05-08`. */
export const ASIDE_LABEL =
  /^(?:Editor(?: [^\s:[\]\\*_`<>&][^:[\]\\*_`<>&]{0,80})?|Correction(?:, \d{4}-\d{2}-\d{2})?)$/;

/** A piece of text. */
export function text(words: string): Inline {
  return { kind: 'text', text: words };
}
