// The script of pages that are read. Without it nothing is missing: it only saves steps.
import { offerCopies } from './copy.ts';
import { listenToKeys } from './keys.ts';
import { followAnchor, showPlace } from './place.ts';

// What only a script can do has its room on the page, and is shown from now on.
document.documentElement.classList.add('scripts');
followAnchor();
addEventListener('hashchange', followAnchor);
showPlace();
offerCopies();
listenToKeys();
