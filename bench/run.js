// `npm run bench`: measures list-traffic beside other programs. See bench/README.md.
import { ensureInstalled } from '../cli/setup.js';

ensureInstalled();
const { register } = await import('tsx/esm/api');
register();
const { main } = await import('./main.ts');
process.exitCode = await main(process.argv.slice(2));
