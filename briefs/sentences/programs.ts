/**
 * Fields of a form, as bug trackers show them and ask for them: `Version: 1.2`, `OS: Linux`, `Package: larch`. What
 * stands in one is short, and no sentence.
 */
const FIELD =
  /^(?:version|os(?:\/version)?|operating system|hardware|architecture|platform|product|component|severity|priority|status|resolution|keywords|tags|package|source|reporter|assignee|assigned to|owner|qa contact|target milestone|installed from|kernel(?: version)?|compiler|reproducible|how reproducible)\s?:\s+\S+(?: \S+){0,5}(?<![.!?])$/i;
const LONG_FIELD =
  /^(?:user-agent|build identifier|x-debbugs-cc|bug(?:link| url)?|url)\s?:\s+.{1,160}(?<![.!?])$/i;
/** What is said to a tracker: `severity 123456 normal`, `tags 123456 + patch`. */
const COMMAND =
  /^(?:severity|reassign|retitle|forwarded|tags?|merge|forcemerge|close|reopen|found|fixed|notfound|notfixed|user|usertags?|owner|affects|block|unarchive|archive) -?#?\d{3,}\b/;
/** What trackers say of files, and nothing besides. */
const ATTACHMENT =
  /^\(?(?:created (?:an )?attachment\b|(?:from update of|comment on) attachment \d)[^.!?]{0,60}$/i;
/** What `git request-pull` writes around a list of changes; an address, and a branch there; */
const REQUEST_PULL =
  /^(?:the following changes since commit\b|are available in the git repository at\b|for you to fetch changes up to\b|(?:https?|git|ssh):\/\/\S+(?: [\w./-]+)?$)/i;
/** and a commit's title, with its time in brackets. */
const DATED = /^.{0,300}\(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d [+-]\d{4}\)$/;
/** What `git log` writes over what it tells. */
const GIT_LOG =
  /^(?:commit [0-9a-f]{7,64}(?: \([^)]{0,100}\))?|(?:author|authordate|commitdate|merge):\s+\S.{0,120})$/i;
/** What providers, lists and companies put under a mail: nothing of its author's stands below. */
const FOOTER =
  /^(?:this (?:sf\.net|sourceforge(?:\.net)?) e-?mail is sponsored\b|do you yahoo\b|get your (?:own )?free\b|chat with friends online\b|sent from my \w|sent with (?:proton|outlook)|you received this (?:message|e-?mail) because you\b|to (?:stop receiving|unsubscribe|post to this)\b|this (?:e-?mail|message|communication|transmission)\b.{0,60} (?:and any|may contain|is (?:intended|confidential|privileged|for the))\b|(?:confidentiality|legal|privacy) (?:notice|note|disclaimer)\b|the information (?:contained |transmitted )?(?:in|by) this (?:e-?mail|message|communication)\b|please consider the environment\b|for more options, visit this group\b)/i;

const LINES_OF_PROGRAMS = [FIELD, LONG_FIELD, COMMAND, ATTACHMENT, REQUEST_PULL, GIT_LOG];

/** Whether a line was put into a mail by a program, or is there for one. */
export function isOfProgram(line: string): boolean {
  if (LINES_OF_PROGRAMS.some(one => one.test(line))) return true;
  return line.endsWith(')') && DATED.test(line);
}

/** Whether a footer begins with these words. */
export function isFooter(text: string): boolean {
  return FOOTER.test(text);
}
