import { canJoin, type MessageId } from './message-id.ts';

/** A mention of another message in a text. */
export interface MailLink {
  readonly id: MessageId;
  /** The line it stands in, without blanks at its ends. */
  readonly line: string;
}

/** Archives that have the Message-ID in their addresses; and the scheme of RFC 2392. */
const ARCHIVE =
  /\b(?:https?:\/\/(?:lore\.kernel\.org\/[\w.-]+|lkml\.kernel\.org\/r|(?:www\.)?(?:msgid\.link|mid\.gmane\.org)|marc\.info\/\?i=|(?:patchwork\.[\w.]+|patchew\.org)(?:\/[\w.-]+)*?(?:\/patch)?|inbox\.[\w.]+\/[\w.-]+|public-inbox\.org\/[\w.-]+|yhbt\.net\/[\w./-]+?|lists\.[\w.]+(?:\/[\w.-]+)*?)\/?|mid:)([^\s<>"'/?#]+(?:@|%40)[^\s<>"'/?#]+)/gi;
/** `<20180305.1@example.org>`; an address of a person looks alike, and is no message's. */
const BRACKETED = /<([^\s<>@]+@[^\s<>@]+)>/g;
/** What ends a sentence or closes a bracket behind a link. */
const TAIL = /[.,;:!)\]}>]+$/;

/** A longer line was written by a program, or to keep one busy. */
const MAX_LINE = 2000;

/** The messages that `text` links to or names by id in brackets, in order; the caller knows which of them exist. */
export function mailLinks(text: string): readonly MailLink[] {
  return text.split('\n').flatMap(line => {
    if (line.length > MAX_LINE || (!line.includes('@') && !line.includes('%40'))) return [];
    const found = [
      ...[...line.matchAll(ARCHIVE)].map(match => decoded(match[1]!.replace(TAIL, ''))),
      ...[...line.matchAll(BRACKETED)].map(match => match[1]!),
    ];
    return [...new Set(found)]
      .filter((id): id is MessageId => canJoin(id as MessageId))
      .map(id => ({ id, line: line.trim() }));
  });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
