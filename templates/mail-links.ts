import { mailLinks } from '../mail/mail-link.ts';
import { type Html, html } from './html.ts';

/** Where a mail's text may lead. */
export interface MailLinks {
  /** A message that is quoted, as it is named; undefined where the page cannot lead to it. */
  source(id: string): { readonly href: string; readonly number: number; readonly author: string } | undefined;
  /** The link of a message that the site has. */
  held(id: string): string | undefined;
  /** The link of a commit; undefined where nobody has said where those of the list are shown. */
  commit(id: string): string | undefined;
  /** The link of what the person with an address wrote; undefined where they wrote nothing here. */
  person(address: string): string | undefined;
}

/** For texts that stand alone. */
export const NO_LINKS: MailLinks = {
  source: () => undefined,
  held: () => undefined,
  commit: () => undefined,
  person: () => undefined,
};

/** What `git format-patch` writes behind its first From is a commit that nobody else has. */
const LINK =
  /\bhttps?:\/\/[^\s<>"'`\u0000-\u001f]+|\bmid:[^\s<>"'`\u0000-\u001f]+|<[^\s<>@]{1,250}@[^\s<>@]{1,250}>|(?<![\w@/+=%#-]|[^.]\.|^From )[0-9a-f]{12,40}(?![\w@/+=%-]|\.\w)/gm;
/** Addresses of messages that lore.kernel.org answers for, or once others did. */
const MOVED = /^https?:\/\/(?:lkml\.kernel\.org\/r|(?:www\.)?mid\.gmane\.org)\//i;

/** Whether anything in a text may be a link. */
export function hasLinks(text: string): boolean {
  return text.search(LINK) !== -1;
}

/**
 * Text whose web addresses are links; what closes a sentence or a bracket around them is not part of them. What
 * names a message that the site has leads to it: an archive's address, `mid:`, an id in brackets. Ids of commits
 * lead to their commits. The text stays.
 */
export function linked(text: string, links: MailLinks = NO_LINKS): Html {
  const parts: Html[] = [];
  let at = 0;
  for (const match of text.matchAll(LINK)) {
    const shown = match[0].startsWith('<') ? match[0].slice(1, -1) : withoutTail(match[0]);
    const start = match.index + match[0].indexOf(shown);
    const link = linkOf(match[0].startsWith('<') ? match[0] : shown, links);
    if (link === undefined) continue;
    parts.push(html`${text.slice(at, start)}`, link(shown));
    at = start + shown.length;
  }
  return html`${parts}${text.slice(at)}`;
}

function linkOf(target: string, links: MailLinks): ((shown: string) => Html) | undefined {
  if (/^[0-9a-f]+$/.test(target)) return isCommit(target) ? outward(links.commit(target)) : undefined;
  const id = mailLinks(target)[0]?.id;
  const held = id === undefined ? undefined : links.held(id);
  if (held !== undefined) return shown => html`<a href="${held}">${shown}</a>`;
  if (!/^https?:/i.test(target)) return undefined;
  return outward(
    id !== undefined && MOVED.test(target) ? `https://lore.kernel.org/r/${encodeURIComponent(id)}` : target,
  );
}

/** A link that leaves the site. */
export function outward(href: string | undefined): ((shown: string) => Html) | undefined {
  return href === undefined ? undefined : shown => html`<a href="${href}" rel="nofollow">${shown}</a>`;
}

/** Whether hexadecimal digits in prose are the id of a commit: not a number, a word, an address or an MD5 sum. */
function isCommit(digits: string): boolean {
  return (
    /[a-f]/.test(digits) &&
    /\d/.test(digits) &&
    !/^(?:ffff|0000)/.test(digits) &&
    digits.length !== MD5_DIGITS
  );
}

const MD5_DIGITS = 32;

/** `url` without the marks that follow it in a sentence; a closing bracket stays where one was opened in it. */
function withoutTail(url: string): string {
  const surplus: Record<string, number> = { ')': 0, ']': 0, '}': 0 };
  for (const character of url) {
    const closing = { '(': ')', '[': ']', '{': '}' }[character];
    if (closing) surplus[closing]!--;
    else if (character in surplus) surplus[character]!++;
  }
  // One walk from the end: an address may be as long as a mail.
  let end = url.length;
  for (; end > 0; end--) {
    const last = url[end - 1]!;
    if ('.,;:!?*_~'.includes(last)) continue;
    if (!(surplus[last]! > 0)) break;
    surplus[last]!--;
  }
  return url.slice(0, end);
}
