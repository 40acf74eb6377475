import type { MessageId } from '../mail/message-id.ts';
import { type Finding, finding } from './verify/finding.ts';
import type { Held, HeldMessage, HeldThread } from './verify/held.ts';
import { NameReader } from './verify/names.ts';
import { checkNarration } from './verify/narration-check.ts';
import { type Citation, idsOf, type ProsePassage, readProse } from './verify/passages.ts';
import { type CheckedQuotation, checkQuotation, unverified } from './verify/quotation-check.ts';
import { Speakers } from './verify/speakers.ts';
import { badId, noSuchMessage } from './verify/words-check.ts';

export type { Finding } from './verify/finding.ts';
export { type Held, holdThreads } from './verify/held.ts';
export { citedIds } from './verify/passages.ts';
export type { CheckedQuotation } from './verify/quotation-check.ts';

/** What prose is checked with besides the mail. */
export interface VerifyOptions {
  /** The thread that the prose is about, whose facts count though no message of it is cited. */
  readonly about?: MessageId;
  /** Numbers, dates and names that are known from elsewhere: `12` messages, the name of the list. */
  readonly known?: Iterable<string>;
  /** Whether it tells of mail that is not held, as old newsletters do: quotations that name no source are no error. */
  readonly unheld?: boolean;
}

/** What was found of prose. */
export interface Verification {
  /** In the order of the text. */
  readonly findings: readonly Finding[];
  readonly quotations: readonly CheckedQuotation[];
}

/**
 * Checks prose (Markdown, without front matter) against the mail it tells of. An error is what the mail shows to be
 * untrue, or what nobody can check: words that are not the cited message's own, words put in the wrong mouth, ids of
 * no message, names and numbers that stand nowhere in its threads. A warning is what an editor should look at.
 */
export function verifyProse(markdown: string, held: Held, options: VerifyOptions = {}): Verification {
  const { passages, tooDeep } = readProse(markdown);
  if (tooDeep) {
    const why = 'Lists or quotations are nested too deep here to be read; nest them less.';
    return { findings: [finding(tooDeep, 'error', 'too-deep', why)], quotations: [] };
  }
  const threads = threadsOf(passages, held, options.about);
  const names = new NameReader(
    threads.flatMap(({ thread }) => thread.messages.map(({ author }) => author)),
    threads.flatMap(({ named }) => [...named]),
  );
  const known = new Set(options.known);
  const findings: (readonly Finding[])[] = [];
  const quotations: CheckedQuotation[] = [];
  for (const [at, passage] of passages.entries()) {
    const speakers = new Speakers(names);
    const cited = citedBy(passages, at, held);
    findings.push(passage.tags.map(place => finding(place, 'error', 'tag', TAG)));
    findings.push(passage.citations.flatMap(citation => checkCitation(citation, held)));
    for (const part of passage.parts) {
      if (part.kind === 'narration') {
        const mentions = speakers.hear(part);
        findings.push(
          checkNarration(part, mentions, { held, threads, cited, names, known, heading: passage.heading }),
        );
      } else {
        const found = checkQuotation(part, speakers, held);
        const checked = found.verdict === 'no-source' && options.unheld ? unverified(part) : found;
        quotations.push(checked);
        findings.push(checked.findings);
        speakers.heard(part, held);
      }
    }
  }
  findings.push(countUnverified(quotations));
  const inOrder = findings.flat().sort((a, b) => a.line - b.line || a.column - b.column);
  return { findings: inOrder, quotations };
}

const TAG = 'A tag quotes or links here; write it in Markdown, so that it can be checked.';

/** One warning for all quotations of mail that is not held, at the first of them. */
function countUnverified(quotations: readonly CheckedQuotation[]): readonly Finding[] {
  const all = quotations.filter(({ verdict }) => verdict === 'unverified');
  const first = all[0];
  if (!first) return [];
  const these = all.length === 1 ? 'A quotation names' : `${all.length} quotations name`;
  const why = `${these} no message, and cannot be checked; where the archive has the mail, link to mid:ID.`;
  return [finding(first.quotation.place, 'warning', 'unverified', why)];
}

/** The threads that prose tells of: those of the messages it names, and the one it is about. */
function threadsOf(
  passages: readonly ProsePassage[],
  held: Held,
  about: MessageId | undefined,
): readonly HeldThread[] {
  const ids = passages.flatMap(idsOf);
  const threads = (about === undefined ? ids : [about, ...ids]).map(id => held.threadOf(id));
  return [...new Set(threads)].filter(thread => thread !== undefined);
}

/** The messages that a passage rests on, those of block quotations beside it included. */
function citedBy(passages: readonly ProsePassage[], at: number, held: Held): readonly HeldMessage[] {
  const isBlock = (passage: ProsePassage | undefined) =>
    passage?.parts.some(part => part.kind === 'quotation' && part.form === 'block');
  const beside = [passages[at - 1], passages[at + 1]].filter(isBlock);
  const ids = new Set([passages[at], ...beside].flatMap(passage => idsOf(passage!)));
  return [...ids].map(id => held.message(id)).filter(message => message !== undefined);
}

function checkCitation({ id, url, place }: Citation, held: Held): readonly Finding[] {
  if (id === undefined) return [finding(place, 'error', 'bad-id', badId(url))];
  return held.exists(id) ? [] : [finding(place, 'error', 'no-such-message', noSuchMessage(id))];
}
