const ORIGINAL =
  /^\s*-{2,} ?(?:original (?:message|appointment)|forwarded (?:message|by)|ursprüngliche nachricht|message d'origine|mensaje original|messaggio originale|oorspronkelijk bericht)\b.{0,60}-{2,}\s*$/i;

/** Whether a line is what Outlook and its like put over a mail that they quote or forward without marks. */
export function isOriginalHeading(line: string): boolean {
  return ORIGINAL.test(line);
}
