import { statusWords } from '../../briefs/story/wording.ts';
import type { Candidate } from './candidates.ts';
import type { Coverage } from './coverage.ts';
import type { Covered } from './moved.ts';
import type { Reason, ReasonKind } from './reasons.ts';

/** `12 people`, `1 person`. */
function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** More names than this would hide the other reasons. */
const MOST_NAMES = 3;

function named(names: readonly string[]): string {
  const more = names.length - MOST_NAMES;
  return `${names.slice(0, MOST_NAMES).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

const WORDS: Readonly<Record<ReasonKind, (reason: Reason) => string>> = {
  people: ({ count }) => counted(count, 'person', 'people'),
  answers: ({ count }) => counted(count, 'answer'),
  depth: ({ count }) => `${count} deep`,
  'new voices': ({ count, names }) => `${counted(count, 'new voice')} (${named(names)})`,
  maintainers: ({ count, names }) => `${counted(count, 'maintainer')} (${named(names)})`,
  objections: ({ count }) => counted(count, 'objection'),
  outcome: ({ names }) => names.join(),
  lists: ({ count }) => counted(count, 'list'),
  'carried over': () => 'carried over',
  'new version': ({ names }) => `new version of what was told, ${names.join()}`,
};

/** A reason with its points: `3 maintainers (Ada Birch, Ben Cedar, Cy Elm) +9`. */
export function reasonWords(reason: Reason): string {
  return `${WORDS[reason.kind](reason)} +${reason.points}`;
}

/** What an editor should know of a candidate besides: what issues told of it, what moved, where it came from. */
export function historyWords(candidate: Candidate): readonly string[] {
  const { covered, earlier, carriedOver, sameSeries, later } = candidate;
  return [
    ...(covered ? [`covered in ${sectionName(covered.coverage)}; since then ${movedWords(covered)}`] : []),
    ...(earlier ? [`an earlier version was covered in ${sectionName(earlier)}`] : []),
    ...(carriedOver === undefined
      ? []
      : [`carried over: candidate ${carriedOver} of the time before, not covered`]),
    ...(sameSeries === undefined ? [] : [`another version of the patches of candidate ${sameSeries}`]),
    ...(later === 0 ? [] : [`${counted(later, 'message')} came after these days`]),
  ];
}

/** `issue 11, syscalls`. */
function sectionName({ issue, section }: Coverage): string {
  return `issue ${issue.number}, ${section.id}`;
}

/** What moved: `5 messages of 3 people, now merged`. */
export function movedWords({ since, outcome, version }: Covered): string {
  const { posts, voices } = since;
  const moved = [
    ...(posts.length > 0
      ? [`${counted(posts.length, 'message')} of ${counted(voices.length, 'person', 'people')}`]
      : []),
    ...(outcome ? [`now ${statusWords(outcome).toLowerCase()}`] : []),
    ...(version ? [`${version.label} was posted`] : []),
  ];
  return moved.join(', ') || 'nothing';
}
