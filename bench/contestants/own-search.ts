// A program of its own: makes the search of a publication's mail, and Pagefind's, and tells what each took.
import { openPublication } from '../../publication/folder.ts';
import { documentsOf } from '../search/index-of.ts';
import { ourSite, pagefindSite } from '../search/sites.ts';
import { Workplace } from '../workplace.ts';

const workplace = new Workplace();
try {
  const documents = await documentsOf(openPublication(process.argv[2]!));
  const messages = documents.filter(({ key }) => key.kind === 'message').length;
  const ours = await ourSite(workplace, 'ours', documents);
  const pagefind = await pagefindSite(workplace, documents);
  process.stdout.write(`${JSON.stringify({ messages, ours, pagefind })}\n`);
} finally {
  workplace.remove();
}
