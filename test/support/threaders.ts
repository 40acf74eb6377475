import { fieldValues, splitMessage } from '../../mail/header.ts';
import { buildThreads, walk } from '../../mail/thread.ts';
import { dovecotInstalled } from '../servers/dovecot.ts';
import type { DistinctMail } from './distinct-mails.ts';
import { dovecotThreads } from './dovecot-threads.ts';
import { notmuchInstalled, notmuchThreads } from './notmuch-threads.ts';
import type { Threading } from './threading.ts';

/** A program that makes threads, and how it reads a header: that much of it we must know to explain what it does. */
export interface Threader {
  readonly name: string;
  /** What is in the way of asking it, or false. In CI nothing is: there it is asked, and fails. */
  readonly missing: string | false;
  readonly threading: (mails: readonly DistinctMail[]) => Promise<Threading>;
  /** The ids of others that it finds in a mail, oldest first. */
  readonly named: (mail: DistinctMail) => readonly string[];
  /** Whether each id is the parent of the next; else all of them belong together with the mail. */
  readonly chains: boolean;
  /** Whether a message that names none loses the parent that others gave it (RFC 5256, REFERENCES step 1 B). */
  readonly takesParents: boolean;
}

/** `mail/thread.ts`. */
export const OURS: Threader = {
  name: 'list-traffic',
  missing: false,
  threading: async mails => ownThreading(mails),
  named: ({ facts }) => facts.references.filter(id => id !== facts.id),
  chains: true,
  takesParents: false,
};

/** notmuch, which makes one thread of all that is named together in References and In-Reply-To, there or not. */
export const NOTMUCH: Threader = {
  name: 'notmuch',
  missing: !process.env.CI && !notmuchInstalled() && 'notmuch is not installed',
  threading: notmuchThreads,
  named: ({ raw, facts }) =>
    ['references', 'in-reply-to'].flatMap(name => bracketed(raw, name)).filter(id => id !== facts.id),
  chains: false,
  takesParents: false,
};

/** Dovecot's `THREAD REFS`: RFC 5256's REFERENCES without its merging by subject. */
export const DOVECOT: Threader = {
  name: 'Dovecot',
  missing: !process.env.CI && !dovecotInstalled() && 'Dovecot is not installed',
  threading: dovecotThreads,
  named({ raw }) {
    const [references, replied] = ['references', 'in-reply-to'].map(name =>
      bracketed(raw, name).filter(id => id.includes('@')),
    );
    return references!.length > 0 ? references! : replied!.slice(0, 1);
  },
  chains: true,
  takesParents: true,
};

/** What stands in brackets in the first field of that name, whatever it is: both programs read no more. */
function bracketed(raw: Uint8Array, name: string): readonly string[] {
  const value = fieldValues(splitMessage(raw).fields, name)[0] ?? '';
  return [...value.matchAll(/<([^>]+)>/g)].map(match => match[1]!.replace(/\s+/g, ''));
}

function ownThreading(mails: readonly DistinctMail[]): Threading {
  const places = new Map<string, number>(mails.map(({ facts }, place) => [facts.id, place]));
  const parents: (number | undefined)[] = [];
  const threads = buildThreads(mails.map(({ facts }) => facts)).map(({ root, messages }) => {
    walk(root, ({ id, message, parent }) => {
      if (message) parents[places.get(id)!] = parent?.message && places.get(parent.id);
    });
    return messages.map(({ id }) => places.get(id)!);
  });
  return { threads, parents };
}
