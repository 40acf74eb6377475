import { type Html, html } from './html.ts';

/** A place in an issue, as `issue 12, section 3`. */
export interface IssuePlace {
  readonly href: string;
  readonly label: string;
}

/** The lists that a thread or a message is on, each as a link. */
export function listLinks(lists: readonly { readonly name: string; readonly href: string }[]): Html {
  return joined(lists.map(({ name, href }) => html`<a href="${href}">${name}</a>`));
}

/** `, told in issue 12, section 3`; nothing where no issue tells of the thread. */
export function toldIn(sections: readonly IssuePlace[]): Html | '' {
  if (sections.length === 0) return '';
  return html`, told in ${joined(sections.map(({ href, label }) => html`<a href="${href}">${label}</a>`))}`;
}

/** Parts with commas between them. */
export function joined(parts: readonly (Html | string)[]): Html {
  return html`${parts.map((part, index) => (index === 0 ? part : html`, ${part}`))}`;
}
