/** What is said at the end of a mail, and thanks: words about the mail, not about its matter. */
const FAREWELL =
  /^(?:(?:many |and )?thanks?(?: (?:you|again|a lot|a bunch|so much|very much|in advance)){0,3}(?: (?:for|to) [^,.;:!?()–—]{1,60})?|thx|tia|cheers|(?:(?:best|kind|warm) )?(?:regards|wishes)|best|sincerely|yours|greetings|ciao|bye|br|kr|hth|mfg|gr[uü](?:ß|ss)e?|viele gr[uü](?:ß|ss)e|(?:i )?hope (?:this|that|it) helps|have a (?:nice|good|great) \w{1,12})(?![\p{L}\p{N}])/iu;
const HELLO = /^(?:hi|hiya|hey|hello|hallo|dear|good (?:morning|afternoon|evening))(?![\p{L}\p{N}_-])/iu;
/** What may follow in the same sentence: names, marks. */
const AND_NAMES =
  /^[\s,.!:;)(–—-]*(?:\/\w+|\p{Ll}[\p{L}.-]*|(?:(?:and )?\p{Lu}[\p{L}.'’-]*[\s,.!:)]*){0,4}|(?:all|everyone|guys|folks|again)[.!,:]?)$/u;
/** `Thanks, applied.` is no name. */
const NO_NAMES =
  /^\W*(?:applied|queued|merged|pulled|pushed|committed|picked|taken|fixed|done|will|added|noted|reverted|dropped|but|and|looks|ack|acked|nak|reviewed|tested|yes|no|ok|agreed)\b/i;
/** Names are no longer. */
const MAX_NAMES = 60;
/** Nor are farewells with them. */
const MAX_LENGTH = 160;

/** Whether words end a mail: `Thanks,`, `Best regards, Ada`; or thank for it. */
export function isFarewell(text: string): boolean {
  return isPolite(FAREWELL, text);
}

/** Whether words begin a mail: `Hi Ada,`. */
export function isGreeting(text: string): boolean {
  return isPolite(HELLO, text);
}

function isPolite(beginning: RegExp, text: string): boolean {
  if (text.length > MAX_LENGTH) return false;
  const said = beginning.exec(text)?.[0];
  if (said === undefined || text.length - said.length > MAX_NAMES) return false;
  const rest = text.slice(said.length);
  return AND_NAMES.test(rest) && !NO_NAMES.test(rest);
}
