// The anchor of a message is the SHA-1 of its id: 40 digits that do not pack, so the index leaves them out. Browsers
// have SHA-1 for secure connections alone, and a site may be served without.

/** The SHA-1 of a text's UTF-8, in hexadecimal digits (RFC 3174). */
export function sha1(text: string): string {
  const bytes = new TextEncoder().encode(text);
  const words = new Uint32Array((((bytes.length + 8) >> 6) + 1) << 4);
  for (const [at, byte] of bytes.entries()) words[at >> 2]! |= byte << (24 - 8 * (at & 3));
  words[bytes.length >> 2]! |= 0x80 << (24 - 8 * (bytes.length & 3));
  words[words.length - 1] = bytes.length * 8;
  let state: State = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0];
  for (let start = 0; start < words.length; start += 16) {
    const sums = rounds(words.subarray(start, start + 16), state);
    state = [
      sums[0] + state[0],
      sums[1] + state[1],
      sums[2] + state[2],
      sums[3] + state[3],
      sums[4] + state[4],
    ];
  }
  return state.map(word => (word >>> 0).toString(16).padStart(8, '0')).join('');
}

type State = readonly [number, number, number, number, number];
const CONSTANTS = [0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6];

function rounds(block: Uint32Array, state: State): State {
  const schedule = new Int32Array(80);
  schedule.set(block);
  let [a, b, c, d, e] = state;
  for (let round = 0; round < 80; round++) {
    if (round >= 16)
      schedule[round] = rotated(
        schedule[round - 3]! ^ schedule[round - 8]! ^ schedule[round - 14]! ^ schedule[round - 16]!,
        1,
      );
    const part = Math.floor(round / 20);
    const mixed = part === 0 ? (b & c) | (~b & d) : part === 2 ? (b & c) | (b & d) | (c & d) : b ^ c ^ d;
    const next = (rotated(a, 5) + mixed + e + CONSTANTS[part]! + schedule[round]!) | 0;
    [a, b, c, d, e] = [next, a, rotated(b, 30), c, d];
  }
  return [a, b, c, d, e];
}

function rotated(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}
