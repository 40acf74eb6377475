import { fieldValues, splitMessage } from '../../mail/header.ts';
import { canJoin, messageIds } from '../../mail/message-id.ts';
import type { DistinctMail } from './distinct-mails.ts';

/** Why threads may differ, in the words of the report: "here" is what we do, "there" what the other threader does. */
export const KINDS = {
  'no-at': 'an id without "@", as the <yes> of git send-email\'s prompt, joins all there that name it',
  'both-fields': 'In-Reply-To counts there beside References, here where References holds no id (RFC 5256)',
  'later-answers': 'every id of In-Reply-To counts there, here the first (RFC 5256)',
  'address-of-mh': 'the address in MH\'s "Message from <jane@host> of …" counts there for an id',
  'in-comment': 'an id in a comment counts there (RFC 5322)',
  'one-field': 'of repeated fields the first alone is read there',
  'no-brackets': 'an id without angle brackets is not read there',
  'own-parent': 'a message names its parent, which wins over what others say of it (RFC 5256)',
  'other-parent': 'others name two parents of an id, and the first wins (RFC 5256)',
  'parent-taken': 'a message that names no parent loses there the one that others name (RFC 5256)',
  'own-answer': 'a message that names itself last has no parent there',
} as const;

/** A reason that two threaders differ for. */
export type Kind = keyof typeof KINDS;

/** Why another threader finds `id` in a mail where we do not; undefined where that cannot be told. */
export function whyOnlyIt(mail: DistinctMail, id: string): Kind | undefined {
  const [references, replied] = ['references', 'in-reply-to'].map(name => textOf(mail, name));
  if (!id.includes('@')) return 'no-at';
  const idsReplied: readonly string[] = messageIds(replied!);
  if (idsReplied.includes(id)) return messageIds(references!).some(canJoin) ? 'both-fields' : 'later-answers';
  return whyPassedOver(`${references} ${replied}`, id);
}

/** Why another threader, which reads other ids there, does not find `id` in a mail where we do; undefined where that cannot be told. */
export function whyOnlyWe(mail: DistinctMail, id: string, itReads: readonly string[]): Kind | undefined {
  const { fields } = splitMessage(mail.raw);
  const repeated = ['references', 'in-reply-to'].flatMap(name => fieldValues(fields, name).slice(1));
  if (repeated.some(value => (messageIds(value) as readonly string[]).includes(id))) return 'one-field';
  const text = `${textOf(mail, 'references')} ${textOf(mail, 'in-reply-to')}`;
  // What it takes for the one id of In-Reply-To keeps it from the right one.
  const taken = itReads.map(one => whyPassedOver(text, one)).find(Boolean);
  if (taken) return taken;
  return text.replace(/\s+/g, '').includes(`<${id}>`) ? undefined : 'no-brackets';
}

function textOf({ raw }: DistinctMail, name: string): string {
  return fieldValues(splitMessage(raw).fields, name).join(' ');
}

/** Why we pass over what stands in brackets, or undefined. */
function whyPassedOver(text: string, id: string): Kind | undefined {
  const stands = (where: RegExp) => [...text.matchAll(where)].some(match => match[1] === id);
  if (stands(/<([^<>]+)>\s+of\s/g)) return 'address-of-mh';
  return stands(/\([^()<>]*<([^<>]+)>[^()<>]*\)/g) ? 'in-comment' : undefined;
}
