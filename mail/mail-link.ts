import { canJoin, type MessageId } from './message-id.ts';

/** A mention of another message in a text. */
export interface MailLink {
  readonly id: MessageId;
  /** The line it stands in, without blanks at its ends. */
  readonly line: string;
}

/** A web address, or the scheme of RFC 2392; each is read once, however long. */
const ADDRESS = /\b(?:https?:\/\/|mid:)[^\s<>"']+/gi;
/** Archives that have the Message-ID in their addresses. */
const ARCHIVE =
  /^(?:lore\.kernel\.org|lkml\.kernel\.org|(?:www\.)?msgid\.link|(?:www\.)?mid\.gmane\.org|marc\.info|patchew\.org|public-inbox\.org|yhbt\.net|(?:patchwork|inbox|lists)\.[\w.-]+)$/i;
/** `<20180305.1@example.org>`; an address of a person looks alike, and is no message's. */
const BRACKETED = /<((?!mid:)[^\s<>@]+@[^\s<>@]+)>/g;

/** A longer line was written by a program; and whoever asks about a line again and again must not pay for it. */
const MAX_LINE = 2000;

/** The messages that `text` links to or names by id in brackets, in order; the caller knows which of them exist. */
export function mailLinks(text: string): readonly MailLink[] {
  return text.split('\n').flatMap(line => {
    if (line.length > MAX_LINE || (!line.includes('@') && !line.includes('%40'))) return [];
    const found = [
      ...[...line.matchAll(ADDRESS)].map(match => idIn(match[0])),
      ...[...line.matchAll(BRACKETED)].map(match => match[1]!),
    ];
    return [...new Set(found)]
      .filter((id): id is MessageId => id !== undefined && canJoin(id as MessageId))
      .map(id => ({ id, line: line.trim() }));
  });
}

/** The Message-ID in an address: its first part that has an `@`, which some write as `%40`. */
function idIn(address: string): string | undefined {
  const [, scheme, rest] = /^(\w+):(.*)$/s.exec(address)!;
  const [host, ...parts] = rest!.replace(/^\/\//, '').split(/[/?#]/);
  if (scheme!.toLowerCase() === 'mid') return withAt([host!]);
  return ARCHIVE.test(host!) ? withAt(parts.map(part => part.replace(/^i=/, ''))) : undefined;
}

function withAt(parts: readonly string[]): string | undefined {
  return parts.map(part => decoded(withoutTail(part))).find(part => /[^@]@[^@]/.test(part));
}

/** Without what ends a sentence or closes a bracket behind a link. */
function withoutTail(text: string): string {
  let end = text.length;
  while (end > 0 && '.,;:!)]}>'.includes(text[end - 1]!)) end--;
  return text.slice(0, end);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
