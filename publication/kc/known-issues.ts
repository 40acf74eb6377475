import type { ToldThread } from '../issues/issue.ts';

/** The issues that a cross reference can lead to: those of the publication and those that come with this one. */
export interface KnownIssues {
  /** Whether there is such an issue, with that many sections where `section` is given. */
  has(issue: number, section?: number): boolean;
  /** The section on the thread with that subject; by the day on which the thread began, where there are several. */
  find(subject: string, day: string | undefined): SectionPlace | undefined;
}

export interface SectionPlace {
  readonly issue: number;
  /** From 1. */
  readonly section: number;
}

/** What is to be known of an issue to refer to it. */
export interface IssueOutline {
  readonly number: number;
  readonly sections: readonly { readonly told: ToldThread }[];
}

/** Issues as cross references see them; of two with one number the first counts. */
export function knownIssues(issues: readonly IssueOutline[]): KnownIssues {
  const lengths = new Map<number, number>();
  const places = new Map<string, (SectionPlace & { readonly day: string | undefined })[]>();
  for (const { number, sections } of issues) {
    if (lengths.has(number)) continue;
    lengths.set(number, sections.length);
    for (const [at, { told }] of sections.entries()) {
      if (told.subject === undefined) continue;
      const same = places.get(told.subject) ?? [];
      same.push({ issue: number, section: at + 1, day: told.first });
      places.set(told.subject, same);
    }
  }
  return {
    has: (issue, section = 0) => section <= (lengths.get(issue) ?? -1),
    find(subject, day) {
      const found = places.get(subject) ?? [];
      return found.find(place => place.day === day) ?? (found.length === 1 ? found[0] : undefined);
    },
  };
}
