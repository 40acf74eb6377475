/** What a sentence of somebody's own words does, beyond what answers say of patches (`mail/series/review.ts`). */
export type Cue =
  | 'agrees'
  | 'approves'
  | 'promises'
  | 'announces version'
  | 'decides'
  | 'asks'
  | 'suggests'
  | 'measures'
  | 'pings';

/** Longer sentences are lists that nobody ended. */
const MAX_JUDGED = 600;

const AGREES =
  /^(?:(?:yes|yep|yeah|ok(?:ay)?|right|sure|indeed)[,.!]? )?(?:I (?:fully |totally |completely |quite )?agree\b|agreed\b|(?:that |this |it )?(?:all )?makes sense(?: (?:to me|now|then))?(?:$|[.,;:!])|sounds (?:good|great|fine|reasonable|sensible)\b|you(?:'re| are) (?:absolutely |quite |completely )?right\b)/i;
/** Words for work, and not for somebody's view. */
const APPROVES =
  /^(?:(?:yes|yep|yeah|ok(?:ay)?|right|sure|indeed)[,.!]? )?(?:(?:this |that |it |the (?:patch|series) )?(?:all )?looks (?:good|great|fine|correct|right)(?: to me)?\b|fine (?:by|with) me\b|works for me\b|no objections?\b)/i;
const GUARDED = /\?$|\b(?:not|but|however|although|though|unless|except|if|until)\b|n't\b/i;

/** What may come before: "OK, thanks, will fix." */
const ASSENT = `(?:(?:ok(?:ay)?|yes|yep|yeah|sure|right|true|correct|ah|oh|oops|indeed|thanks|agreed?|got it|good (?:point|idea|catch)|fair (?:point|enough)) ?[,.!:;]* (?:and |so |but |thanks[,.!]? )?)?`;
const I_SHALL = `I(?:'ll| will| am going to|'m going to)(?: (?:also|just|then|definitely|certainly))?`;
/** "I'll add that", and not "I'll add that the ring is small". */
const THIS_ONE = String.raw`(?:add|do|make|use) (?:that|this|it)(?=$|[.,;:!)]| (?:to|in|as)\b)`;
const CHANGE = String.raw`(?:fix|change|update|remove|drop|rework|address|move|rename|split|correct|reword|rewrite|convert|include|clarify|document|modify|replace|simplify|squash|fold|extend|clean|add (?:a|an|the|one|some)|do so|make the|get rid of|${THIS_ONE})(?!\w)`;
/** A later posting of the work, and not of something else. */
const NEXT = String.raw`(?:(?:the |my |a )?(?:next|new|upcoming) (?:version|revision|iteration|round|spin|series|posting|patch(?: ?set| series)?)\b(?! of (?!this|(?:the|my) (?:series|patch)))|v\+?\d{1,2}\b)`;

const PROMISES: readonly RegExp[] = [
  new RegExp(String.raw`^${ASSENT}(?:will (?:do|add)\b|will ${CHANGE}|consider it done\b)`, 'i'),
  // "So yes, I'll remove it."
  new RegExp(`(?:^|[,;:.…] ?(?:and |so |but |then )?)${I_SHALL} ${CHANGE}`, 'i'),
  new RegExp(`^${ASSENT}${I_SHALL} ${CHANGE}`, 'i'),
  // "It will be cured in the next version.", "Let me look again and use one lock for v3."
  new RegExp(
    String.raw`(?:(?<!\b(?:you|they|we) )\bwill|\b(?:I'll|let me|I'm going to))\b.{1,80} (?:in|for|on|with) ${NEXT}`,
    'i',
  ),
  new RegExp(
    `^${ASSENT}(?:this |that |it )?(?:is |will be |has been |was )?(?:fixed|changed|updated|addressed|done)(?: locally)? (?:in|for) ${NEXT}`,
    'i',
  ),
];
/** Conditions, attempts, and "I'll drop this", which may be a line as well as the whole patch. */
const PROMISES_NOT =
  /\?$|\b(?:if|unless|whether|when|once|instead of|would|could)\b|(?:\bwill|'ll) try\b|\bdrop (?:this|that|it|(?:this|the) patch)[.!]?$/i;

const AGAIN = String.raw`(?:(?:revise|update|rebase) and )?(?:re-?send|re-?spin|re-?post|re-?submit|(?:send|post|prepare) (?:out )?(?:a |an |the |my )?(?:new|updated|rebased|revised|fixed|next|another|v\+?\d))\b`;
const ANNOUNCES: readonly RegExp[] = [
  /\bv\d{1,2} (?:is )?(?:coming|soon|shortly|will follow)/i,
  new RegExp(String.raw`\b${I_SHALL} ${AGAIN}`, 'i'),
  new RegExp(`^${ASSENT}will ${AGAIN}`, 'i'),
  /\b(?:the|my) next (?:version|revision|iteration|series) will\b/i,
];

const DECIDES =
  /^(?:(?:ok(?:ay)?|so|then|right|yes|alright|all right)[,.]? )?(?:let(?:'s| us) (?:go with|do (?:that|this|it)|keep|drop|leave|merge|take|stick|use|wait)\b|we (?:have )?(?:decided|agreed|settled)\b|I(?:'ll| will) (?:apply|take|revert|queue|merge|pull)\b|I(?:'ve| have) decided\b)/i;
const DECIDES_NOT = /\?$|\bif\b|\bthought we\b|\btake a look\b|\bunless\b/i;

const SUGGESTS =
  /^(?:(?:so|or|and|but|well|also|perhaps|maybe|then)[,.]? )*(?:(?:perhaps|maybe) (?:we|you|it|this|the|a|an|just)\b|how about\b|what about\b|why not\b|I(?:'d| would)? suggest\b|I(?:'d| would) (?:recommend|propose)\b|I propose\b|(?:we|you) (?:could|should|might)\b|(?:can|could|can't|couldn't|should|shouldn't) (?:we|you|this|it) (?:just |simply |not |instead )?\w|please (?:use|add|drop|remove|split|move|rename|don't|do not|make|put|change|fix|keep)\b|it (?:would|might) be (?:better|nicer|good|nice|cleaner|simpler)\b)/i;

const NUMBER =
  /(?<![\w.])\d[\d,.]* ?(?:%|percent|ns|us|µs|usecs?|ms|msecs?|secs?|seconds|[KMG]i?B(?:\/s)?|[kMG]bps|cycles|instructions|x|times|fold|requests?\/s(?:ec)?|ops\/s(?:ec)?|IOPS)(?![\w-])/i;
const COMPARES =
  /\b(?:fast(?:er)?|slow(?:er|down)?|improv\w*|regress\w*|overhead|reduc\w*|latency|throughput|speed-?up|speeds? up|sav(?:es?|ed|ing)|drops?|decreas\w*|increas\w*|cost|bandwidth|performance|benchmark\w*)\b/i;

/** What should be, and was not measured. */
const MEASURES_NOT = /\?$|\b(?:would|should|want|hope|I (?:think|guess))\b/i;

const PINGS =
  /^(?:gentle |friendly |kind )?ping\b|^any (?:further |other |more )?(?:comments?|feedback|thoughts|news|updates?|progress)\b.{0,60}[?.]$/i;
/** Questions that ask for nothing. */
const RHETORICAL =
  /^(?:right|no|yes|really|huh|hm+|eh|ok|what|why|sorry|pardon|comments|thoughts|ideas|objections|make sense)\?+$/i;
const MIN_QUESTION = 15;
const MAX_QUESTION = 300;

/** What a sentence does; most do nothing of it. The expressions are narrow: a brief must not say what nobody said. */
export function cuesIn(sentence: string): ReadonlySet<Cue> {
  const cues = new Set<Cue>();
  const text = sentence.slice(0, MAX_JUDGED).replaceAll('’', "'");
  const whole = sentence.length <= MAX_JUDGED;
  if (PINGS.test(text)) return cues.add('pings');
  if (whole && isQuestion(text)) cues.add('asks');
  // What few sentences begin with is asked first, and what guards it of those few.
  const agrees = AGREES.test(text);
  const approves = APPROVES.test(text);
  if ((agrees || approves) && !GUARDED.test(text)) {
    if (agrees) cues.add('agrees');
    if (approves) cues.add('approves');
  }
  if (!PROMISES_NOT.test(text)) {
    if (PROMISES.some(one => one.test(text))) cues.add('promises');
    if (ANNOUNCES.some(one => one.test(text))) cues.add('announces version');
  }
  if (DECIDES.test(text) && !DECIDES_NOT.test(text)) cues.add('decides');
  if (SUGGESTS.test(text)) cues.add('suggests');
  if (NUMBER.test(text) && COMPARES.test(text) && !MEASURES_NOT.test(text)) cues.add('measures');
  return cues;
}

function isQuestion(text: string): boolean {
  return (
    /\?["')\]]*$/.test(text) &&
    text.length >= MIN_QUESTION &&
    text.length <= MAX_QUESTION &&
    !RHETORICAL.test(text)
  );
}
