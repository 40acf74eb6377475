import { type Dates, timeElement } from './dates.ts';
import { type Html, html } from './html.ts';

/** A version of a series, as a list of versions names it. */
export interface VersionRow {
  readonly label: string;
  readonly href: string;
  /** `Superseded by v3`, or empty. */
  readonly state: string;
  readonly first: number;
  readonly messages: number;
  /** Whether it is what the page shows. */
  readonly current: boolean;
}

/** The versions of a series side by side. */
export function versionList(dates: Dates, versions: readonly VersionRow[]): Html {
  return html`<nav aria-label="Versions of this series"><ol class="versions">
${versions.map(
  one => html`  <li${one.current ? html` aria-current="true"` : ''}><a class="v" href="${one.href}">${one.label}</a> ${one.state && html`<span class="st st-quiet">${one.state}</span>`}<p>${timeElement(one.first, dates.day(one.first))}, ${one.messages === 1 ? '1 message' : `${one.messages.toLocaleString('en-US')} messages`}</p></li>
`,
)}</ol></nav>`;
}
