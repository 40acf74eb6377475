import { versionOf } from './process.ts';
import { note } from './report.ts';

/** The programs of others that take part in the suite, and how each tells its version. */
const PROGRAMS = {
  notmuch: ['notmuch', '--version'],
  mu: ['mu', '--version'],
  'public-inbox-index': ['perl', '-MPublicInbox', '-e', 'print "public-inbox $PublicInbox::VERSION"'],
  mhonarc: ['mhonarc', '-v'],
} as const;

/** The versions of those that are installed. Says which ones are not. */
export function installedPrograms(): ReadonlyMap<keyof typeof PROGRAMS, string> {
  const found = new Map<keyof typeof PROGRAMS, string>();
  for (const [name, [program, ...args]] of Object.entries(PROGRAMS)) {
    const version = versionOf(program, ...args);
    if (version) found.set(name as keyof typeof PROGRAMS, version);
    else note(`${name} is not installed and takes no part.`);
  }
  return found;
}
