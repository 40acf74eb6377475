import { createHash } from 'node:crypto';
import path from 'node:path';
import { z } from 'zod';
import type { MessageId } from '../mail/message-id.ts';
import { readOptional } from './folder.ts';
import { day, line, sha256 } from './issues/schemas.ts';
import { parseYaml } from './yaml-file.ts';

/** What was removed at somebody's wish, as a publication's `removals.yaml` has it: hashes, never the words themselves. */
export interface Removals {
  isRemovedMessage(id: MessageId): boolean;
  /** Whether the mail of whoever has this address was removed; case makes no difference. */
  isRemovedAddress(address: string): boolean;
}

/** The name of the file, from the publication's folder. */
export const REMOVALS_FILE = 'removals.yaml';

/** Of a publication from which nothing was removed. */
export const NO_REMOVALS: Removals = { isRemovedMessage: () => false, isRemovedAddress: () => false };

const schema = z.strictObject({
  removals: z
    .array(
      z
        .strictObject({ message: sha256.optional(), address: sha256.optional(), date: day, reason: line })
        .refine(
          ({ message, address }) => (message === undefined) !== (address === undefined),
          'must have a message or an address, and not both',
        ),
    )
    .default([]),
});

/**
 * What was removed from the publication in `folder`.
 *
 * @throws FileFault where `removals.yaml` cannot be used.
 */
export function readRemovals(folder: string): Removals {
  const text = readOptional(path.join(folder, REMOVALS_FILE));
  if (text === undefined) return NO_REMOVALS;
  const remedy = 'a removal has a message or an address, a date and a reason';
  const { removals } = parseYaml(text, { file: REMOVALS_FILE, schema, remedy }).data;
  const messages = new Set(removals.flatMap(({ message }) => message ?? []));
  const addresses = new Set(removals.flatMap(({ address }) => address ?? []));
  return {
    isRemovedMessage: id => messages.size > 0 && messages.has(messageHash(id)),
    isRemovedAddress: address => addresses.size > 0 && addresses.has(addressHash(address)),
  };
}

/** How `removals.yaml` names a message: the SHA-256 of its id without brackets, in hex. */
export function messageHash(id: MessageId): string {
  return createHash('sha256').update(id).digest('hex');
}

/** How `removals.yaml` names an address: the SHA-256 of it in small letters, in hex. */
export function addressHash(address: string): string {
  return createHash('sha256').update(address.trim().toLowerCase()).digest('hex');
}
