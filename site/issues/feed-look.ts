import { speakerOfSaidUrl } from '../../briefs/citations.ts';
import type { CheckedQuotation } from '../../briefs/verify.ts';
import type { Issue } from '../../publication/issues/issue.ts';
import { html } from '../../templates/html.ts';
import type { ProseLook } from '../prose.ts';
import type { Views } from '../views.ts';
import { sourcesOf } from './sources.ts';

/**
 * How an issue's prose looks in feeds, where no stylesheet and no page is around it: plain markup, all links with their
 * host. A quotation that is known to be true leads to its message; `checked` are those of the prose.
 */
export function feedLook(views: Views, issue: Issue, checked: readonly CheckedQuotation[]): ProseLook {
  const sources = sourcesOf(views, issue, checked);
  return {
    quotation(words, { url, text }) {
      const source = sources.ofQuotation(url, text);
      const speaker = speakerOfSaidUrl(url);
      if (source) return html`“<a href="${absolute(views, source.href)}">${words}</a>”`;
      return speaker === undefined ? html`“${words}”` : html`<span title="${speaker}">“${words}”</span>`;
    },
    block({ url, name, text, words }) {
      const source = sources.ofQuotation(url, text);
      const by = source
        ? html`<p>— <a href="${absolute(views, source.href)}">${source.post.author.name}</a></p>`
        : name && html`<p>— ${name}</p>`;
      return html`<blockquote>${words(one => one)}${by}</blockquote>\n`;
    },
    link(words, url) {
      const target = sources.ofLink(url);
      if (!target) return words;
      return html`<a href="${absolute(views, target.href)}">${words}</a>`;
    },
  };
}

/** A link with its host; one that leads elsewhere has it already. */
export function absolute({ frame }: Views, href: string): string {
  return href.startsWith('/') ? `${frame.siteUrl}${href}` : href;
}
