import type { Subject } from '../subject.ts';

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

const PATCH = /^(?:patch|diff|patchset|patchv?(?=\d))/i;
const VERSION =
  /^(?:rfc|patch(?:set|es)?|rev|version)?[-_]?(?:v|ver|rev|version)\.?[-_]?(\d{1,3})(?:\.(\d{1,3}))?[:]?$/i;
const GLUED_VERSION = /^(?:patch|rfc)(?:set)?[-_]?v?(\d{1,3})$/i;
const PLACE = /^(\d{1,4})\/(\d{1,4}):?$/;
const OF = /\b(\d{1,4}) of (\d{1,4})\b/gi;
const RESEND = /^(?:re-?sen[dt]|re-?post(?:ed)?|resand)$/i;
const RFC = /^rfc(?:$|[-_/]|v?\d)/i;
const PULL = /\b(?:git[ -]pull|pull[ -]request|git[ -]fixes[ -]pull)\b/gi;

/**
 * The mark that `subject` bears; undefined for replies and for what offers no patch. Tags count whatever their
 * order and however they are glued: `[PATCH][RESEND v2]`, `[PATCHv3,1/2]`, `[v2,3/7]`, `[PATCH 1 of 2]`. A
 * number alone is no version: `[PATCH 5.4 012/309]` is for a kernel, `[PATCH v5.1]` repairs v5.
 */
export function patchMark({ reply, tags }: Subject): PatchMark | undefined {
  if (reply || tags.length === 0) return undefined;
  const text = tags.map(tag => tag.slice(1, -1)).join(' ');
  const pull = text.search(PULL) !== -1;
  const words = text
    .replace(PULL, ' ')
    .replace(OF, '$1/$2')
    .split(/[\s,]+/)
    .filter(word => word !== '');
  let [version, versioned]: [readonly [number, number], boolean] = [[1, 0], false];
  let place: PatchMark['place'];
  let [patch, rfc, resend] = [false, false, false];
  const subsystems: string[] = [];
  for (const word of words) {
    const numbered = VERSION.exec(word) ?? GLUED_VERSION.exec(word);
    const [, index, total] = PLACE.exec(word) ?? [];
    const isPatch = PATCH.test(word) || /[-/_]patch$/i.test(word);
    const isRfc = RFC.test(word) || /[-/_]rfc$/i.test(word);
    patch ||= isPatch;
    rfc ||= isRfc;
    if (numbered) [version, versioned] = [[Number(numbered[1]), Number(numbered[2] ?? 0)], true];
    else if (index !== undefined && total !== undefined)
      place = placeOf(Number(index), Number(total)) ?? place;
    else if (RESEND.test(word)) resend = true;
    else if (!isPatch && !isRfc) subsystems.push(word.toLowerCase());
  }
  // Some leave PATCH out: `[net-next 1/3]`, `[RFT 03/13]`. A place alone may be any count.
  if (!patch && !pull && !(place && (versioned || rfc || resend || subsystems.length > 0))) return undefined;
  return { kind: pull ? 'pull' : 'patch', version, versioned, place, rfc, resend, subsystems };
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
