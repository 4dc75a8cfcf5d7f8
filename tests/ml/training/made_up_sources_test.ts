/** Made-up courses: reproducible, of many kinds, and prepared so that nothing sees what it predicts. */
import assert from "node:assert/strict";
import { FEATURES } from "../../../src/domain/adaptive/encode.ts";
import { randomFrom } from "../../../src/domain/random.ts";
import { makeUpLearners } from "../../../src/ml/training/made_up_learners.ts";
import { makeUpSources } from "../../../src/ml/training/made_up_sources.ts";
import type { LearnerAnswers } from "../../../src/ml/training/read_answers.ts";

const SEEDS = Array.from({ length: 120 }, (_, index) => 1000 + index);
const courses = SEEDS.map((seed) => makeUpLearners(randomFrom(seed)));

const answersOf = (learners: readonly LearnerAnswers[]) => learners.flatMap(({ answers }) => answers);

Deno.test("[N8] a made-up course is the same for the same seed", () => {
  assert.deepEqual(makeUpLearners(randomFrom(1000)), courses[0]);
});

Deno.test("[N8] made-up courses are of every kind: skills none, one or many, with and without clocks and times", () => {
  const kinds = {
    "no skills": 0,
    "one skill an item": 0,
    "many skills": 0,
    clock: 0,
    "response times": 0,
    "rare items": 0,
    "high rate": 0,
    "low rate": 0,
  };
  for (const answers of courses.map(answersOf)) {
    const [first] = answers;
    assert.ok(first !== undefined);
    const items = new Set(answers.map(({ place }) => place.item)).size;
    const rate = answers.filter(({ correct }) => correct).length / answers.length;
    kinds["no skills"] += answers.every(({ place }) => place.skills.length === 0) ? 1 : 0;
    kinds["one skill an item"] += answers.every(({ place }) => place.skills[0] === place.item) ? 1 : 0;
    kinds["many skills"] += answers.some(({ place }) => place.skills.length > 5) ? 1 : 0;
    kinds.clock += first.atS === null ? 0 : 1;
    kinds["response times"] += first.responseMs === null ? 0 : 1;
    kinds["rare items"] += answers.length / items < 5 ? 1 : 0;
    kinds["high rate"] += rate > 0.9 ? 1 : 0;
    kinds["low rate"] += rate < 0.4 ? 1 : 0;
  }
  for (const [kind, count] of Object.entries(kinds)) {
    assert.ok(count > 0 && count < courses.length, `${kind}: ${count} of ${courses.length}`);
  }
});

Deno.test("[N8] made-up learners' clocks never run backwards, and an item practises a skill once", () => {
  for (const learners of courses) {
    for (const { answers } of learners) {
      answers.forEach(({ place, atS }, index) => {
        assert.equal(new Set(place.skills).size, place.skills.length);
        assert.ok((atS ?? 0) >= (answers[index - 1]?.atS ?? 0));
      });
    }
  }
});

Deno.test("[N8] made-up sources: one a mode, validated on other courses than they train on, thin ones on none", () => {
  const sources = makeUpSources(3, ["warm", "cold", "thin"], 5);
  assert.deepEqual(sources.map(({ name }) => name), ["made up 3 warm", "made up 3 cold", "made up 3 thin"]);
  const [warm, cold, thin] = sources;
  const answers = (sequences: readonly { readonly correct: Uint8Array }[] = []) =>
    sequences.reduce((sum, { correct }) => sum + correct.length, 0);
  assert.ok(answers(warm?.training) > 0);
  assert.equal(answers(cold?.training), answers(warm?.training));
  assert.equal(answers(thin?.training), answers(warm?.training));
  assert.ok(answers(warm?.validation) > 0);
  assert.equal(thin?.validation.length, 0);
  for (const { features, correct } of warm?.training ?? []) {
    assert.equal(features.length, correct.length * FEATURES);
    assert.ok(features.every(Number.isFinite));
  }
  assert.deepEqual(makeUpSources(0, ["warm"], 5), []);
});
