import { displayName, parseAddress } from '../../mail/address.ts';
import { onOneLine } from '../../mail/blanks.ts';
import { decodeEncodedWords } from '../../mail/encoded-words.ts';
import type { ToldPoster, ToldStatistics } from '../issues/statistics.ts';
import { elementsIn, findAll } from './elements.ts';
import type { Warnings } from './warnings.ts';
import type { XmlElement } from './xml.ts';

/** What a kc file tells of its week's mail, `<stats>`; undefined where it tells nothing. */
export function readStatistics(kc: XmlElement, warnings: Warnings): ToldStatistics | undefined {
  const [other] = findAll(kc, ['mailbox-stats']);
  if (other) warnings.add(other.line, '<mailbox-stats> was left out: only <stats> is read.');
  const [stats] = findAll(kc, ['stats']);
  if (!stats) return undefined;
  const { attributes, line } = stats;
  const count = (name: string) => wholeNumber(attributes[name], `The statistics' ${name}`, line, warnings);
  return {
    posts: count('posts'),
    kilobytes: count('size'),
    contributors: count('contrib'),
    multiples: count('multiples'),
    lastweek: count('lastweek'),
    posters: elementsIn(stats.children).flatMap(person => posterOf(person, warnings)),
  };
}

/** `who` is a From as it came: with blanks behind it, encoded. */
function posterOf({ attributes, line }: XmlElement, warnings: Warnings): readonly ToldPoster[] {
  const who = onOneLine(decodeEncodedWords((attributes.who ?? '').slice(0, 1000)));
  const posts = wholeNumber(attributes.posts, `The posts of ${who || 'a poster'}`, line, warnings);
  if (who === '' || posts === undefined) return [];
  const kilobytes = wholeNumber(attributes.size, `The size of the posts of ${who}`, line, warnings);
  if (!who.includes('@')) return [{ name: who, address: undefined, posts, kilobytes }];
  const mailbox = parseAddress(who);
  return [{ name: displayName(mailbox), address: mailbox.address || undefined, posts, kilobytes }];
}

/** A number as kc files write it; undefined, with a warning, where there is something else: "lots". */
export function wholeNumber(
  written = '',
  what: string,
  line: number,
  warnings: Warnings,
): number | undefined {
  const text = written.trim();
  if (/^\d{1,9}$/.test(text)) return Number(text);
  if (text !== '') warnings.add(line, `${what}: "${text.slice(0, 40)}" is no number, and was left out.`);
  return undefined;
}
