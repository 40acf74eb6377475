import { idOfMidUrl } from '../../briefs/citations.ts';
import type { CheckedQuotation } from '../../briefs/verify.ts';
import type { Issue } from '../../publication/issues/issue.ts';
import { linkTarget } from '../../publication/issues/links.ts';
import { postHref } from '../mail-views.ts';
import type { Post } from '../model.ts';
import { issuePath } from '../permalinks.ts';
import type { Views } from '../views.ts';

/** The message of a quotation or citation, and where it is read. */
export interface Source {
  readonly post: Post;
  readonly href: string;
}

/** Where the quotations and links of an issue's prose lead. */
export interface Sources {
  /** The message that a quotation is known to come from, word for word; undefined where it is not. */
  ofQuotation(url: string | undefined, text: string): Source | undefined;
  /** Where a link leads; undefined where it leads nowhere. */
  ofLink(url: string): { readonly href: string; readonly external: boolean } | undefined;
}

/** The sources of an issue's prose; `checked` are its quotations. */
export function sourcesOf(views: Views, { number }: Issue, checked: readonly CheckedQuotation[]): Sources {
  const { site, link } = views;
  const untrue = checked.filter(({ verdict }) => verdict !== 'ok').map(({ quotation }) => quotation);
  const messageOf = (url: string | undefined): Source | undefined => {
    const id = url === undefined ? undefined : idOfMidUrl(url);
    const post = id && site.postOf.get(id);
    return post && { post, href: postHref(views, site.discussionOf.get(id)!, post) };
  };
  return {
    ofQuotation: (url, text) =>
      untrue.some(one => one.url === url && text.includes(one.text.shown)) ? undefined : messageOf(url),
    ofLink(url) {
      const target = linkTarget(url, number);
      if (target?.kind === 'web') return { href: target.url, external: true };
      const href = target ? link(issuePath(target.issue), target.anchor) : messageOf(url)?.href;
      return href === undefined ? undefined : { href, external: false };
    },
  };
}
