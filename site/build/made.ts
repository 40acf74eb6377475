import fs from 'node:fs';
import path from 'node:path';
import type { Publication } from '../../publication/folder.ts';
import type { SitePath } from '../permalinks.ts';
import { openSearchIndex, type SearchIndex } from '../search/search-index.ts';
import { programDigest } from './digest.ts';
import { publishChanges, publishedFolder, publishWhole, stagingFolder } from './staging.ts';
import { isDamaged, SiteStore } from './store.ts';

/** A site as the last build left it, with what is remembered of it: one build at a time has it. */
export interface MadeSite {
  readonly store: SiteStore;
  readonly search: SearchIndex;
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
  const folder = cacheFolder(publication);
  const form = programDigest();
  const store = await openStore(folder, onWait);
  const published = publishedFolder(publication.siteFolder);
  store.begin(form);
  const place = placeOf(published);
  const whole = full || place === undefined || store.site() !== place || hasUnfinished(folder);
  if (whole) store.forgetPages();
  const { language } = publication.settings.site;
  const search = openSearchIndex(path.join(folder, 'search.db'), language, form);
  return { store, search, published, staging: stagingFolder(published), whole };
}

/** A store that is damaged, or that another version wrote, is thrown away. */
async function openStore(folder: string, onWait: () => void): Promise<SiteStore> {
  const file = path.join(folder, 'pages.db');
  try {
    return await SiteStore.open(file, onWait);
  } catch (error) {
    if (!isDamaged(error)) throw error;
    fs.rmSync(folder, { recursive: true, force: true });
    return await SiteStore.open(file, onWait);
  }
}

/** Puts what was made into its place, and remembers it. */
export function publish(
  { store, search, published, staging, whole }: MadeSite,
  { written, removed }: SiteChanges,
  publication: Publication,
): void {
  const unfinished = unfinishedFile(cacheFolder(publication));
  if (whole) publishWhole(staging, published);
  else if (written.size + removed.size > 0) {
    // Whoever is killed from here on leaves some files new and others old, and nobody knows which.
    fs.writeFileSync(unfinished, '');
    publishChanges(staging, published, written, removed);
  }
  store.commit(placeOf(published)!);
  search.commit();
  fs.rmSync(unfinished, { force: true });
}

/** Ends the work on a site; what was not published is forgotten. */
export function closeMade({ store, search, staging }: MadeSite): void {
  search.close();
  store.close();
  fs.rmSync(staging, { recursive: true, force: true });
}

function unfinishedFile(folder: string): string {
  return path.join(folder, 'unfinished');
}

function hasUnfinished(folder: string): boolean {
  return fs.existsSync(unfinishedFile(folder));
}

/** What tells a folder from every other, so that a site that was moved, copied or deleted is made anew; undefined where there is none. */
function placeOf(folder: string): string | undefined {
  const stat = fs.statSync(folder, { throwIfNoEntry: false });
  return stat && `${stat.dev}:${stat.ino}`;
}
