import { speakerOfSaidUrl } from '../../briefs/citations.ts';
import { type CheckedQuotation, citedIds } from '../../briefs/verify.ts';
import { addTo, groupBy } from '../../mail/group-by.ts';
import type { MessageId } from '../../mail/message-id.ts';
import type { Issue, Section } from '../../publication/issues/issue.ts';
import type { CheckedIssues } from './checked.ts';

/** A quotation, and where in an issue it stands. */
export interface PlacedQuotation extends CheckedQuotation {
  readonly issue: Issue;
  /** Undefined in an introduction. */
  readonly section: Section | undefined;
  /** The section's, from 1; an introduction is 0. */
  readonly number: number;
}

/** The quotations of issues, true or not, in their order. */
export function* quotationsOf({ issues, quotations }: CheckedIssues): Generator<PlacedQuotation> {
  for (const issue of issues)
    for (const [number, section] of [undefined, ...issue.sections].entries())
      for (const checked of quotations.get(section?.prose ?? issue.introduction) ?? [])
        yield { ...checked, issue, section, number };
}

/** Whose words a quotation of mail that is not held is said to be; undefined of any other, and where nobody is named. */
export function saidName({ verdict, quotation }: CheckedQuotation): string | undefined {
  return verdict === 'unverified' ? (speakerOfSaidUrl(quotation.url) ?? quotation.name) : undefined;
}

/** A place in an issue that quotes or cites a message. */
export interface QuotedPlace {
  readonly issue: number;
  /** The section's name and its number; undefined in an introduction. */
  readonly section: string | undefined;
  readonly number: number;
  /** The words, as the issue writes them and as it shows them: one of these is the mail's. None where it is cited alone. */
  readonly words: readonly string[];
}

/** Where messages are quoted or cited, by issue. */
export type QuotedIn = ReadonlyMap<MessageId, readonly QuotedPlace[]>;

/**
 * Where messages are quoted in issues, and then where they are cited and not quoted; quotations that are not true are
 * left out.
 */
export function quotedIn(issues: CheckedIssues): QuotedIn {
  const places = new Map<MessageId, QuotedPlace[]>();
  for (const { verdict, quotation, issue, section, number } of quotationsOf(issues)) {
    if (verdict !== 'ok') continue;
    const words = [...new Set([quotation.text.written, quotation.text.shown])];
    addTo(places, quotation.id!, { issue: issue.number, section: section?.id, number, words });
  }
  const quoting = new Set([...places].flatMap(([id, all]) => all.map(place => placeKey(id, place))));
  for (const issue of issues.issues)
    for (const [number, section] of [undefined, ...issue.sections].entries())
      for (const id of citedIds((section?.prose ?? issue.introduction).markdown)) {
        const place = { issue: issue.number, section: section?.id, number, words: [] };
        if (!quoting.has(placeKey(id, place))) addTo(places, id, place);
      }
  return places;
}

function placeKey(id: MessageId, { issue, number }: QuotedPlace): string {
  return `${issue} ${number} ${id}`;
}

/** The sections that tell of a thread, by its first message, in the order of the issues. */
export type ToldIn = ReadonlyMap<MessageId, readonly Pick<QuotedPlace, 'issue' | 'section' | 'number'>[]>;

/** Which sections tell of which threads; `rootOf` gives the first message of a message's thread. */
export function toldIn({ issues }: CheckedIssues, rootOf: (id: MessageId) => MessageId | undefined): ToldIn {
  const told = groupBy(
    issues.flatMap(({ number: issue, sections }) =>
      sections.map(({ id, thread }, at) => ({ thread, issue, section: id, number: at + 1 })),
    ),
    ({ thread }) => thread && rootOf(thread),
  );
  return new Map([...told].flatMap(([root, places]) => (root === undefined ? [] : [[root, places]])));
}
