import { displayName } from '../address.ts';
import type { Doubt, Doubtful } from './doubt.ts';
import { sameTitles } from './earlier-mail.ts';
import type { Proof } from './quotation.ts';

/** So many letters are proof without a common title. */
const SURE_LETTERS = 80;

/** How sure it is that `message` answers `other`, and why: what it quotes, or without proof its title alone. */
export function judged<M extends Doubtful>(
  message: M,
  other: M,
  proof: Proof | undefined,
): Pick<Doubt<M>, 'certainty' | 'reason'> {
  const what = `“${other.subject}” by ${displayName(other.from)}`;
  const names = message.references.length > 0 ? 'names only mail that is not here' : 'names no mail';
  if (!proof)
    return {
      certainty: 'possible',
      reason: `It is a reply that ${names} as its parent and quotes little; ${what} came shortly before under the same title.`,
    };
  const lines =
    proof.lines.length === 1
      ? 'a line'
      : proof.lines.length < 10
        ? `${proof.lines.length} lines`
        : 'many lines';
  const found = proof.own ? `quotes ${lines} of ${what}` : `quotes ${lines} that ${what} quotes too`;
  const isSure =
    sameTitles(message.subject, other.subject) || (proof.depth === 1 && proof.letters >= SURE_LETTERS);
  return {
    certainty: proof.own && isSure ? 'probable' : 'possible',
    reason: `It ${found}, but ${names} as its parent.`,
  };
}
