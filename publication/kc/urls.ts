/** An address in text, with the punctuation behind it. */
export const URL_IN_TEXT = /https?:\/\/[^\s<>"\\^`{}|*]{1,1000}/g;

/**
 * Where a link of an old newsletter leads, as Markdown can hold it: `//host/path` had no scheme when both were in
 * use. Undefined where it leads nowhere from here, or runs something.
 */
export function cleanUrl(written: string): string | undefined {
  const url = written
    .slice(0, 2000)
    .replace(/\s+/g, '')
    .replace(/^\/\//, 'https://')
    .replace(/[()<>"'`*|{}^[\]\\]/g, character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
  if (/^https?:\/\//i.test(url)) return URL.canParse(url) ? url : undefined;
  return /^mailto:[^\s@]+@[^\s@]+$/i.test(url) ? url : undefined;
}

/** Whether an address is one of the web. */
export function isWeb(url: string): boolean {
  return /^https?:\/\//i.test(url);
}
