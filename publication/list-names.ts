import { z } from 'zod';

/** Names that pages of the site's own already have, so that no list may take them. */
export const RESERVED_NAMES: ReadonlySet<string> = new Set(
  'issues r desk series people topics stats search corrections removals mirror privacy about feeds assets h index'.split(
    ' ',
  ),
);

/** A list's name as it stands in URLs. */
export const listName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]*$/, 'must be a list\'s name for URLs: small letters, digits, ".", "_" and "-"')
  .refine(
    name => !RESERVED_NAMES.has(name) && !/\.(html|txt|json|xml)$/.test(name),
    'must not be the name of a page of the site; choose another',
  );

/** What is wrong with a list's name, as the end of a sentence that begins with it; undefined where nothing is. */
export function listNameProblem(name: string): string | undefined {
  return listName.safeParse(name).error?.issues[0]?.message;
}
