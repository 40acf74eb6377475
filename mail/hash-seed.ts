/** For hashes that nobody outside can foresee, so that no mail can be written whose words, grams or ids all collide. */
export const HASH_SEED = Math.floor(Math.random() * 2 ** 32) | 0;
