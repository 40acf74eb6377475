import path from 'node:path';
import { type Mailmap, parseMailmap } from '../mail/mailmap.ts';
import { readOptional } from './folder.ts';
import { OperatorError } from './operator-error.ts';

/**
 * The publication's `people.mailmap`; where there is none, one that says nothing.
 *
 * @throws OperatorError naming the first line that is no entry.
 */
export function readPeople(folder: string): Mailmap {
  const { mailmap, faults } = parseMailmap(peopleText(folder));
  const first = faults[0];
  if (first)
    throw new OperatorError(`people.mailmap:${first.line}: the line ${first.what}.`, { wrongUse: true });
  return mailmap;
}

/** What the publication's `people.mailmap` says; nothing where there is none. */
export function peopleText(folder: string): string {
  return readOptional(path.join(folder, 'people.mailmap')) ?? '';
}
