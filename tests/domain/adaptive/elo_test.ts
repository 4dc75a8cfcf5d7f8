/** Elo abilities: what they predict and how an answer moves them. */
import assert from "node:assert/strict";
import fc from "fast-check";
import {
  afterAnswer,
  difficultyLogit,
  successProbability,
  UNKNOWN_ABILITIES,
} from "../../../src/domain/adaptive/elo.ts";
import { DIFFICULTIES } from "./practice_course.ts";

const difficulty = fc.constantFrom(...DIFFICULTIES);

Deno.test("[E6] an average learner meets middle difficulty with even odds, and harder items with less", () => {
  const odds = DIFFICULTIES.map((d) => successProbability(UNKNOWN_ABILITIES, ["s"], d));
  assert.equal(odds[2], 0.5);
  assert.deepEqual([...odds].sort((a, b) => b - a), odds);
});

Deno.test("[E6] an answer moves abilities toward its outcome, by ever smaller steps", () => {
  fc.assert(fc.property(fc.array(fc.tuple(difficulty, fc.boolean())), difficulty, (past, d) => {
    const before = past.reduce(
      (abilities, [d, right]) => afterAnswer(abilities, ["s"], d, right ? 1 : 0),
      UNKNOWN_ABILITIES,
    );
    const right = afterAnswer(before, ["s"], d, 1);
    const wrong = afterAnswer(before, ["s"], d, 0);
    assert.ok(right.overall.ability > before.overall.ability && wrong.overall.ability < before.overall.ability);
    assert.equal(right.overall.answers, past.length + 1);
    const probability = successProbability(before, ["s"], d);
    const step = (right.overall.ability - before.overall.ability) / (1 - probability);
    assert.ok(Math.abs(step - 0.5 / (1 + 0.05 * past.length)) < 1e-9, `step ${step} after ${past.length}`);
  }));
});

Deno.test("[E6] an answer leaves the skills it did not practise alone", () => {
  const one = afterAnswer(UNKNOWN_ABILITIES, ["s"], 3, 1);
  const two = afterAnswer(one, ["t"], 3, 0);
  assert.deepEqual(two.skills.s, one.skills.s);
});

Deno.test("[E6] after two hundred answers the predicted odds are the learner's true ones", () => {
  const ability = 0.8;
  let abilities = UNKNOWN_ABILITIES;
  for (let i = 0; i < 200; i++) {
    for (const d of DIFFICULTIES) {
      abilities = afterAnswer(abilities, ["s"], d, 1 / (1 + Math.exp(difficultyLogit(d) - ability)));
    }
  }
  for (const d of DIFFICULTIES) {
    const truth = 1 / (1 + Math.exp(difficultyLogit(d) - ability));
    assert.ok(Math.abs(successProbability(abilities, ["s"], d) - truth) < 0.01);
  }
});
