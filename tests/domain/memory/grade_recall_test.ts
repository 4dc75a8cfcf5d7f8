/** From an answer to a grade: right or wrong, hints, and time beside the learner's own. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { Rating } from "ts-fsrs";
import { gradeRecall, NO_USUAL_TIME, usualTimeAfter } from "../../../src/domain/memory/grade_recall.ts";

/** The usual time after `times` right answers of ten seconds each. */
function usualTenSeconds(times: number) {
  const recall = { correct: true, hintsUsed: 0, responseMs: 10_000 };
  return Array.from({ length: times }).reduce<typeof NO_USUAL_TIME>((usual) => usualTimeAfter(usual, recall), [0, 0]);
}

Deno.test("[F1] wrong and nearly told are Again, with hints Hard, by oneself Good, far off the usual time Hard or Easy", () => {
  const cases = [
    { correct: false, hintsUsed: 0, responseMs: 10_000, grade: Rating.Again },
    { correct: true, hintsUsed: 3, responseMs: 10_000, grade: Rating.Again },
    { correct: true, hintsUsed: 2, responseMs: 10_000, grade: Rating.Hard },
    { correct: true, hintsUsed: 1, responseMs: 1_000, grade: Rating.Hard },
    { correct: true, hintsUsed: 0, responseMs: 10_000, grade: Rating.Good },
    { correct: true, hintsUsed: 0, responseMs: 20_000, grade: Rating.Good },
    { correct: true, hintsUsed: 0, responseMs: 25_000, grade: Rating.Hard },
    { correct: true, hintsUsed: 0, responseMs: 4_000, grade: Rating.Easy },
  ];
  for (const { grade, ...recall } of cases) assert.equal(gradeRecall(recall, usualTenSeconds(8)), grade, `${grade}`);
});

Deno.test("[F1] with fewer than five times known nothing is fast or slow", () => {
  for (const responseMs of [0, 1, 1e9]) {
    for (const usual of [NO_USUAL_TIME, usualTenSeconds(4)]) {
      assert.equal(gradeRecall({ correct: true, hintsUsed: 0, responseMs }, usual), Rating.Good);
    }
  }
  assert.equal(gradeRecall({ correct: true, hintsUsed: 0, responseMs: 1e9 }, usualTenSeconds(5)), Rating.Hard);
});

Deno.test("[F1] only right answers say how long recalling takes, and the mean stays between the times it is of", () => {
  const recalls = fc.array(fc.record({
    correct: fc.boolean(),
    hintsUsed: fc.nat(3),
    responseMs: fc.integer({ min: 1_000, max: 60_000 }),
  }));
  fc.assert(fc.property(recalls, (all) => {
    const [mean, times] = all.reduce<typeof NO_USUAL_TIME>(usualTimeAfter, NO_USUAL_TIME);
    const right = all.filter(({ correct }) => correct).map(({ responseMs }) => Math.log1p(responseMs / 1000));
    assert.equal(times, Math.min(right.length, 10));
    if (right.length > 0) assert.ok(mean >= Math.min(...right) - 2e-3 && mean <= Math.max(...right) + 2e-3);
  }));
});
