import { type Address, displayName } from './address.ts';
import type { Mailmap } from './mailmap.ts';

/** Somebody who writes to a list, under whatever addresses. */
export interface Person {
  /** The same for the same person: the proper address in lower case, or the name of somebody without one. */
  readonly key: string;
  /** `Jane Doe`, however the header had it. */
  readonly name: string;
  /** Empty where none is known that is theirs alone. */
  readonly address: string;
  /** Whether a program writes under this name. */
  readonly robot: boolean;
  /** The program that answers for somebody who is away: a robot under a person's name and key. */
  readonly autoReply?: true;
}

/** The person who wrote under `from`, by `mailmap` (NO_MAILMAP where there is none). */
export function personOf(from: Address, mailmap: Mailmap): Person {
  const proper = mailmap.proper({ ...from, name: givenNameFirst(from.name) });
  const robot = isRobot(proper);
  const address = isShared(proper) && !robot ? '' : proper.address;
  return { key: (address || proper.name).toLowerCase(), name: displayName(proper), address, robot };
}

/** What may stand behind a comma in a name that is in its order already. */
const NOT_GIVEN = /^(?:(?:[js]r|ph\.?d|m\.?d|m\.?sc|dr|prof|esq|inc|ltd|llc|gmbh|co|corp|i{1,3}|iv)\b|$)/i;

/** Nobody has a longer name; a hostile one must not keep the expression busy. */
const MAX_NAME = 200;

/** `Doe, Jane (Example)` of a company's directory as people are called: `Jane Doe (Example)`. */
export function givenNameFirst(name: string): string {
  if (name.length > MAX_NAME) return name;
  const [, family, given, rest = ''] =
    /^["']*(\p{L}[\p{L}\p{M}.'’ -]*), ?(\p{L}[\p{L}\p{M}.'’ -]*?)( \([^()]*\))?["']*$/u.exec(name) ?? [];
  if (!family || !given || NOT_GIVEN.test(given)) return name;
  // More words than names have are a sentence or an office.
  if (family.split(' ').length > 3 || given.split(' ').length > 3) return name;
  return `${given} ${family}${rest}`;
}

/** Words of a local part that no person's address has. */
const ROBOT_ADDRESS =
  /(?:^|[._+-])(?:[a-z]*(?:tip|patchwork|buildbot|testbot|regbot)-?bot\d*|bots?\d*|robot|mailer-daemon|[a-z]*-daemon|daemon|syzbot|syzkaller|lkp|lkft|buildd|(?:coverity|scan)-admin|cron|git-svn|autobuild|autotest)(?=$|[._+@-])|^builder@/i;
/** Those of services, which send their own mail and that of people; and of some whose name is like that of one. */
const SHARED_ADDRESS =
  /(?:no|do-?not)[-_.]?reply|(?:^|[._+-])(?:notifications?|gerrit|jenkins|jira|bugzilla|gitlab|discourse|gitgitgadget|llvmlistbot)(?=$|[._+@-])|^reviews?\+/i;
/** What is written on GitHub comes from here, whoever wrote it; many have but one word for a name there. */
export const GITHUB = 'notifications@github.com';
/** The whole names of programs: people are called Gerrit and Jenkins too. */
const ROBOT_NAME =
  /^(?:.* )?(?:test|build|kbuild|kernel|patchwork|syz|tip|ci|lkp|stable|backport|tracker|merge|regression|kernelci\S*)[ -]?(?:ro)?bot\d*$|^robot$|\[bot\]$|^\S+-bot\d*(?: for .*)?$|^(?:bugzilla(?:[ -]daemon)?|patchwork|jenkins(?:[ -]ci)?|kernelci|syzbot(?: ci)?|gerrit(?: code review)?|github|gitlab|jira|discourse|coverity(?: scan)?|cron daemon|.* bug tracking system|mail delivery (?:sub)?system)$/i;

/** `Example CI`, in capitals: people are called Ci. */
const CI_NAME = /\p{Ll} CI$/u;

/**
 * Whether a program writes under `address`: tip-bot, the kernel test robot, syzbot, patchwork-bot,
 * pr-tracker-bot and their like. Somebody called Bot is a person: a name alone says it only with its trade.
 */
export function isRobot({ name, address }: Address): boolean {
  if (ROBOT_NAME.test(name) || CI_NAME.test(name) || ROBOT_ADDRESS.test(localPart(address))) return true;
  if (address.toLowerCase() === GITHUB) return name === '';
  // People with a full name use such addresses too, against spam.
  return isShared({ name, address }) && !/\S \S/.test(name);
}

/** Whether more people than one may write under an address, so that it tells nobody. */
function isShared({ address }: Address): boolean {
  return SHARED_ADDRESS.test(localPart(address));
}

function localPart(address: string): string {
  return address.slice(0, address.lastIndexOf('@') + 1) || address;
}
