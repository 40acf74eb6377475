import { onOneLine } from '../../mail/blanks.ts';
import { readDay } from './day.ts';
import type { Speaker } from './story.ts';
import type { XmlElement } from './xml.ts';

/** Whose words a `<quote>` has; undefined where it does not say. */
export function speakerOf({ attributes }: XmlElement): Speaker | undefined {
  const name = onOneLine(attributes.who ?? attributes.author ?? '');
  return name === '' ? undefined : { name };
}

/** What an editor's aside or a correction begins with. */
export function asideLabel({ name, attributes }: XmlElement): string {
  if (name === 'correction') {
    const day = readDay(attributes.date ?? '');
    return day === undefined ? 'Correction' : `Correction, ${day}`;
  }
  const who = onOneLine((attributes.who ?? '').replace(/[^\p{L}\p{N} .'-]+/gu, ' '));
  return `Editor ${who.slice(0, 80)}`.trim();
}
