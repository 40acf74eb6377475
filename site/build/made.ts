import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { type Publication, readOptional } from '../../publication/folder.ts';
import type { SitePath } from '../permalinks.ts';
import { openSearchIndex, type SearchIndex } from '../search/search-index.ts';
import { digestOf, programDigest } from './digest.ts';
import { publishChanges, publishedFolder, publishWhole, stagingFolder } from './staging.ts';
import { SiteStore } from './store.ts';

/** A site as the last build left it, with what is remembered of it: one build at a time has it. */
export interface MadeSite {
  readonly store: SiteStore;
  readonly search: SearchIndex;
  /** Where all that is remembered lies. */
  readonly cache: string;
  /** Where the site lies, once it is published. */
  readonly published: string;
  /** Where files are written until then. */
  readonly staging: string;
  /** Whether all of it is made, and takes the place of what there was; otherwise only what changed is. */
  readonly whole: boolean;
}

/** What a build changes in a site's folder. */
export interface SiteChanges {
  readonly written: ReadonlySet<SitePath>;
  readonly removed: ReadonlySet<SitePath>;
}

/** Beside the site, as all of it can be thrown away. */
export function cacheFolder({ siteFolder }: Publication): string {
  return `${siteFolder}.cache`;
}

/**
 * Opens what the last build left, and makes room for what this one makes. `full`: nothing of it is used again.
 * `onWait` is called where another build has to end first.
 */
export async function openMade(
  publication: Publication,
  full: boolean,
  onWait: () => void,
): Promise<MadeSite> {
  const cache = cacheFolder(publication);
  const { language } = publication.settings.site;
  const form = digestOf(programDigest(), language);
  const store = await SiteStore.open(path.join(cache, 'pages.db'), onWait);
  try {
    store.begin(form);
    const published = publishedFolder(publication.siteFolder);
    const search = openSearchIndex(path.join(cache, 'search.db'), language, form);
    const whole =
      full || !isWhole(published, store) || isUnfinished(cache, store) || search.owners().length === 0;
    if (whole) store.forgetPages();
    if (full) store.forgetMail();
    return { store, search, cache, published, staging: stagingFolder(published), whole };
  } catch (error) {
    store.close();
    throw error;
  }
}

/** Puts what was made into its place, and remembers it. The store comes last: until then nobody else begins. */
export function publish(
  { store, search, cache, published, staging, whole }: MadeSite,
  { written, removed }: SiteChanges,
): void {
  const changes = whole || written.size + removed.size > 0;
  const build = changes ? randomUUID() : undefined;
  // Whoever is killed from here on leaves some files new and others old, and nobody knows which.
  if (build !== undefined) fs.writeFileSync(unfinishedFile(cache), build);
  if (whole) publishWhole(staging, published);
  else publishChanges(staging, published, written, removed);
  search.commit();
  store.commit(placeOf(published)!, build);
  fs.rmSync(unfinishedFile(cache), { force: true });
}

/** Ends the work on a site; what was not published is forgotten. */
export function closeMade({ store, search, staging }: MadeSite): void {
  search.close();
  store.close();
  fs.rmSync(staging, { recursive: true, force: true });
}

function unfinishedFile(cache: string): string {
  return path.join(cache, 'unfinished');
}

/** Whether a build was killed between its first file and its last word. */
function isUnfinished(cache: string, store: SiteStore): boolean {
  const build = readOptional(unfinishedFile(cache));
  return build !== undefined && build !== store.build();
}

/** Every site has it. */
const ALWAYS_THERE = '404.html';

/** Whether a site lies where the last build left it, and is the same one: not deleted, moved, copied or emptied. */
function isWhole(published: string, store: SiteStore): boolean {
  const place = placeOf(published);
  return place !== undefined && store.site() === place && fs.existsSync(path.join(published, ALWAYS_THERE));
}

/** What tells a folder from every other; undefined where there is none. A new folder may get the number of one that was deleted. */
function placeOf(folder: string): string | undefined {
  const stat = fs.statSync(folder, { throwIfNoEntry: false, bigint: true });
  return stat && `${stat.dev}:${stat.ino}:${stat.birthtimeNs}`;
}
