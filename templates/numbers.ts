/** `12,634`. */
export function number(value: number): string {
  // Whole numbers without ICU: to load it takes as long as to store a mail.
  return Number.isInteger(value)
    ? String(value).replace(/\B(?=(?:\d{3})+$)/g, ',')
    : value.toLocaleString('en-US');
}

/** `1 post`, `24 posts`, `1 person`, `2,380 people`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${number(count)} ${count === 1 ? one : many}`;
}
