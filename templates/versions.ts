import { heldLabel } from '../mail/series/patch-set.ts';
import { type Dates, timeElement } from './dates.ts';
import { type Html, html } from './html.ts';
import { counted, number } from './numbers.ts';
import { statusMark } from './status.ts';

/** A version of a series, as a list of versions names it. */
export interface VersionRow {
  readonly label: string;
  readonly href: string;
  /** `Superseded by v3`, or empty. */
  readonly state: string;
  readonly first: number;
  /** Undefined of one on a page that does not change with each of its messages. */
  readonly messages: number | undefined;
  /** Patches that were received, and how many its tags promise. */
  readonly patches: number;
  readonly promised: number;
  /** Whether it is what the page shows. */
  readonly current: boolean;
}

/** Where all the versions are of which a list names some. */
export interface AllVersions {
  readonly href: string;
  readonly count: number;
}

/** The versions of a series side by side; a list that names some of them leads to `all`. */
export function versionList(dates: Dates, versions: readonly VersionRow[], all?: AllVersions): Html {
  return html`<nav aria-label="Versions of this series"><ol class="versions">
${versions.map(version => item(dates, version))}${
  all && all.count > versions.length
    ? html`  <li><a href="${all.href}">All ${number(all.count)} versions</a></li>
`
    : ''
}</ol></nav>`;
}

function item(dates: Dates, { label, href, state, first, current, ...counts }: VersionRow): Html {
  const held = heldLabel(counts.patches, counts.promised);
  const messages = counts.messages === undefined ? '' : counted(counts.messages, 'message');
  return html`  <li${current ? html` aria-current="true"` : ''}><a class="v" href="${href}">${label}</a> ${state && statusMark({ look: 'quiet', words: state })}<p>${timeElement(first, dates.day(first))}${messages && `, ${messages}`}${held && `, ${held}`}</p></li>
`;
}
