const BEGIN = /^-----BEGIN PGP ([A-Z ]{3,40})-----\s*$/;
const END = /^-----END PGP [A-Z ]{3,40}-----\s*$/;
/** `Hash: SHA256`, `Version: GnuPG v2` */
const HEADER = /^[A-Z][A-Za-z-]{1,20}: /;
/** Base 64, and the checksum behind it. */
const ARMOUR = /^[A-Za-z0-9+/=]{1,100}\s*$/;

/** Whether OpenPGP's armour begins at `lines[index]` (RFC 9580, 6.2). */
export function isPgp(lines: readonly string[], index: number): boolean {
  return BEGIN.test(lines[index]!);
}

/** The index behind the armour that begins at `start`. What is signed in the clear is none of it (RFC 9580, 7). */
export function pgpEnd(lines: readonly string[], start: number): number {
  const signed = BEGIN.exec(lines[start]!)![1] === 'SIGNED MESSAGE';
  let end = start + 1;
  while (end < lines.length && HEADER.test(lines[end]!)) end++;
  if (end < lines.length && lines[end]!.trim() === '') end++;
  if (signed) return end;
  while (end < lines.length && ARMOUR.test(lines[end]!)) end++;
  return END.test(lines[end] ?? '') ? end + 1 : end;
}
