/** Words that end in a full stop inside sentences, without it. */
const ABBREVIATIONS = words(
  `e.g i.e eg ie vs cf resp aka a.k.a w.r.t wrt approx ca incl excl esp viz ff et nb n.b q.v
  mr mrs ms dr prof st sr jr sect chap eqs refs tab vol ed eds pp dept univ avg std misc def orig temp prev
  jan feb apr jun jul aug sep sept oct nov dec`,
);
/** Words that are abbreviations before a number: `no` alone is an answer. */
const BEFORE_NUMBERS = words('no nos nr fig figs sec secs ch eq ref max min');
/** A sentence may end in these; they are abbreviations alone where it goes on in lower case. */
const MAY_END = words('etc al inc ltd corp co');
/** Longer words are no abbreviations. */
const MAX_LENGTH = 12;

/** Whether the full stop at the end of `text` belongs to an abbreviation, or to a numbered item, rather than to a sentence. */
export function endsInAbbreviation(text: string, next: string): boolean {
  if (!text.endsWith('.')) return false;
  const end = text.slice(-MAX_LENGTH - 2, -1);
  const word = /[^\s([{"'/]*$/.exec(end)![0];
  // An initial: `J. Doe`.
  if (/^\p{Lu}$/u.test(word)) return word !== 'I';
  const known = word.toLowerCase();
  if (BEFORE_NUMBERS.has(known)) return /^\d/.test(next);
  if (MAY_END.has(known)) return /^\p{Ll}/u.test(next);
  return ABBREVIATIONS.has(known);
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(/\s+/));
}
