/** The policies compared, each doing what its name says, and runs that can be repeated. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { afterAnswer, successProbability, UNKNOWN_ABILITIES } from "../../../src/domain/adaptive/elo.ts";
import { newKnowledge } from "../../../src/domain/adaptive/learner_knowledge.ts";
import { measurePolicy, sharesFewer } from "../../../src/domain/adaptive/simulation/compare_policies.ts";
import { GROUND_TRUTH_NAMES, GROUND_TRUTHS } from "../../../src/domain/adaptive/simulation/ground_truths.ts";
import { playRun, remember, statisticsAsAuthored } from "../../../src/domain/adaptive/simulation/play_run.ts";
import { COMPARED_POLICIES, POLICIES, POLICY_NAMES } from "../../../src/domain/adaptive/simulation/policies.ts";
import type { Situation } from "../../../src/domain/adaptive/simulation/policy.ts";
import { rightInARow } from "../../../src/domain/adaptive/right_in_a_row.ts";
import { COURSE } from "../../content/elementary_algebra.ts";
import { chainCourse } from "../adaptive/practice_course.ts";

const CHAIN = chainCourse(["a", "b", "c"], 2, "fresh");
const FRESH: Situation = {
  course: CHAIN,
  abilities: UNKNOWN_ABILITIES,
  knowledge: newKnowledge(),
  published: statisticsAsAuthored(CHAIN),
  history: [],
  past: [],
  turn: 0,
  seed: 1,
};
const seedArbitrary = fc.integer({ min: 0, max: 2 ** 32 - 1 });

for (const truth of GROUND_TRUTH_NAMES) {
  for (const policy of POLICY_NAMES) {
    Deno.test(`[P1] a run of ${policy} on a ${truth} learner is the same again from its seed`, () => {
      fc.assert(
        fc.property(seedArbitrary, (seed) => {
          const [once, again] = [0, 1].map(() => playRun(CHAIN, GROUND_TRUTHS[truth], POLICIES[policy], seed));
          assert.deepEqual(once, again);
        }),
        { numRuns: 3 },
      );
    });
  }
}

Deno.test("[P1] every policy meets the same learner: before the first item they stand alike", () => {
  fc.assert(
    fc.property(seedArbitrary, (seed) => {
      const starts = POLICY_NAMES.map((name) =>
        playRun(CHAIN, GROUND_TRUTHS.bkt, POLICIES[name], seed).masteredShares[0]
      );
      assert.equal(new Set(starts).size, 1);
    }),
    { numRuns: 5 },
  );
});

Deno.test("[P1] fixed order walks through the course and starts over", () => {
  const turns = Array.from(
    { length: CHAIN.items.length + 2 },
    (_, turn) => POLICIES.fixed({ ...FRESH, turn })?.item.id,
  );
  const ids = CHAIN.items.map(({ id }) => id);
  assert.deepEqual(turns, [...ids, ids[0], ids[1]]);
});

Deno.test("[P1] lowest mastery first takes the skill with the lowest ability, Elo at 75% the nearest item of all", () => {
  const abilities = afterAnswer(UNKNOWN_ABILITIES, ["b"], 1, 0);
  for (let seed = 0; seed < 20; seed++) {
    assert.deepEqual(POLICIES.lowest_mastery({ ...FRESH, abilities, seed })?.item.skills, ["b"]);
    const chosen = POLICIES.elo75({ ...FRESH, abilities, seed })?.item;
    assert.ok(chosen);
    const away = CHAIN.items.map((item) =>
      Math.abs(successProbability(abilities, item.skills, item.difficulty) - 0.75)
    );
    const own = Math.abs(successProbability(abilities, chosen.skills, chosen.difficulty) - 0.75);
    assert.ok(own <= Math.min(...away) + 1e-9);
  }
});

Deno.test("[P1] skill by skill stays until three right in a row, then goes on, and starts over at the end", () => {
  const met = (skill: string) => Array.from({ length: 3 }, () => ({ itemId: "i", skills: [skill], correct: true }));
  const skillAfter = (...skills: string[]) =>
    POLICIES.skill_by_skill({ ...FRESH, past: skills.flatMap(met) })?.item.skills[0];
  assert.equal(POLICIES.skill_by_skill({ ...FRESH, past: met("a").slice(1) })?.item.skills[0], "a");
  assert.deepEqual([skillAfter(), skillAfter("a"), skillAfter("a", "b"), skillAfter("a", "b", "c")], [
    "a",
    "b",
    "c",
    "a",
  ]);
});

Deno.test("[P1] [E6] the product's own policy leaves a receipt with each choice", () => {
  const choice = POLICIES.ours(FRESH);
  assert.ok(choice?.receipt);
  assert.equal(choice.receipt.drawn.item, choice.item);
  assert.ok(choice.receipt.considered.some(({ itemId }) => itemId === choice.item.id));
});

Deno.test("[E6] answers in a row count back to the last wrong one, on the skill alone", () => {
  const met = (skill: string, answer: "right" | "wrong") => ({
    itemId: "i",
    skills: [skill],
    correct: answer === "right",
  });
  assert.equal(rightInARow([]).get("a"), undefined);
  assert.equal(rightInARow([met("a", "right"), met("b", "wrong"), met("a", "right")]).get("a"), 2);
  assert.equal(rightInARow([met("a", "right"), met("a", "wrong"), met("a", "right"), met("b", "right")]).get("a"), 1);
  assert.equal(rightInARow([met("a", "right"), met("a", "wrong")]).get("a"), 0);
});

Deno.test("[E6] three right in a row open what rests on the skill, however low its rating", () => {
  const knowledge = newKnowledge();
  const [item] = CHAIN.items;
  assert.ok(item);
  const skillsAfter = (answers: string) => {
    for (const answer of answers) remember(knowledge, FRESH.published, item, answer === "r");
    return POLICIES.ours({ ...FRESH, knowledge })?.item.skills;
  };
  assert.deepEqual(skillsAfter("wwwwwwwwwwrr"), ["a"]);
  assert.deepEqual(skillsAfter("r"), ["b"]);
});

for (const truth of GROUND_TRUTH_NAMES) {
  Deno.test(`[P3] ${truth} learners need fewer items under the product's own policy than under any other`, () => {
    const many = { learners: 16, seed: 5 };
    const [own, ...others] = COMPARED_POLICIES.map((policy) => measurePolicy(COURSE, truth, policy, many));
    assert.ok(own);
    const { value, low } = sharesFewer(own, others, many.seed);
    assert.equal(own.unreached, 0);
    assert.ok(low > 0, `${value} fewer, at least ${low}; seed ${many.seed}`);
  });
}
