import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../../../shared/corpora', import.meta.url));

/** Where collections of real mail lie beside the checkout, or undefined: they are other people's and not part of it. */
export function corporaFolder(): string | undefined {
  return fs.existsSync(path.join(FOLDER, 'README.md')) ? FOLDER : undefined;
}

/** Why a test on real mail is skipped, or false where the mail is there. */
export const NO_CORPORA = corporaFolder() === undefined && 'the collections of real mail are not here';
