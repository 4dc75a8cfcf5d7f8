/** Reproducible chance for pure code: the same seed gives the same sequence on every machine. */

/**
 * A sequence of uniform numbers in [0, 1) with 32 bits each; period 2^32.
 * Mulberry32 (Tommy Ettinger, public domain): a Weyl sequence, scrambled. Not for secrets.
 * @param seed taken modulo 2^32, as an unsigned integer
 */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
