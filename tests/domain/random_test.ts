/** Seeded chance: the same again from the same seed, and evenly spread. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { randomFrom } from "../../src/domain/random.ts";

function first(count: number, seed: number): readonly number[] {
  const random = randomFrom(seed);
  return Array.from({ length: count }, random);
}

Deno.test("[C2] randomFrom repeats itself from the same seed and stays within [0, 1)", () => {
  fc.assert(fc.property(fc.nat(2 ** 32 - 1), (seed) => {
    const numbers = first(50, seed);
    assert.deepEqual(first(50, seed), numbers);
    assert(numbers.every((number) => number >= 0 && number < 1));
  }));
});

Deno.test("[C2] randomFrom spreads evenly, along a sequence and over neighbouring seeds", () => {
  for (const numbers of [first(10_000, 1), Array.from({ length: 10_000 }, (_, seed) => randomFrom(seed)())]) {
    const tenths = new Array<number>(10).fill(0);
    for (const number of numbers) tenths[Math.floor(number * 10)] = (tenths[Math.floor(number * 10)] ?? 0) + 1;
    // Chi-squared with 9 degrees of freedom stays below 27.9 in 999 cases of 1,000.
    const chiSquared = tenths.reduce((sum, count) => sum + (count - 1_000) ** 2 / 1_000, 0);
    assert(chiSquared < 27.9, `${chiSquared}`);
  }
});
