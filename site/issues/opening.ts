import { Lexer, type Token } from 'marked';
import { idOfMidUrl } from '../../briefs/citations.ts';
import { readInline } from '../../briefs/verify/quoted-text.ts';
import { visible } from '../../mail/printable.ts';
import { type Html, html } from '../../templates/html.ts';
import { wholeSentences } from '../gists.ts';
import { postHref } from '../mail-views.ts';
import { type ProseLook, renderTokens } from '../prose.ts';
import type { Views } from '../views.ts';

/** Room for a sentence or two. */
const LETTERS = 260;

/** How a story begins: whole sentences of its first paragraph, their quotations leading to their messages. Empty where it begins with something else. */
export function openingWords(views: Views, markdown: string): Html | '' {
  const paragraph = new Lexer({ gfm: true }).lex(visible(markdown)).find(({ type }) => type !== 'space');
  if (paragraph?.type !== 'paragraph') return '';
  return html`${renderTokens(beginning(paragraph.tokens ?? []), look(views))}`;
}

function beginning(tokens: readonly Token[]): readonly Token[] {
  const shown = tokens.map(token => readInline([token]).shown.replace(/\s/g, ' '));
  const kept = wholeSentences(shown.join(''), LETTERS).replace(/ \[…\]$/, '');
  let left = kept.length;
  return tokens.flatMap((token, at) => {
    const room = left;
    left -= shown[at]!.length;
    if (left >= 0) return [token];
    // A quotation is told whole or not at all.
    return room > 0 && token.type === 'text' ? [{ ...token, text: shown[at]!.slice(0, room) }] : [];
  });
}

function look(views: Views): ProseLook {
  const { site } = views;
  return {
    quotation(words, { url }) {
      const id = idOfMidUrl(url);
      const post = id && site.postOf.get(id);
      if (!post) return html`<q class="unverified">${words}</q>`;
      const href = postHref(views, site.discussionOf.get(id)!, post);
      return html`<q><a class="said" href="${href}">${words}</a></q>`;
    },
    block: () => '',
    link: words => words,
  };
}
