import { hasPhrase, type Phrases } from '../phrases.ts';

const LATELY = '(?:still |really |just |strongly |hereby |must |have to |keep (?:on )?)*';
const WORK =
  '(?:this|that|these|it|all|both|the (?:\\w+ )?(?:patch|series|idea|approach|change|concept|set)|patch|adding|using)\\b';
const NAK = 'N(?:AC?K|ac?k)';

/** A verdict in words; `NAK` is a signal of USB, I2C and DHCP too. */
export const REFUSED: Phrases = {
  words: /nac?k/i,
  forms: [
    // "NAK.", "Sorry, but a strong NACK on this one.", "Nack, nack."
    new RegExp(
      `^(?:(?!(?:[Oo]n|[Ii]n|[Ii]f|[Ww]hen|[Tt]he|[Aa]n?|[Ff]or|[Tt]hen) )[^"?]{0,60}[,:;] )?(?:(?:[Ss]o|[Bb]ut|[Tt]hen|[Aa]nd|[Bb]ig|[Ff]at|[Oo]ne|[Hh]ard|[Ss]trong|[Ff]irm|[Cc]lear|[Aa]|[Dd]ouble|[Ss]till)[ -]){0,3}${NAK}(?:['’]?ed)?(?:$|[.!,;:]| [-–—]| (?:from me|again|until|unless|because|as long as|${NAK}|(?:on|to|for) ${WORK}))`,
    ),
    /^nac?k(?:ed)?(?:[.!]|$| (?:on|to|for) (?:this|that|these|it)\b)/,
    // "I NAK this", "I keep NACK on this change", "I'm nacking this"
    new RegExp(
      `\\bI(?:['’]m| am)? ${LATELY}(?:${NAK}|nac?k)(?:['’]?ing|['’]?ed)? (?:(?:on|to) )?(?:${WORK}|making)|\\bI ${LATELY}${NAK}(?:$|[.!,])`,
    ),
    // "That's a NAK from me", "The NAK stands"
    new RegExp(
      `^(?:so |sorry, |then )?(?:that|this|it)(?:['’]s| is|['’]s still| is still) (?:a |an )?(?:(?:clear|big|hard|strong|firm) )?${NAK}\\b(?! (?:bit|packet|frame|from the|handling|signal))`,
      'i',
    ),
    /\b(?:the|my) NAC?K (?:still )?stands(?:$|[.!,;])/i,
    /^NA(?:CK|K)\b.{0,20}\bfrom me\b/i,
    /\bconsider (?:this|that|it)(?: \w+)? NAC?K(?:ed)?\b/i,
  ],
};
const NOT_REFUSED =
  /\b(?:will|would|could|not|never|no|if|why|been|was|say|(?<!have )to|\w+n['’]t)(?: \w+){0,3} n(?:ac?k)\b|\back\/nac?k|\bnac?k\/ack|\?\W{0,3}$/i;

/** Whether a sentence refuses the work. */
export function isNack(sentence: string): boolean {
  return hasPhrase(sentence, REFUSED) && !NOT_REFUSED.test(sentence) && !isQuoted(sentence, REFUSED.words);
}

/** What is meant is the work, and not some other thing that is talked about. */
const SUBJECT =
  '(?:this|the|your) (?:whole |entire |current |proposed |suggested )?(?:patch(?: ?set|es)?|series|approach|change|proposal)';
const WRONG =
  '(?:wrong|broken|racy|bogus|buggy|incorrect|unacceptable|not (?:acceptable|correct|right|safe|needed|necessary|a good idea|the right \\w+)|a (?:really |very |terribly )?(?:bad|terrible|horrible) idea)';

export const OBJECTED: Phrases = {
  words: /patch|series|approach|change|proposal|object|idea/i,
  forms: [
    new RegExp(
      `\\b${SUBJECT} (?:is|are|looks|seems)(?: (?:just|simply|completely|totally|clearly|plain|still|also|fundamentally|really|quite)){0,2} ${WRONG}\\b`,
      'i',
    ),
    new RegExp(
      `\\b${SUBJECT} (?:breaks|will break|would break|makes no sense|(?:does not|doesn['’]t) make (?:any |much )?sense)\\b`,
      'i',
    ),
    new RegExp(
      `\\bI (?:really |strongly |still |also |just )?(?:don['’]t|do not) (?:really |particularly )?(?:like|agree with|see (?:the|a|any)(?: \\w+)? (?:point|need|value|benefit|motivation|reason) (?:of|for|in|to have)|want|believe in) ${SUBJECT}\\b`,
      'i',
    ),
    new RegExp(
      `\\bI (?:really |still |also )?(?:don['’]t|do not) (?:think|believe)(?: that)? ${SUBJECT} (?:is|are) (?:the right \\w+|right|correct|needed|necessary|a good idea|acceptable|safe|worth|justified|ready)\\b`,
      'i',
    ),
    new RegExp(
      `\\bI(?:['’]m| am) (?:really |still )?not (?:at all |really |yet )?(?:convinced|happy|comfortable|a fan)(?: (?:by|with|of|about|that))? ${SUBJECT}\\b`,
      'i',
    ),
    /\bI (?:strongly |really |do )?object to\b/i,
    /\b(?:this|it)(?:['’]s| is) (?:just |really |clearly |still )?a (?:really |very |terribly |extremely )?(?:bad|terrible|horrible) idea\b/i,
  ],
};
/** Right under what a patch says, "this" is what it says. */
const OBJECTED_HERE =
  /^(?:no, |nope, |sorry, |hmm?, |but )?this (?:is|looks) (?:just |simply |completely |totally |clearly |plain |still |also )?(?:wrong|broken|racy|bogus|buggy|incorrect)\b/i;
const NOT_OBJECTED =
  /\b(?:if|unless|whether|in case|never mind|no (?:worries|problem|need|objections?)|looks? (?:good|fine|ok|great|sane)|(?:is|are|['’]s) (?:fine|good|great|ok|okay|nice)\b(?! idea)|I (?:really )?like|thanks?|acked|reviewed|happy to|glad|sorry|not (?:look|seem|sound)|not a(?:n| very| really)? (?:bad|terrible))\b|\?\W{0,3}$/i;
/** Less says nothing to whoever does not read the question. */
const MIN_OBJECTION = 20;

/** Whether a sentence argues against the work; `here` where it stands right under what a patch says. */
export function isObjection(sentence: string, here: boolean): boolean {
  if (sentence.length < MIN_OBJECTION || !argues(sentence, here)) return false;
  return !NOT_OBJECTED.test(sentence) && !isQuoted(sentence, /\bthis\b|\bthe\b/i);
}

function argues(sentence: string, here: boolean): boolean {
  if (here && OBJECTED_HERE.test(sentence)) return true;
  return hasPhrase(sentence, OBJECTED);
}

/** Whether the word that counts stands in quotation marks. */
function isQuoted(sentence: string, word: RegExp): boolean {
  const at = sentence.search(word);
  return at !== -1 && sentence.slice(0, at).split('"').length % 2 === 0;
}

/** Whether the words speak of more than the patch that is answered. */
export function speaksOfSeries(sentence: string): boolean {
  return /\b(?:series|patch ?set|patches|approach)\b/i.test(sentence);
}
