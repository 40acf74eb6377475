import { type Block, cutBlock, isBlank } from './block.ts';

const HELLO =
  /^(?:hi|hiya|hey|hello|hullo|dear|greetings|howdy|g'day|good (?:morning|afternoon|evening|day)|hallo|moin|servus|bonjour|salut|hola|ciao|ahoj|cześć|olá|hej|привет|здравствуйте)(?![\p{L}\p{N}_-])/iu;
/** `Ada,` or `Ada and Ben,` over a paragraph. */
const NAMES = /^\p{Lu}[\p{L}.'’-]*(?:(?: |, | and | & |\/)\p{Lu}[\p{L}.'’-]*){0,3},$/u;
/** Words that begin many a first line, and are no names. */
const NO_NAMES =
  /^(?:yes|yeah|yep|no|nope|nak|ack|ok|okay|thanks?|right|indeed|sorry|well|sure|agreed|however|also|nice|great|good|cheers|regards|best|so|and|but|hm+|ah|oh|still|maybe|perhaps|changes|note|question|patch|fixes|example)\b/i;
const MAX_LETTERS = 70;
/** Of more words a line that begins with `Hello` says something. */
const MAX_WORDS = 7;
/** So many without a comma or its like at the end. */
const MAX_WORDS_OPEN = 3;

/** The blocks of a body, its greeting told apart: the first line that is the writer's own, if it is nothing else. */
export function withGreeting(blocks: readonly Block[]): readonly Block[] {
  const first = blocks.findIndex(
    block => !['pgp', 'quote', 'attribution'].includes(block.kind) && !isBlank(block),
  );
  const block = blocks[first];
  if (block?.kind !== 'text') return blocks;
  const at = block.lines.findIndex(line => line.trim() !== '');
  const alone = (block.lines[at + 1] ?? '').trim() === '';
  if (!isGreeting(block.lines[at]!.trim(), alone)) return blocks;
  let end = at + 1;
  while (end < block.lines.length && block.lines[end]!.trim() === '') end++;
  const kinds = block.lines.map((_, index) => (index < end ? 'greeting' : 'text'));
  return blocks.flatMap((one, index) => (index === first ? cutBlock(one, kinds) : [one]));
}

function isGreeting(line: string, alone: boolean): boolean {
  if (line.length > MAX_LETTERS) return false;
  if (alone && NAMES.test(line) && !NO_NAMES.test(line)) return true;
  if (!HELLO.test(line)) return false;
  const closed = /[,!:;–—-]$/.test(line);
  return line.split(/\s+/).length <= (closed ? MAX_WORDS : MAX_WORDS_OPEN) && (closed || alone);
}
