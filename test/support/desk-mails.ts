import { mail } from './mails.ts';

/** A message of the list that the desk is tried on. */
export interface Letter {
  readonly id: string;
  readonly by: string;
  readonly on: string;
  readonly subject: string;
  readonly to?: string;
  readonly text: string;
}

/** A letter as it comes by mail. */
export function posted({ id, by, on, subject, to, text }: Letter): Buffer {
  const address = `${by.toLowerCase().replace(/[^a-z]+/g, '.')}@example.org`;
  return mail({
    id: `${id}@example.org`,
    from: `${by} <${address}>`,
    subject,
    date: new Date(on).toUTCString(),
    headers: ['List-Id: <locks.example.org>', ...(to ? [`In-Reply-To: <${to}@example.org>`] : [])],
    body: text,
  });
}

const LOCK = 'Replace the big lock by one for each table';

/** Three weeks of an invented list: what is talked about, what is merely posted, what goes on. */
export const LETTERS: readonly Letter[] = [
  // Long before, so that the archive knows who is new.
  {
    id: 'old',
    by: 'Ada Birch',
    on: '2018-01-08T10:00Z',
    subject: 'Notes of the meeting',
    text: 'The notes of the meeting are on the wiki.\n',
  },
  {
    id: 'old-1',
    by: 'Ben Cedar',
    on: '2018-01-08T12:00Z',
    subject: 'Re: Notes of the meeting',
    to: 'old',
    text: 'Thank you for the notes.\n',
  },
  // The week before: a thread that goes on, and one that does not.
  {
    id: 'slow',
    by: 'Ben Cedar',
    on: '2018-03-22T09:00Z',
    subject: 'Reading the clock has become slow',
    text: 'Reading the clock takes twice as long as it took in the last release.\n',
  },
  {
    id: 'slow-1',
    by: 'Cy Elm',
    on: '2018-03-22T10:00Z',
    subject: 'Re: Reading the clock has become slow',
    to: 'slow',
    text: 'Which hardware do you see this on, and with which compiler?\n',
  },
  {
    id: 'slow-2',
    by: 'Ben Cedar',
    on: '2018-03-22T11:00Z',
    subject: 'Re: Reading the clock has become slow',
    to: 'slow-1',
    text: 'I see it on the old boards alone, the new ones are as fast as before.\n',
  },
  {
    id: 'gone',
    by: 'Ada Birch',
    on: '2018-03-20T09:00Z',
    subject: 'Shall we drop the old boards?',
    text: 'Shall we drop the old boards in the next release?\n',
  },
  {
    id: 'gone-1',
    by: 'Ben Cedar',
    on: '2018-03-20T10:00Z',
    subject: 'Re: Shall we drop the old boards?',
    to: 'gone',
    text: 'I still have one of them here and would miss it.\n',
  },
  // The week itself.
  {
    id: 'slow-3',
    by: 'Cy Elm',
    on: '2018-03-27T10:00Z',
    subject: 'Re: Reading the clock has become slow',
    to: 'slow-2',
    text: 'Then the cause must be the fallback, which reads the clock twice there.\n',
  },
  {
    id: 'lock',
    by: 'Ada Birch',
    on: '2018-03-26T08:00Z',
    subject: `[PATCH] ${LOCK}`,
    text: `The big lock is taken for each lookup, which costs a third of the time.\nThis patch gives each table a lock of its own.\n\nSigned-off-by: Ada Birch <ada.birch@example.org>\n---\n table.c | 1 +\n 1 file changed, 1 insertion(+)\n\ndiff --git a/table.c b/table.c\n--- a/table.c\n+++ b/table.c\n@@ -1,1 +1,2 @@\n int lock;\n+int other;\n`,
  },
  {
    id: 'lock-1',
    by: 'Ben Cedar',
    on: '2018-03-26T09:00Z',
    subject: `Re: [PATCH] ${LOCK}`,
    to: 'lock',
    text: 'I object to this: two tables are locked at once when a name moves, and nothing says in which order.\n',
  },
  {
    id: 'lock-2',
    by: 'Ada Birch',
    on: '2018-03-26T10:00Z',
    subject: `Re: [PATCH] ${LOCK}`,
    to: 'lock-1',
    text: 'The table with the lower address always comes first, and the comment says so.\n',
  },
  {
    id: 'lock-3',
    by: 'Dan Fir',
    on: '2018-03-26T11:00Z',
    subject: `Re: [PATCH] ${LOCK}`,
    to: 'lock-2',
    text: 'I have measured it here, and lookups take 31 percent less time on eight cores.\n',
  },
  {
    id: 'lock-4',
    by: 'Cy Elm',
    on: '2018-03-27T11:00Z',
    subject: `Re: [PATCH] ${LOCK}`,
    to: 'lock-3',
    text: 'The order is right now, and I have nothing more to say against it.\n\nAcked-by: Cy Elm <cy.elm@example.org>\n',
  },
  {
    id: 'lone',
    by: 'Eve Gorse',
    on: '2018-03-28T08:00Z',
    subject: '[PATCH] Fix a typo in a comment',
    text: 'The comment names the wrong function.\n\nSigned-off-by: Eve Gorse <eve.gorse@example.org>\n',
  },
];

/** What comes in the week after: the end of the matter of the lock. */
export const LATER: readonly Letter[] = [
  {
    id: 'lock-5',
    by: 'Ben Cedar',
    on: '2018-04-03T09:00Z',
    subject: `Re: [PATCH] ${LOCK}`,
    to: 'lock-2',
    text: 'With that comment in place I have no objection left, thank you for the patience.\n',
  },
  {
    id: 'lock-6',
    by: 'Cy Elm',
    on: '2018-04-03T12:00Z',
    subject: `Re: [PATCH] ${LOCK}`,
    to: 'lock',
    text: 'Applied to the tree for the next release, thanks.\n',
  },
];
