import type { Issue } from './issue.ts';

/** Where a link in an issue's Markdown leads. */
export type LinkTarget =
  | { readonly kind: 'issue'; readonly issue: number; readonly anchor: string | undefined }
  | { readonly kind: 'web'; readonly url: string }
  /** It leads nowhere. */
  | undefined;

/** `../11/`, `/issues/11/`, with or without an anchor. */
const ISSUE = /^(?:\.\.|\/issues)\/([1-9]\d{0,5})\/?(?:#(.*))?$/s;

/** Where `url` leads from issue `number`: `#syscalls` or `#s3` to a section of it, `../11/#syscalls` to another's. */
export function linkTarget(url: string, number: number): LinkTarget {
  if (/^https?:\/\/[^/]|^mailto:./i.test(url)) return { kind: 'web', url };
  if (url.startsWith('#')) return { kind: 'issue', issue: number, anchor: url.slice(1) };
  const [, issue, anchor] = ISSUE.exec(url) ?? [];
  return issue === undefined ? undefined : { kind: 'issue', issue: Number(issue), anchor };
}

/** The place of a section in its issue, from 1, by its name or by `s3`; undefined where there is none. */
export function sectionAt({ sections }: Issue, anchor: string): number | undefined {
  const numbered = /^s([1-9]\d{0,3})$/.exec(anchor)?.[1];
  const at = numbered === undefined ? sections.findIndex(({ id }) => id === anchor) + 1 : Number(numbered);
  return at >= 1 && at <= sections.length ? at : undefined;
}

/** What is wrong with a link in issue `number`, in a sentence; undefined where it leads somewhere. */
export function linkFault(
  url: string,
  number: number,
  issues: ReadonlyMap<number, Issue>,
): string | undefined {
  const target = linkTarget(url, number);
  if (!target)
    return `${url} leads nowhere; write #NAME for a section of this issue, ../11/#NAME for one of another, mid:ID for a message, or a whole web address.`;
  if (target.kind === 'web') return undefined;
  const issue = issues.get(target.issue);
  if (!issue) return `There is no issue ${target.issue}; correct the link.`;
  if (target.anchor === undefined || sectionAt(issue, target.anchor) !== undefined) return undefined;
  const names = issue.sections.map(({ id }) => id).join(', ');
  return `Issue ${target.issue} has no section ${target.anchor}; it has ${names || 'none'}.`;
}
