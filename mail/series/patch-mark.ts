import { held } from '../held.ts';
import { MOST_HELD, type Subject } from '../subject.ts';

/** What the tags of a subject tell of a patch, a cover letter or a pull request: `[RFC PATCH net-next v3 2/7]`. */
export interface PatchMark {
  readonly kind: 'patch' | 'pull';
  /** As compared: 1 where none is named; `v5.1` is `[5, 1]`, a repair of one patch of v5. */
  readonly version: readonly [major: number, minor: number];
  /** Whether the tags name a version. */
  readonly versioned: boolean;
  /** Which of how many; 0 is the cover letter. Undefined for a patch that stands alone. */
  readonly place: { readonly index: number; readonly total: number } | undefined;
  readonly rfc: boolean;
  readonly resend: boolean;
  /** The other tags, in lower case: subsystems, trees, lists. */
  readonly subsystems: readonly string[];
}

/** A list may be called `patches`, `patchwork` or `patch-devel`; git writes PATCH in capitals. */
const PATCH = /^(?:(?:patch|patchset|diff):?$|patch(?:set)?[-_/]?v?\d|patch[-_/]rfc)/i;
const PATCH_FOR = /^PATCH[-_/]\w|[-/_](?:patch|PATCH)$/;
const VERSION =
  /^(?:rfc|patch(?:set|es)?|rev|version)?[-_/]?(?:v|ver|rev|version)\.?[-_]?(\d{1,3})(?:\.(\d{1,3}))?[:]?$/i;
const GLUED_VERSION = /^(?:patch|rfc)(?:set)?[-_]?v?(\d{1,3})$/i;
const PLACE = /^(\d{1,4})\/(\d{1,4}):?$/;
const OF = /\b(\d{1,4})(?: of | ?\/ ?)(\d{1,4})\b/gi;
/** `take 2`, `try #3`, `version 4`: a version in words. */
const SPELT_OUT = /\b(?:take|try|attempt|round|rev|revision|ver|version|v) #?(\d{1,2})(?![\d./])/gi;
const RESEND = /^(?:re-?sen[dt]|re-?post(?:ed)?|resand)$/i;
const RFC = /^rfc(?:$|[-_/]|v?\d)/i;
/** `[GIT PULL]`, `[PULL 0/3]`, `[GIT FIXES FOR v5.2]`; `[GIT]` alone is in capitals, as a list is not. */
const PULL =
  /\bgit[ -]pull\b|\bpull[ -]request\b|\bgit[ -]fixes(?:[ -]pull)?\b|\bgit[ -]patch(?:es)?\b|(?<=^|[ ,])pull(?=$|[ ,:])/gi;
const GIT_ALONE = '[GIT]';
/** Some leave PATCH out where they name a tree or ask for tests: `[net-next 1/3]`, `[RFT 03/13]`. `[list 3/4]` is no patch. */
const FOR_PATCHES = /^(?:rft|fyi|committed|pushed|(?:[\w-]+-)?next)$/;
/** Who asks after a patch sends none. */
const PING = /^ping[\W\d]*$/;

/**
 * The mark that `subject` bears; undefined for replies, for what is forwarded and for what offers no patch. Tags count
 * whatever their order and however they are glued: `[PATCH][RESEND v2]`, `[PATCHv3,1/2]`, `[v2,3/7]`, `[PATCH 1 of
 * 2]`, `[PATCH, take 2]`. A number alone is no version: `[PATCH 5.4 012/309]` is for a kernel. Nor is what stands behind FOR, or beside
 * another version; that `[PATCH v5.1]` is for a kernel too, and no repair of v5, the subject alone cannot tell: see
 * `asTree`.
 */
export function patchMark(subject: Subject): PatchMark | undefined {
  if (subject.reply || subject.forward || subject.tags.length === 0) return undefined;
  return marks(subject).mark;
}

/** The marks of subjects: each is asked for again and again. */
const marks = held(({ tags }: Subject) => ({ mark: markIn(tags) }), MOST_HELD);

function markIn(tags: readonly string[]): PatchMark | undefined {
  const text = tags.map(tag => tag.slice(1, -1)).join(' ');
  const pull = text.search(PULL) !== -1 || tags.includes(GIT_ALONE);
  const words = text
    .replace(PULL, ' ')
    .replace(OF, '$1/$2')
    .replace(SPELT_OUT, 'v$1')
    .split(/[\s,()[\]]+/)
    .filter(word => word !== '' && !(pull && word === 'GIT'));
  const versions: Numbered[] = [];
  let place: PatchMark['place'];
  let [patch, rfc, resend] = [false, false, false];
  const subsystems: string[] = [];
  for (const [at, word] of words.entries()) {
    const numbered = VERSION.exec(word) ?? GLUED_VERSION.exec(word);
    const [, index, total] = PLACE.exec(word) ?? [];
    const isPatch = PATCH.test(word) || PATCH_FOR.test(word);
    const isRfc = RFC.test(word) || /[-/_]rfc$/i.test(word);
    patch ||= isPatch;
    rfc ||= isRfc;
    if (numbered && !/^for$/i.test(words[at - 1] ?? ''))
      versions.push({ word, version: [Number(numbered[1]), Number(numbered[2] ?? 0)] });
    else if (index !== undefined && total !== undefined)
      place = larger(place, placeOf(Number(index), Number(total)));
    else if (RESEND.test(word)) resend = true;
    else if (!isPatch && !isRfc) subsystems.push(word.toLowerCase());
  }
  if (subsystems.some(word => PING.test(word))) return undefined;
  const own = versions.findLast(({ version }) => version[1] === 0) ?? (pull ? undefined : versions.at(-1));
  subsystems.push(...versions.filter(one => one !== own && one.version[1] > 0).map(treeOf));
  // A place alone may be any count.
  const counted = place && (own || rfc || resend || subsystems.some(word => FOR_PATCHES.test(word)));
  if (!patch && !pull && !counted) return undefined;
  const kind = pull ? 'pull' : 'patch';
  return {
    kind,
    version: own?.version ?? [1, 0],
    versioned: own !== undefined,
    place,
    rfc,
    resend,
    subsystems,
  };
}

interface Numbered {
  readonly word: string;
  readonly version: PatchMark['version'];
}

function treeOf({ version }: Pick<Numbered, 'version'>): string {
  return `v${version.join('.')}`;
}

/** The kernels that a patch is for: the same for two of them is two. */
export function treesOf({ subsystems }: PatchMark): string {
  return subsystems.filter(tag => /^v?\d+\.\d+/.test(tag)).join();
}

/** `[PATCH v4.1 03/25 1/1]`: git counts what is sent anew alone. */
function larger(one: PatchMark['place'], other: PatchMark['place']): PatchMark['place'] {
  return one && (!other || other.total < one.total) ? one : other;
}

/** A mark as it is where no version 5 is there that its `v5.1` could mend: a kernel that the patch is for. */
export function asTree(mark: PatchMark): PatchMark {
  const subsystems = [...mark.subsystems, treeOf(mark)];
  return { ...mark, version: [1, 0], versioned: false, subsystems };
}

/** 3/2 is a date or a joke; so is 0/0. */
function placeOf(index: number, total: number): PatchMark['place'] {
  return total === 0 || index > total ? undefined : { index, total };
}

/** `v3`, `v5.1`, `RFC v2`, `RFC`, `v1`, `v2 (resent)`: a version as a page names it. */
export function versionLabel({ version: [major, minor], versioned, rfc, resend }: PatchMark): string {
  const number = `v${major}${minor > 0 ? `.${minor}` : ''}`;
  const name = rfc ? (versioned ? `RFC ${number}` : 'RFC') : number;
  return resend ? `${name}, resent` : name;
}
