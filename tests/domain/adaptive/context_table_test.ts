/** The table of contexts: it counts like a map, within its bound. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { ContextTable } from "../../../src/domain/adaptive/context_table.ts";

const RIGHT = true;
const WRONG = false;

const context = fc.oneof(
  fc.nat(50),
  fc.nat({ max: 2 ** 31 - 1 }).map((n) => n * 2 ** 21),
  fc.maxSafeInteger().map(Math.abs),
)
  .filter((n) => n < Number.MAX_SAFE_INTEGER);

Deno.test("[N1] contexts are counted as a plain map counts them", () => {
  fc.assert(fc.property(fc.array(fc.tuple(context, fc.boolean()), { maxLength: 3000 }), (answers) => {
    const table = new ContextTable(1 << 20);
    const model = new Map<number, { answers: number; right: number }>();
    for (const [context, correct] of answers) {
      table.count(context, correct);
      const known = model.get(context) ?? { answers: 0, right: 0 };
      model.set(context, { answers: known.answers + 1, right: known.right + (correct ? 1 : 0) });
    }
    assert.equal(table.size, model.size);
    for (const [context, { answers, right }] of model) {
      assert.deepEqual([table.answersIn(context), table.rightIn(context)], [answers, right]);
    }
    const sorted = (counts: { context: number }[]) => counts.toSorted((a, b) => a.context - b.context);
    assert.deepEqual(sorted(table.counts()), sorted([...model].map(([context, counts]) => ({ context, ...counts }))));
  }));
});

Deno.test("[N3] a full table forgets rare contexts and keeps the counts of frequent ones", () => {
  const table = new ContextTable(100);
  for (let round = 0; round < 50; round++) table.count(7, RIGHT);
  for (let rare = 1000; rare < 11_000; rare++) table.count(rare, WRONG);
  assert.ok(table.size <= 100);
  assert.deepEqual([table.answersIn(7), table.rightIn(7)], [50, 50]);
});

Deno.test("[N3] contexts that are all frequent are bounded too", () => {
  const table = new ContextTable(100);
  for (let round = 0; round < 40; round++) {
    for (let context = 0; context < 300; context++) table.count(context, RIGHT);
  }
  assert.ok(table.size <= 100);
});

Deno.test("[N4] a copy goes its own way", () => {
  const table = new ContextTable(100);
  table.count(1, RIGHT);
  const copy = table.copy();
  table.count(1, RIGHT);
  table.count(2, RIGHT);
  assert.deepEqual([copy.size, copy.answersIn(1), copy.answersIn(2)], [1, 1, 0]);
});
