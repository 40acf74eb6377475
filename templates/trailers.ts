import { type Html, html } from './html.ts';
import { linked, type MailLinks, outward } from './mail-links.ts';

/** A trailer that an answer gives: `Reviewed-by`, what stands behind it, and the answer. */
export interface GivenTrailer {
  readonly name: string;
  readonly value: string;
  readonly href: string;
  readonly number: number;
}

/** Trailers of one name, in one row. */
interface Row {
  readonly name: string;
  readonly values: string[];
}

/** More addresses of a Cc than this are folded: they say whom a program chose, not what somebody did. */
const SHOWN_COPIES = 2;

/**
 * A block of trailers, a row for those of one name that stand together; who gets a copy comes last, and folds.
 * Commits, messages and people lead to where the site or the list has them.
 */
export function trailers(lines: readonly string[], links: MailLinks): Html {
  const rows: Row[] = [];
  const copies: Row = { name: 'Cc', values: [] };
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon === -1) continue;
    const name = line.slice(0, colon);
    const value = line.slice(colon + 1).trim();
    if (/^cc$/i.test(name)) copies.values.push(value);
    else if (rows.at(-1)?.name === name) rows.at(-1)!.values.push(value);
    else rows.push({ name, values: [value] });
  }
  return html`<dl class="trailers">${rows.map(row => rowOf(row, links))}${copies.values.length > 0 ? copiesOf(copies, links) : ''}</dl>\n`;
}

function rowOf({ name, values }: Row, links: MailLinks): Html {
  return html`${term(name)}${values.map(value => html`<dd>${shownValue(name, value, links)}</dd>`)}`;
}

/** What somebody did stands out from what a commit needs. */
const DEEDS = /^(?:Reviewed|Acked|Tested|Nacked|NAKed)\b/i;

function term(name: string): Html {
  return html`<dt${DEEDS.test(name) ? html` class="deed"` : ''}>${name}</dt>`;
}

function copiesOf(copies: Row, links: MailLinks): Html {
  if (copies.values.length <= SHOWN_COPIES) return rowOf(copies, links);
  return html`${term(copies.name)}<dd><details class="fold"><summary>${copies.values.length} addresses</summary>
<ul>${copies.values.map(value => html`<li>${shownValue(copies.name, value, links)}</li>`)}</ul></details></dd>`;
}

/** A commit that a trailer names, which may be shorter than one in prose, with its title. */
const FIXED = /^[0-9a-f]{7,40}\b(?: ?\(".*"\))?/;
/** `Ada Example <ada@example.org>`, and what may follow. */
const PERSON = /^([^<>@]*[^<>@\s])\s*<([^<>@\s]+@[^<>@\s]+)>/;

function shownValue(name: string, value: string, links: MailLinks): Html {
  const fixed = name === 'Fixes' ? FIXED.exec(value)?.[0] : undefined;
  const commit = fixed === undefined ? undefined : outward(links.commit(/^[0-9a-f]+/.exec(fixed)![0]));
  if (commit) return html`${commit(fixed!)}${linked(value.slice(fixed!.length), links)}`;
  const [, person, address] = PERSON.exec(value) ?? [];
  const href = address === undefined ? undefined : links.person(address);
  if (href === undefined) return linked(value, links);
  return html`<a class="person" href="${href}">${person}</a>${value.slice(person!.length)}`;
}

/** What answers give to a patch, each with the answer that gives it; nothing where none does. */
export function givenTrailers(given: readonly GivenTrailer[], links: MailLinks): Html | '' {
  if (given.length === 0) return '';
  return html`<dl class="trailers given">${given.map(
    ({ name, value, href, number }) =>
      html`${term(name)}<dd>${shownValue(name, value, links)} <a href="${href}">#${number}</a></dd>`,
  )}</dl>\n`;
}
