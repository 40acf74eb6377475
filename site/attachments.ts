import type { Attachment } from '../mail/mime.ts';
import { beside, type SitePath } from './permalinks.ts';

/** Endings that no browser runs as a page or a program when a static host serves them from the site's own address. */
const HARMLESS =
  /\.(txt|log|patch|diff|c|h|cc|cpp|s|py|rs|go|pl|md|rst|conf|config|dts|dtsi|asc|sig|csv|json|ya?ml|gz|xz|bz2|zst|zip|tar|tgz|png|jpe?g|gif|webp|pdf|ps|mbox)$/i;

/** The path of a message's attachment, `/LIST/MID/a/N-NAME`: `number` counts from 1, the name is made safe. */
export function attachmentPath(page: SitePath, number: number, attachment: Attachment): SitePath {
  const name = attachment.name
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[-.]+/, '')
    .slice(-80);
  const named = name === '' ? 'attachment' : name;
  const ending = HARMLESS.test(named) ? '' : attachment.type.startsWith('text/') ? '.txt' : '.bin';
  // Servers read every ending of a name: `page.html.fr.log` would be a page in French.
  const file = `${named}${ending}`.replace(/\.(?=.*\.)/g, '-');
  return beside(page, `a/${number}-${file}`);
}
