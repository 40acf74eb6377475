/** What of a page is selected: words of one message, or why they cannot be quoted. */
export type Selected = { readonly anchor: string; readonly words: string } | { readonly refusal: string };

/** The page's own words within a message: notes of issues, folds' summaries, labels, buttons. */
const NOT_MAIL = '.note, .mark, summary, .label, .from, button';

/** What the reader has selected; undefined where that is nothing. */
export function selectedWords(selection: Selection | null): Selected | undefined {
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return undefined;
  const nodes = textNodes(selection.getRangeAt(0));
  if (nodes.length === 0) return undefined;
  const articles = new Set(nodes.map(({ node }) => node.parentElement!.closest('article.msg')));
  const [article] = articles;
  if (articles.size > 1 || !article) return { refusal: 'Select words of one message alone.' };
  const said = nodes.filter(({ node }) => node.parentElement!.closest('.mail'));
  if (said.length < nodes.length || said.length === 0)
    return { refusal: 'Select words of a message’s text.' };
  if (said.some(({ node }) => node.parentElement!.closest('.quoted')))
    return { refusal: 'These words are quoted from another message; quote them there.' };
  return { anchor: article.id, words: wordsOf(said) };
}

interface SelectedText {
  readonly node: Text;
  readonly text: string;
}

/** The text nodes of a range that are mail, with what of them is selected; those of blanks alone are left out. */
function textNodes(range: Range): readonly SelectedText[] {
  const root = range.commonAncestorContainer;
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const nodes: SelectedText[] = [];
  for (let node = root instanceof Text ? root : walker.nextNode(); node; node = walker.nextNode()) {
    if (!(node instanceof Text) || !range.intersectsNode(node) || node.parentElement!.closest(NOT_MAIL))
      continue;
    const from = node === range.startContainer ? range.startOffset : 0;
    const to = node === range.endContainer ? range.endOffset : node.length;
    const text = node.data.slice(from, to);
    if (text.trim() !== '') nodes.push({ node, text });
  }
  return nodes;
}

const BLOCK = 'p, pre, li, dt, dd, .diff span';

/** The selected words, an empty line between paragraphs; a paragraph that flows is one line. */
function wordsOf(nodes: readonly SelectedText[]): string {
  let words = '';
  let last: Element | null | undefined;
  for (const { node, text } of nodes) {
    const block = node.parentElement!.closest(BLOCK);
    if (last !== undefined && block !== last) words += block?.matches('.diff span') ? '\n' : '\n\n';
    words += block?.matches('.flow') ? text.replace(/\s+/g, ' ') : text;
    last = block;
  }
  return words;
}
