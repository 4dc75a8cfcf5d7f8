/** Simulated learners: reproducible, and true to the model each of them states. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { GROUND_TRUTH_NAMES, GROUND_TRUTHS } from "../../../src/domain/adaptive/simulation/ground_truths.ts";
import { newBktLearner } from "../../../src/domain/adaptive/simulation/bkt_learner.ts";
import { newIrtLearner } from "../../../src/domain/adaptive/simulation/irt_learner.ts";
import { newPrerequisiteLearner } from "../../../src/domain/adaptive/simulation/prerequisite_learner.ts";
import type { SimulatedLearner } from "../../../src/domain/adaptive/simulation/simulated_learner.ts";
import type { Course, Item } from "../../../src/domain/curriculum/course.ts";
import { randomFrom } from "../../../src/domain/random.ts";
import { chainCourse } from "../adaptive/practice_course.ts";

const COURSE = chainCourse(["a", "b", "c", "d"], 1, "fresh");
const seedArbitrary = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const stepsArbitrary = fc.array(fc.record({ place: fc.nat(), correct: fc.boolean() }), { maxLength: 60, size: "max" });
interface Answers {
  readonly count: number;
  readonly correct: boolean;
}
type Steps = readonly { readonly place: number; readonly correct: boolean }[];

function itemAt(course: Course, place: number): Item {
  const item = course.items[place % course.items.length];
  assert.ok(item);
  return item;
}

function practise(learner: SimulatedLearner, steps: Steps): void {
  for (const { place, correct } of steps) learner.practise(itemAt(COURSE, place), correct);
}

/** Takes the items of `course` on `skillId` in turn. */
function practiseSkill(learner: SimulatedLearner, course: Course, skillId: string, answers: Answers): void {
  const items = course.items.filter(({ skills }) => skills.includes(skillId));
  for (let turn = 0; turn < answers.count; turn++) {
    const item = items[turn % items.length];
    assert.ok(item);
    learner.practise(item, answers.correct);
  }
}

function masteredSkills(learner: SimulatedLearner, course: Course): readonly string[] {
  return course.skills.map(({ id }) => id).filter((id) => learner.hasMastered(id));
}

function probabilities(learner: SimulatedLearner): readonly number[] {
  return COURSE.items.map((item) => learner.probabilityRight(item));
}

for (const name of GROUND_TRUTH_NAMES) {
  Deno.test(`[P1] two ${name} learners of one seed and the same practice are the same`, () => {
    fc.assert(fc.property(seedArbitrary, stepsArbitrary, (seed, steps) => {
      const [one, other] = [0, 1].map(() => GROUND_TRUTHS[name](COURSE, randomFrom(seed)));
      assert.ok(one && other);
      practise(one, steps);
      practise(other, steps);
      assert.deepEqual(probabilities(one), probabilities(other));
      assert.deepEqual(masteredSkills(one, COURSE), masteredSkills(other, COURSE));
    }));
  });

  Deno.test(`[P1] what a ${name} learner gets right is never certain and never impossible`, () => {
    fc.assert(fc.property(seedArbitrary, stepsArbitrary, (seed, steps) => {
      const learner = GROUND_TRUTHS[name](COURSE, randomFrom(seed));
      practise(learner, steps);
      for (const probability of probabilities(learner)) assert.ok(probability > 0 && probability < 1);
    }));
  });
}

Deno.test("[P1] a learner who needs prerequisites never knows a skill without all it rests on", () => {
  fc.assert(fc.property(seedArbitrary, stepsArbitrary, (seed, steps) => {
    const learner = newPrerequisiteLearner(COURSE, randomFrom(seed));
    for (const step of steps) {
      practise(learner, [step]);
      const known = new Set(masteredSkills(learner, COURSE));
      for (const { id, prerequisites } of COURSE.skills) {
        if (known.has(id)) assert.ok(prerequisites.every((needed) => known.has(needed)), id);
      }
    }
  }));
});

Deno.test("[P1] skills on a cycle of prerequisites are never learnt; the others are", () => {
  const course: Course = {
    ...COURSE,
    skills: COURSE.skills.map((skill) => skill.id === "b" ? { ...skill, prerequisites: ["c"] } : skill),
  };
  const learner = newPrerequisiteLearner(course, randomFrom(4));
  for (const id of ["c", "b", "a", "b", "c", "d"]) practiseSkill(learner, course, id, { count: 200, correct: true });
  assert.deepEqual(masteredSkills(learner, course), ["a"]);
});

Deno.test("[P1] a learner by knowledge tracing learns what is practised and forgets what is not", () => {
  const learner = newBktLearner(COURSE, randomFrom(8));
  const lost = new Set<string>();
  for (const id of ["b", "c", "d", "a"]) practiseSkill(learner, COURSE, id, { count: 100, correct: false });
  let known = masteredSkills(learner, COURSE);
  for (let turn = 0; turn < 20_000; turn++) {
    practiseSkill(learner, COURSE, "a", { count: 1, correct: true });
    const now = masteredSkills(learner, COURSE);
    for (const id of known) if (!now.includes(id)) lost.add(id);
    known = now;
  }
  assert.deepEqual([...lost].sort(), ["b", "c", "d"]);
  assert.deepEqual(known, ["a"]);
});

Deno.test("[P1] ability by item response theory rises with practice, more after a right answer, and nowhere else", () => {
  fc.assert(fc.property(seedArbitrary, (seed) => {
    const after = (answers: Answers) => {
      const learner = newIrtLearner(COURSE, randomFrom(seed));
      const before = probabilities(learner);
      practiseSkill(learner, COURSE, "a", answers);
      return probabilities(learner).map((probability, i) => probability - (before[i] ?? 0));
    };
    const [right, wrong] = [after({ count: 1, correct: true }), after({ count: 1, correct: false })];
    for (const [i, { skills }] of COURSE.items.entries()) {
      const [gainRight = 0, gainWrong = 0] = [right[i], wrong[i]];
      if (skills.includes("a")) assert.ok(gainRight > gainWrong && gainWrong > 0, `seed ${seed}`);
      else assert.deepEqual([gainRight, gainWrong], [0, 0]);
    }
  }));
});
