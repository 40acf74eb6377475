import fs from 'node:fs';
import path from 'node:path';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Archive } from '../../ingest/archive/archive.ts';
import { importMail } from '../../ingest/files/import.ts';
import { openPublication, type Publication } from '../../publication/folder.ts';
import { buildSite } from '../../site/build.ts';
import { temporaryFolder } from './folder.ts';

export { temporaryFolder };

/** The checkout's folder. */
export const ROOT = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

/** The sample list's mailbox. */
export const SAMPLE_MBOX = path.join(ROOT, 'sample', 'linux-example.mbox');

/** The settings that most tests build with. */
export const SETTINGS = 'site: { title: Test Traffic, url: https://traffic.example.org }\n';

/** A publication in a new folder, with the mail under `paths` in its archive. */
export async function filledPublication(
  context: TestContext,
  paths: readonly string[],
  settings = SETTINGS,
): Promise<Publication> {
  const folder = temporaryFolder(context);
  fs.writeFileSync(path.join(folder, 'traffic.yaml'), settings);
  const publication = openPublication(folder);
  await importInto(publication, paths);
  return publication;
}

/** Imports mail files into a publication's archive. */
export async function importInto(publication: Publication, paths: readonly string[]): Promise<void> {
  const archive = Archive.open(publication.archiveFile);
  try {
    await importMail(archive, paths, {
      maxBytes: 32 << 20,
      dialect: 'mboxrd',
      list: '',
      folder: publication.folder,
    });
  } finally {
    archive.close();
  }
}

/** Builds a publication's site. */
export async function build(publication: Publication): Promise<void> {
  const archive = Archive.open(publication.archiveFile);
  try {
    await buildSite(archive, publication);
  } finally {
    archive.close();
  }
}

/** Every file below `folder` by its path in it, with its bytes. */
export function readTree(folder: string): ReadonlyMap<string, Buffer> {
  const names = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  const files = names.filter(name => fs.statSync(path.join(folder, name)).isFile());
  return new Map(files.map(name => [name, fs.readFileSync(path.join(folder, name))]));
}
