import { addTo } from '../group-by.ts';
import type { MessageId } from '../message-id.ts';
import { formerTitle } from '../subject.ts';
import type { Changelog } from './changelog.ts';
import type { Evidence } from './link.ts';
import type { Mailed, PatchSet } from './patch-set.ts';
import { titleWords, wordsInCommon } from './title-words.ts';

/** More sets of one title than this, such as weekly pull requests, are looked at from the latest on. */
const MAX_ALIKE = 40;
/** A new version in answer to a longer discussion than this deep is not looked for. */
const MAX_CLIMB = 100;

/** The patch sets that came before, by all that a later one may have in common with them. */
export class Predecessors<M extends Mailed> {
  readonly #byMember = new Map<MessageId, PatchSet<M>>();
  readonly #byTitle = new Map<string, PatchSet<M>[]>();
  readonly #byPatch = new Map<string, PatchSet<M>[]>();
  readonly #byChangeId = new Map<string, PatchSet<M>[]>();
  readonly #byAuthor = new Map<string, PatchSet<M>[]>();
  readonly #added = new Set<PatchSet<M>>();
  /** What a set is compared by; it is compared with many. */
  readonly #words = new Map<PatchSet<M>, ReadonlySet<string>>();
  readonly #titles = new Map<PatchSet<M>, ReadonlySet<string>>();

  /** What can be found among `sets`, once they are added in the order of their time. */
  constructor(sets: readonly PatchSet<M>[]) {
    for (const set of sets) {
      for (const { message } of set.all) this.#byMember.set(message.id, set);
      this.#words.set(set, titleWords(set));
      this.#titles.set(set, patchTitles(set));
    }
  }

  /** The set that a message belongs to: a patch or cover letter of it. */
  setOf(message: MessageId): PatchSet<M> | undefined {
    return this.#byMember.get(message);
  }

  /** Makes a set one of those that came before. */
  add(set: PatchSet<M>, changelog: Changelog | undefined): void {
    this.#added.add(set);
    addTo(this.#byAuthor, set.head.author.key, set);
    addTo(this.#byTitle, set.head.title, set);
    for (const title of this.#titles.get(set)!) addTo(this.#byPatch, title, set);
    if (changelog?.changeId) addTo(this.#byChangeId, changelog.changeId, set);
  }

  /** The sets that `set` may be a later version of, with what speaks for each. */
  of(set: PatchSet<M>, changelog: Changelog | undefined): ReadonlyMap<PatchSet<M>, readonly Evidence[]> {
    const found = new Map<PatchSet<M>, Evidence[]>();
    const tell = (to: PatchSet<M>, evidence: Evidence) => addTo(found, to, evidence);
    const proof = set.head.message.id;
    for (const to of recent(this.#byChangeId, changelog?.changeId)) tell(to, { kind: 'change-id', proof });
    for (const to of this.#cited(changelog)) tell(to, { kind: 'cited', proof });
    for (const to of recent(this.#byTitle, set.head.title)) tell(to, { kind: 'title', proof });
    const former = formerTitle(set.head.subject.title);
    for (const to of recent(this.#byTitle, former)) tell(to, { kind: 'was', proof });
    const answered = answeredBy(set, id => this.#byMember.get(id));
    if (answered && this.#added.has(answered)) tell(answered, { kind: 'reply', proof });
    for (const [to, shared] of this.#alike(set)) tell(to, { kind: 'patches', proof, shared });
    const words = this.#words.get(set)!;
    for (const to of recent(this.#byAuthor, set.head.author.key)) {
      const shared = wordsInCommon(words, this.#words.get(to)!);
      if (shared.count <= 1 || shared.count / shared.of < 0.4) continue;
      if (found.get(to)?.some(({ kind }) => kind === 'title' || kind === 'was')) continue;
      tell(to, { kind: 'similar', proof, shared });
    }
    return found;
  }

  #cited(changelog: Changelog | undefined): Iterable<PatchSet<M>> {
    const sets = (changelog?.earlier ?? []).map(link => this.#byMember.get(link.id));
    return new Set(sets.filter((set): set is PatchSet<M> => set !== undefined && this.#added.has(set)));
  }

  /** How many titles of patches are the same, of how many of the smaller set. */
  #alike(set: PatchSet<M>): ReadonlyMap<PatchSet<M>, NonNullable<Evidence['shared']>> {
    const counts = new Map<PatchSet<M>, number>();
    const own = this.#titles.get(set)!;
    for (const title of own)
      for (const other of recent(this.#byPatch, title)) counts.set(other, (counts.get(other) ?? 0) + 1);
    const shared = new Map<PatchSet<M>, NonNullable<Evidence['shared']>>();
    for (const [other, count] of counts) {
      const { size } = this.#titles.get(other)!;
      // Two patches alone with the same title have the same title: that is told already.
      if (own.size > 1 || size > 1) shared.set(other, { count, of: Math.min(own.size, size) });
    }
    return shared;
  }
}

/** The set whose discussion `set` was sent into; `setOf` gives the one that a message belongs to. */
export function answeredBy<M extends Mailed>(
  set: PatchSet<M>,
  setOf: (message: MessageId) => PatchSet<M> | undefined,
): PatchSet<M> | undefined {
  let above = set.head.container.parent;
  for (let climbed = 0; above && climbed < MAX_CLIMB; climbed++) {
    const other = setOf(above.id);
    if (other && other !== set) return other;
    above = above.parent;
  }
  return undefined;
}

function patchTitles<M extends Mailed>(set: PatchSet<M>): ReadonlySet<string> {
  const patches = set.all.filter(patch => patch !== set.cover);
  return new Set(patches.map(patch => patch.title).filter(title => title !== ''));
}

function recent<K, V>(index: ReadonlyMap<K, readonly V[]>, key: K | undefined): readonly V[] {
  return key === undefined || key === '' ? [] : (index.get(key) ?? []).slice(-MAX_ALIKE);
}
