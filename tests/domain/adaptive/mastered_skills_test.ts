/** When a skill counts as mastered: likely enough, and surely enough. */
import assert from "node:assert/strict";
import { isMasteredSkill } from "../../../src/domain/adaptive/mastered_skills.ts";

Deno.test("[E6] a skill is mastered when a right answer is likely and surely so, or after long practice", () => {
  const cases = [
    { probability: 0.9, low: 0.6, answers: 4, expected: "mastered" },
    { probability: 0.9, low: 0.49, answers: 4, expected: "not" },
    { probability: 0.69, low: 0.55, answers: 4, expected: "not" },
    { probability: 0.5, low: 0.2, answers: 12, expected: "mastered" },
    { probability: 0.44, low: 0.2, answers: 90, expected: "not" },
  ] as const;
  for (const { expected, ...mastery } of cases) {
    assert.equal(isMasteredSkill({ ...mastery, high: 0.99 }) ? "mastered" : "not", expected, JSON.stringify(mastery));
  }
});
