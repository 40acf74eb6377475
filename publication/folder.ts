import fs from 'node:fs';
import path from 'node:path';
import { OperatorError, plainReason } from './operator-error.ts';
import type { Source } from './sources.ts';
import { parseSettings, type Settings } from './traffic-yaml.ts';

/** A folder with all of one site's content, and the places in it that the program knows. All paths are absolute. */
export interface Publication {
  readonly folder: string;
  readonly settings: Settings;
  readonly archiveFile: string;
  readonly siteFolder: string;
}

/**
 * The publication in `folder`.
 *
 * @throws OperatorError where there is no `traffic.yaml`, or what it says cannot be used.
 */
export function openPublication(folder: string): Publication {
  const absolute = path.resolve(folder);
  const file = path.join(absolute, 'traffic.yaml');
  const shown = path.relative(process.cwd(), file) || file;
  const settings = parseSettings(readSettings(file, absolute), shown.startsWith('..') ? file : shown);
  return {
    folder: absolute,
    settings: { ...settings, sources: settings.sources.map(source => inFolder(source, absolute)) },
    archiveFile: path.join(absolute, 'archive.db'),
    siteFolder: path.join(absolute, '_site'),
  };
}

/** A source whose paths are from the publication's folder, wherever the command is run. */
function inFolder(source: Source, folder: string): Source {
  if (source.type === 'public-inbox') return { ...source, path: path.resolve(folder, source.path) };
  return source.ca === undefined ? source : { ...source, ca: path.resolve(folder, source.ca) };
}

/**
 * The text of a file that an editor may have written, or undefined where there is none.
 *
 * @throws OperatorError where there is one that cannot be read.
 */
export function readOptional(file: string): string | undefined {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new OperatorError(`${file} cannot be read: ${plainReason(error)}.`, { cause: error });
  }
}

function readSettings(file: string, folder: string): string {
  const text = readOptional(file);
  if (text !== undefined) return text;
  throw new OperatorError(
    `${folder} is no publication: it has no traffic.yaml; "traffic init ${folder}" makes one, -C DIR names another folder.`,
    { wrongUse: true },
  );
}
