const ORIGINAL =
  /^\s*-{2,} ?(?:original (?:message|appointment)|forwarded (?:message|by)|ursprüngliche nachricht|message d'origine|mensaje original|messaggio originale|oorspronkelijk bericht)\b.{0,60}-{2,}\s*$/i;

const FROM = /^\s*\*?(?:from|von|de|da|van|från|fra|od|lähettäjä|от|发件人|差出人)[:：]\*? ?\S/i;
const HEADER =
  /^\s*\*?(?:from|sent|date|to|cc|subject|von|gesendet|datum|an|betreff|de|envoyé|à|objet|enviado|para|asunto|assunto|da|inviato|a|oggetto|van|verzonden|aan|onderwerp|från|skickat|till|ämne|fra|sendt|til|emne|od|wysłano|odesláno|do|komu|temat|předmět|lähettäjä|lähetetty|vastaanottaja|aihe|от|отправлено|кому|тема|发件人|发送时间|收件人|抄送|主题|差出人|送信日時|宛先|件名)[:：]\*?(?:\s|$|(?<=：))/i;
const MIN_HEADER_LINES = 3;
const MAX_HEADER_LINES = 12;

/**
 * The line behind the header of a mail that was pasted at `start`: the heading of Outlook, `From:`, `Sent:`, `To:` and
 * their like in the languages of mail programs. Undefined where none begins there.
 */
export function originalHeaderEnd(lines: readonly string[], start: number): number | undefined {
  const isHeading = isOriginalHeading(lines[start]!);
  const first = isHeading ? start + 1 : start;
  if (!isHeading && !FROM.test(lines[start]!)) return undefined;
  const from = lines[first]?.trim() === '' ? first + 1 : first;
  let end = from;
  while (end - from < MAX_HEADER_LINES && HEADER.test(lines[end] ?? '')) end++;
  if (end - from >= MIN_HEADER_LINES) return end;
  return isHeading ? first : undefined;
}

/** Whether a line is what Outlook and its like put over a mail that they quote or forward without marks. */
function isOriginalHeading(line: string): boolean {
  return ORIGINAL.test(line);
}
