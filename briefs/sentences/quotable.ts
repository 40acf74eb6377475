import { hasPhrase, type Phrases } from '../../mail/phrases.ts';
import { isClosed } from './noise.ts';
import type { Sentence } from './sentences.ts';

/** A sentence of more words is a chapter. */
export const MAX_SENTENCE_WORDS = 60;
const MIN_SENTENCE_WORDS = 5;
/** What answers a quotation may be as short as this. */
const MIN_ANSWER_WORDS = 4;
/** A sentence of fewer words is understood only beside what it answers. */
const MIN_CLEAR_WORDS = 9;
/** Of more words, a sentence that begins with thanks says something else besides. */
const MAX_THANKS = 16;

/** Words that point back: what they mean stands in the sentence before. */
const POINTS_BACK =
  /^(?:this|that|these|those|it|its|it's|they|they're|he|she|but|so|and|also|then|however|therefore|thus|which|such|otherwise|hence|or|instead|moreover|both|neither|for example|e\.g|i\.e|in that case|if (?:so|yes|not)|same|like what)\b/i;
/** Words that take up what somebody else wrote. */
const TAKES_UP =
  /^(?:yes|yep|yup|yeah|no|nope|not|nah|sure|right|correct|exactly|indeed|agreed|true|ok|okay|ah|oh|oops|hm+|well|because|of course|fair|good (?:point|idea|catch|question)|makes sense|sounds|looks|none|fixed|done|will|already|maybe|perhaps|probably|I(?:'ll| will| agree| disagree| don't| didn't| do| did| see| guess| was| can| could| thought| meant))\b/i;
/** Words for what stands beside the sentence and is not quoted. */
export const POINTS_AWAY: Phrases = {
  words: /below|above|attached|follow/i,
  forms: [
    /\b(?:see|as|like) (?:below|above)\b/i,
    /\b(?:patch|diff|hunk|code|trace|log|list|table|numbers|results|example|script|output|comments?|following)\b.{0,12}\b(?:below|above|attached|follows?)\b/i,
    /\b(?:below|above|following|attached)\b\W*$/i,
    /\bthe (?:following|attached|above|below)\b/i,
  ],
};
/** What begins in the middle of something, */
const BEGINS_WITHIN = /^(?:[()\]},.;:…]|[a-z]\)|\[\[)/;
/** or introduces a list or code that is not quoted, */
const LEADS_ON = /(?:[:;,…]|\.\.\.|\b(?:e\.g|i\.e)\.?)$/;
/** or ends with a bracket, smiles aside: it is whole where that is opened. */
const CLOSES_BRACKET = /(?<![:;]-?)\)["'”’.!?]{0,3}$/;
const SAYS_SOMETHING = /[\p{L}\p{N}]/u;
/** Somebody else's words, and none besides. */
const QUOTED = /^["“][^"“”]*["”]\W*$/;
const ITEM_MARK = /^(?:[-*+•]|\(?\d{1,2}[.)])\s+/;
/** A small letter begins a sentence of those who write so; with these words it goes on with one. */
const GOES_ON =
  /^(?:and|or|but|nor|is|are|was|were|has|have|that|which|who|whose|where|only|than|as|to|of|in|on|for|from|by|with|because|while)\b/;
const BEGINS_SMALL = /^\p{Ll}/u;
const THANKS = /^.{0,30}\b(?:thanks|thank you|thx|sorry (?:for|to|about|again)|apologies)\b/i;
/** Beside them something is said. */
const BESIDES = /\b(?:but|however|applied|queued|although|though)\b/i;
/** Words about the mail, the way of patches or what robots ask for: never what a thread is about. */
const SAYS_LITTLE =
  /^(?:@\S|p\.? ?s\b|(?:hi|hello|hey|dear) |please (?:stop|cc|report|review|let me know|feel free|ignore|consider (?:pulling|applying))\b|cc(?:'?ing|'?ed)?\b|adding \S+ to (?:the )?cc|it's encouraged\b|i'?m (?:cc|add)ing\b|(?:any |all |your )?(?:comments?|feedback|thoughts|suggestions?|reviews?)\b.{0,40}\b(?:welcome|appreciated)\b|what do you think\b|let me know\b|see my\b|looking forward\b|here(?:'s| is| are) (?:a few|some|my|the|a) (?:corrections?|comments?|nits?|notes?|thoughts|questions?|suggestions?|patch|diff|log|script|output)\b|(?:below|attached) (?:is|are)\b|(?:just )?(?:a|one|some|a few|general|quick|small) (?:\w+ )?(?:questions?|comments?|nits?|notes?)\b.{0,20}[.:]$|I need (?:more|some) (?:coffee|sleep)\b|(?:this|the) (?:series|patch|patchset) (?:is|applies|was|can be) (?:based|rebased|applied|on top)\b|applies (?:on|to|cleanly)\b|changes (?:since|in|from)\b|patches in the .{1,60} branch should|if (?:possible|in doubt),? (?:patch trailers|please check)|note that commit hashes\b|(?:i )?hope (?:this|that|it) helps)|\bshould appear in linux-next\b|\b(?:to|in) my inbox\b|\bnever mind\b|\b(?:did(?:n't| not)|do(?:n't| not)) have (?:much |the |enough )?time\b|\bneed (?:some |more )time to (?:review|look|read)\b|\b(?:changes?|comments?|issues?|things?|nit(?:pick)?s?|notes?|remarks?|questions?) (?:in-?line|below)\b|\bhope .{1,30}\b(?:well|finds you)\b|\b(?:noted|said|mentioned|replied) (?:above|below|inline)\b/i;

/** Whether a sentence says something where it is quoted alone. */
export function canBeQuoted(sentence: Sentence): boolean {
  const { text, words } = sentence;
  const least = sentence.answers && sentence.opens ? MIN_ANSWER_WORDS : MIN_SENTENCE_WORDS;
  if (words < least || words > MAX_SENTENCE_WORDS || !standsAlone(sentence)) return false;
  return !SAYS_LITTLE.test(text) && !(words <= MAX_THANKS && THANKS.test(text) && !BESIDES.test(text));
}

/** Whether a sentence is whole, and shows all that it speaks of. */
export function standsAlone({ text, opens }: Sentence): boolean {
  if (!isClosed(text) || isIncomplete(text) || QUOTED.test(text) || hasPhrase(text, POINTS_AWAY))
    return false;
  const words = withoutItemMark(text);
  return !BEGINS_SMALL.test(words) || (opens && words === text && !GOES_ON.test(words));
}

function isIncomplete(text: string): boolean {
  const end = text.slice(-8);
  if (BEGINS_WITHIN.test(text) || LEADS_ON.test(end) || !SAYS_SOMETHING.test(text)) return true;
  return CLOSES_BRACKET.test(end) && !text.includes('(');
}

/** Words without the mark of a list's item before them: `4. `, `- `. */
export function withoutItemMark(text: string): string {
  return text.replace(ITEM_MARK, '');
}

/** Whether a sentence points back to the one before it. */
export function pointsBack({ text }: Sentence): boolean {
  return POINTS_BACK.test(text);
}

/** Whether a sentence is understood only by those who know what it answers. */
export function needsContext(sentence: Sentence): boolean {
  return pointsBack(sentence) || TAKES_UP.test(sentence.text) || sentence.words < MIN_CLEAR_WORDS;
}
