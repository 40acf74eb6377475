import { type Address, displayName } from './address.ts';
import type { Mailmap } from './mailmap.ts';

/** Somebody who writes to a list, under whatever addresses. */
export interface Person {
  /** The same for the same person: the proper address in lower case, or the name of somebody without one. */
  readonly key: string;
  /** `Jane Doe`, however the header had it. */
  readonly name: string;
  /** May be empty. */
  readonly address: string;
  /** Whether a program writes under this name. */
  readonly robot: boolean;
}

/** The person who wrote under `from`, by `mailmap` (NO_MAILMAP where there is none). */
export function personOf(from: Address, mailmap: Mailmap): Person {
  const { name, address } = mailmap.proper({ ...from, name: givenNameFirst(from.name) });
  return {
    key: (address || name).toLowerCase(),
    name: displayName({ name, address }),
    address,
    robot: isRobot({ name, address }),
  };
}

/** What may stand behind a comma in a name that is in its order already. */
const NOT_GIVEN = /^(?:(?:[js]r|ph\.?d|m\.?d|m\.?sc|dr|prof|esq|inc|ltd|llc|gmbh|co|corp|i{1,3}|iv)\b|$)/i;

/** `Doe, Jane (Example)` of a company's directory as people are called: `Jane Doe (Example)`. */
export function givenNameFirst(name: string): string {
  const [, family, given, rest = ''] =
    /^["']*(\p{L}[\p{L}\p{M}.'’ -]*), ?(\p{L}[\p{L}\p{M}.'’ -]*?)( \([^()]*\))?["']*$/u.exec(name) ?? [];
  if (!family || !given || NOT_GIVEN.test(given)) return name;
  // More words than names have are a sentence or an office.
  if (family.split(' ').length > 3 || given.split(' ').length > 3) return name;
  return `${given} ${family}${rest}`;
}

/** Words of a local part that no person's address has. */
const ROBOT_ADDRESS =
  /(?:^|[._+-])(?:[a-z]*(?:tip|patchwork|buildbot|testbot|regbot)-?bot\d*|bots?\d*|robot|mailer-daemon|[a-z]*-daemon|daemon|syzbot|syzkaller|lkp|lkft|jenkins|buildd|cron|notifications?|git-svn|gerrit|autobuild|autotest)(?=$|[._+@-])/i;
const NO_REPLY = /(?:no|do-?not)[-_.]?reply/i;
const ROBOT_NAME =
  /\b(?:test|build|kernel|patchwork|syz|tip|ci|stable|backport|tracker|merge|regression)[ -]?(?:ro)?bot\d*\b|\brobot\b|\[bot\]|^(?:bugzilla|patchwork|jenkins|kernelci|syzbot|gerrit|cron daemon|mail delivery (?:sub)?system)\b|-bot\d*\b/i;

/**
 * Whether a program writes under `address`: tip-bot, the kernel test robot, syzbot, patchwork-bot,
 * pr-tracker-bot and their like. Somebody called Bot is a person: a name alone says it only with its trade.
 */
export function isRobot({ name, address }: Address): boolean {
  const local = address.slice(0, address.lastIndexOf('@') + 1) || address;
  // People with a full name use such addresses too, against spam.
  const unanswered = NO_REPLY.test(local) && !/\S \S/.test(name);
  return unanswered || ROBOT_ADDRESS.test(local) || ROBOT_NAME.test(name);
}
