import { mail } from './mails.ts';

/**
 * A thread of three pages on the list `long`, from `n0@example.org` to `n449@example.org`, each an answer to the one
 * before; the second page is short, as what answers a message of it stands whole on the third.
 */
export const LONG_MAILS: readonly Buffer[] = Array.from({ length: 450 }, (_, number) =>
  mail({
    id: `n${number}@example.org`,
    date: new Date(Date.UTC(2018, 2, 5) + number * 60_000).toUTCString(),
    headers: [
      'List-Id: <long.example.org>',
      ...(number === 0 ? [] : [`In-Reply-To: <n${number - 1}@example.org>`]),
    ],
  }),
);
