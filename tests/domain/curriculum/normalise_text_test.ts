/** Typed algebra: every usual way to write a right answer is right, and no way makes a wrong one right. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { normaliseText } from "../../../src/domain/curriculum/normalise_text.ts";
import { WAYS_TO_WRITE } from "./ways_to_write.ts";

function sumOf(first: number, second: number, bracketed: boolean): string {
  const sum = `${first}x ${second < 0 ? "-" : "+"} ${Math.abs(second)}y`;
  return bracketed ? `3(${sum})` : sum;
}

const sumArbitrary = fc.tuple(
  fc.integer({ min: -99, max: 99 }),
  fc.integer({ min: -99, max: 99 }),
  fc.boolean(),
).map((drawn) => sumOf(...drawn));
const wayArbitrary = fc.constantFrom(...WAYS_TO_WRITE);

Deno.test("[C3] a right sum is right in every usual way to write it, also in two ways at once", () => {
  fc.assert(fc.property(sumArbitrary, wayArbitrary, wayArbitrary, (sum, way, andWay) => {
    const written = way(andWay(sum));
    assert.equal(normaliseText(written), normaliseText(sum), written);
  }));
});

Deno.test("[C3] no way to write it makes a wrong sum right", () => {
  fc.assert(fc.property(sumArbitrary, sumArbitrary, wayArbitrary, (right, wrong, way) => {
    fc.pre(right !== wrong);
    assert.notEqual(normaliseText(way(wrong)), normaliseText(right));
  }));
});

Deno.test("[C3] signs that carry meaning stay", () => {
  const different: readonly (readonly [string, string])[] = [
    ["2*3", "23"],
    ["x*2", "x2"],
    ["x**2", "x2"],
    ["6/x*y", "6/xy"],
    ["-5x", "+5x"],
    ["5x", "5+x"],
    ["5x - 7y", "5x + 7y"],
    ["5.5x", "55x"],
    [".5", "5"],
    ["+", ""],
    ["3 + +2", "3 + 2"],
    ["1/2x", "12x"],
    ["$5", "€5"],
  ];
  for (const [one, other] of different) assert.notEqual(normaliseText(one), normaliseText(other), `${one}, ${other}`);
});

Deno.test("[C3] a plus or a times sign that algebra leaves out is left out on both sides and in brackets", () => {
  assert.equal(normaliseText("y = +2 * x + 3"), normaliseText("y = 2x + 3"));
  assert.equal(normaliseText("3x * (+2 * x + 5)"), normaliseText("3x(2x + 5)"));
  assert.equal(normaliseText("(x + 4) × (x − 4)"), normaliseText("(x + 4)(x - 4)"));
  assert.equal(normaliseText("(1/2) * x"), normaliseText("(1/2)x"));
});
