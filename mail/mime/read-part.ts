import { decodeText } from '../charset.ts';
import { splitMessage } from '../header.ts';
import { messageHeading } from './message-heading.ts';
import { isMultipart, type Part } from './part.ts';
import { ENCRYPTED, isSaid, readLeaf } from './read-leaf.ts';
import { attach, isBlank, newReading, type Reading, textOf } from './reading.ts';
import { takeApart } from './take-apart.ts';

/** No honest mail nests its parts deeper. */
const MAX_DEPTH = 30;

/** Puts what `part` holds into `reading`, in the order in which it stands. */
export async function readPart(part: Part, reading: Reading, depth = 0): Promise<void> {
  if (/^message\/(rfc822|global)$/.test(part.type)) return readMessage(part, reading, depth);
  if (!isMultipart(part)) return readLeaf(part, reading);
  if (depth > MAX_DEPTH) {
    reading.warnings.add('parts nested too deep are left out');
    return;
  }
  if (part.parts.length === 0) {
    reading.warnings.add('a part of it cannot be read');
    return;
  }
  if (part.type === 'multipart/encrypted') reading.notes.add(ENCRYPTED);
  else if (part.type === 'multipart/alternative') await readAlternative(part, reading, depth);
  else for (const each of part.parts) await readPart(each, reading, depth + 1);
}

/** A mail program's excuse for the text it did not write. */
const EXCUSE =
  /\bhtml\b.{0,80}\b(cannot|can't|not|unable|support|capable|enabled|compatible|view|viewer|reader|display)|\b(cannot|can't|not|unable|view|display|support|switch|use).{0,80}\bhtml\b|view (this|it|the) .{0,30}(browser|online)|^this is a multi-?part message in mime format\.?$/is;
const LONGEST_EXCUSE = 400;

/**
 * The plain text where it says anything, else what is richest (RFC 2046, 5.1.4); files of all of them. Plain texts
 * that say different things are no alternatives to each other, and all are given.
 */
async function readAlternative(part: Part, reading: Reading, depth: number): Promise<void> {
  const readings = new Map<Part, Reading>();
  const read = async (each: Part, texts: boolean) => {
    const own: Reading = { ...newReading(), ...budgetOf(reading), texts: texts && reading.texts };
    await readPart(each, own, depth + 1);
    Object.assign(reading, budgetOf(own));
    readings.set(each, own);
    return own;
  };
  const plain = part.parts.filter(each => !isRich(each) && !isInvitation(each));
  // An invitation's text says more than what can be told of its dates here.
  const rich = [...part.parts.filter(isInvitation), ...part.parts.filter(isRich)];
  for (const each of plain) await read(each, true);
  const plainer = [...readings.values()].filter(says);
  const plainest = plainer.at(-1);
  // HTML is converted only where it is shown, which is where most of the time would go.
  const richWanted = plainest === undefined || isExcuse(plainest);
  for (const each of rich) await read(each, richWanted);
  const richest = rich.map(each => readings.get(each)!).findLast(says);
  const chosen = (richWanted ? richest : plainest) ?? plainest ?? readings.get(part.parts.at(-1)!)!;
  for (const each of part.parts) {
    const own = readings.get(each)!;
    for (const attachment of own.attachments) reading.attachments.push(attachment);
    for (const note of own.notes) reading.notes.add(note);
  }
  for (const { pieces, warnings } of chosen === plainest ? plainer : [chosen]) {
    for (const warning of warnings) reading.warnings.add(warning);
    if (isSaid(textOf(pieces), reading.pieces)) continue;
    for (const piece of pieces) reading.pieces.push(piece);
  }
}

function budgetOf({ htmlLeft, messagesLeft }: Reading): Pick<Reading, 'htmlLeft' | 'messagesLeft'> {
  return { htmlLeft, messagesLeft };
}

function says({ pieces }: Reading): boolean {
  return pieces.some(({ text }) => !isBlank(text));
}

function isInvitation({ type }: Part): boolean {
  return type === 'text/calendar';
}

function isRich({ type, parts }: Part): boolean {
  return type === 'text/html' || parts.some(isRich);
}

function isExcuse({ pieces }: Reading): boolean {
  const text = textOf(pieces).trim();
  return text.length <= LONGEST_EXCUSE && EXCUSE.test(text);
}

/** Messages in messages in messages are bounces of bounces: what is deeper is in the attachment. */
const MAX_MESSAGE_DEPTH = 24;
/** How much of the depth that parts may have a message takes. */
const MESSAGE_STEP = 8;

/** Puts the text of an attached message into `reading`, under a few lines of its header. */
async function readMessage(part: Part, reading: Reading, depth: number): Promise<void> {
  attach(part, reading);
  if (!reading.texts) return;
  if (reading.messagesLeft <= 0 || depth >= MAX_MESSAGE_DEPTH) {
    reading.warnings.add('attached messages are not all shown');
    return;
  }
  reading.messagesLeft--;
  const { fields, body } = splitMessage(part.content);
  reading.pieces.push({ kind: 'message', text: messageHeading(fields) });
  try {
    await readPart(await takeApart(part.content), reading, depth + MESSAGE_STEP);
  } catch {
    // What cannot be taken apart is read as it stands, as a whole message would be.
    reading.pieces.push({ kind: 'plain', text: decodeText(body) });
  }
  // What follows a message in a message belongs to the outer one, and no reader needs to be told.
  if (depth < MESSAGE_STEP) reading.pieces.push({ kind: 'end of message', text: '' });
}
