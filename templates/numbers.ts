/** `12,634`. */
export function number(value: number): string {
  return value.toLocaleString('en-US');
}

/** `1 post`, `24 posts`, `1 person`, `2,380 people`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${number(count)} ${count === 1 ? one : many}`;
}
