/** The next item: prerequisites, variety, repeatability, and difficulty that finds the learner. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { chooseNextItem, weigh } from "../../../src/domain/adaptive/choose_next_item.ts";
import { CANDIDATES_MAX } from "../../../src/domain/adaptive/eligible_items.ts";
import { difficultyLogit, UNKNOWN_ABILITIES } from "../../../src/domain/adaptive/elo.ts";
import type { MetItem } from "../../../src/domain/adaptive/met_item.ts";
import type { Course, Item } from "../../../src/domain/curriculum/course.ts";
import type { Difficulty } from "../../../src/domain/curriculum/rendered_item.ts";
import { randomFrom } from "../../../src/domain/random.ts";
import { candidatesIn, choose, type Lesson, SHORT, situationIn, teach } from "./choosing.ts";
import { chainCourse, DIFFICULTIES, mastering, practiceItem } from "./practice_course.ts";

const FRESH = { abilities: UNKNOWN_ABILITIES, history: [] } as const;

const SKILLS = ["a", "b", "c", "d"];
const SAMPLES_SEED = 20_261_122;

/** A random course over four chained skills, random abilities and a random past. */
const situationArbitrary: fc.Arbitrary<Lesson> = fc.record({
  items: fc.array(
    fc.record({
      skills: fc.subarray(SKILLS, { minLength: 1, maxLength: 2 }),
      difficulty: fc.constantFrom(...DIFFICULTIES),
      fresh: fc.boolean(),
    }),
    { minLength: 1, maxLength: 20, size: "max" },
  ),
  mastered: fc.subarray(SKILLS),
  past: fc.array(fc.record({ place: fc.nat(), correct: fc.boolean() }), { maxLength: 12, size: "max" }),
  topic: fc.option(fc.constantFrom(...SKILLS)),
  difficulty: fc.option(fc.constantFrom(...DIFFICULTIES)),
}).map(({ items, mastered, past, topic, difficulty }) => {
  const made = items.map((item, i) => practiceItem(`i${i}`, item.skills, item.difficulty, item.fresh));
  const met = past.flatMap(({ place, correct }) => {
    const item = made[place % made.length];
    return item === undefined ? [] : [{ itemId: item.id, skills: item.skills, correct }];
  });
  const course = { ...chainCourse(SKILLS, 0, "fixed"), items: made };
  return { course, abilities: mastering(mastered), history: met, aims: { ...SHORT, topic, difficulty } };
});

const seedArbitrary = fc.integer({ min: 0, max: 2 ** 32 - 1 });

function unmet(lesson: Lesson, item: Item): number {
  const { byId, met } = situationIn(lesson);
  const needed = item.skills.flatMap((id) => byId.get(id)?.prerequisites ?? []);
  return new Set(needed.filter((id) => !item.skills.includes(id) && !met.has(id))).size;
}

function isSpent(item: Item, history: readonly MetItem[]): boolean {
  return item.parameters.length === 0 && history.some((met) => met.correct && met.itemId === item.id);
}

Deno.test("[E6] the same question with the same seed is answered the same", () => {
  fc.assert(fc.property(situationArbitrary, seedArbitrary, (situation, seed) => {
    assert.deepEqual(choose(situation, seed), choose(situation, seed));
  }));
});

Deno.test("[E6] an item with unmet prerequisites is chosen only when no other is left", () => {
  fc.assert(fc.property(situationArbitrary, seedArbitrary, (situation, seed) => {
    const whole = { ...situation, aims: SHORT };
    const choice = choose(whole, seed);
    if (choice === null || unmet(whole, choice.drawn.item) === 0) return;
    const better = whole.course.items.filter((item) => !isSpent(item, whole.history) && unmet(whole, item) === 0);
    assert.deepEqual(better.map((item) => item.id), []);
  }));
});

Deno.test("[E6] no item comes twice in a row where prerequisites leave another", () => {
  fc.assert(fc.property(situationArbitrary, seedArbitrary, (situation, seed) => {
    const whole = { ...situation, aims: SHORT };
    const choice = choose(whole, seed);
    if (choice === null || choice.drawn.item.id !== situation.history.at(-1)?.itemId) return;
    const others = whole.course.items.filter((item) =>
      item.id !== choice.drawn.item.id && !isSpent(item, whole.history)
    );
    for (const other of others) assert.ok(unmet(whole, other) > unmet(whole, choice.drawn.item), other.id);
  }));
});

Deno.test("[E6] a choice is made whenever an item is left, and none only when all fixed items were answered right", () => {
  fc.assert(fc.property(situationArbitrary, seedArbitrary, (situation, seed) => {
    const whole = { ...situation, aims: SHORT };
    const left = whole.course.items.filter((item) => !isSpent(item, whole.history));
    assert.equal(choose(whole, seed) === null, left.length === 0);
  }));
});

Deno.test("[E6] the receipt's propensity is the share of seeds that draw the item, over those considered", () => {
  const situation = { ...FRESH, course: chainCourse(["a"], 2, "fresh") };
  const counts = new Map<string, number>();
  const propensities = new Map<string, number>();
  const draws = 4_000;
  for (let seed = 0; seed < draws; seed++) {
    const choice = choose(situation, seed * 2_654_435_761);
    assert.ok(choice);
    assert.ok(choice.considered.some(({ itemId }) => itemId === choice.drawn.item.id));
    counts.set(choice.drawn.item.id, (counts.get(choice.drawn.item.id) ?? 0) + 1);
    propensities.set(choice.drawn.item.id, choice.propensity);
  }
  for (const [id, propensity] of propensities) {
    const share = (counts.get(id) ?? 0) / draws;
    assert.ok(Math.abs(share - propensity) < 0.03, `${id}: drawn ${share}, stated ${propensity}`);
  }
});

Deno.test("[E6] a topic keeps to the skill itself, and to what it rests on when its own items are used up", () => {
  const course = chainCourse(["a", "b", "c"], 2, "fixed");
  const aims = { ...SHORT, topic: "b" };
  const skillsAfter = (history: readonly MetItem[]) => {
    const { items } = candidatesIn({ course, aims, abilities: mastering(["a", "b"]), history });
    return [...new Set(items.flatMap((item) => item.skills))].sort();
  };
  assert.deepEqual(skillsAfter([]), ["b"]);
  const all = course.items.filter(({ skills }) => skills.includes("b"));
  assert.deepEqual(skillsAfter(all.map(({ id, skills }) => ({ itemId: id, skills, correct: true }))), ["a"]);
});

Deno.test("[E6] an item met lately waits for four others", () => {
  const served = teach({ course: chainCourse(["a"], 3, "fresh") }, 40, randomFrom(1), () => true)
    .map(({ item }) => item.id);
  for (const [turn, id] of served.entries()) assert.ok(!served.slice(Math.max(0, turn - 4), turn).includes(id));
});

Deno.test("[B3] of too many items a share takes part, another each time, so that every one has its turn", () => {
  const course = chainCourse(["a"], 300, "fresh");
  const reached = new Set<string>();
  const sampleSeeds = randomFrom(SAMPLES_SEED);
  // Past the length at which a session's history stops to grow.
  const history = Array.from({ length: 50 }, () => ({ itemId: "gone", skills: ["a"], correct: true }));
  for (let turn = 0; turn < 60; turn++) {
    const { items } = candidatesIn({ ...FRESH, course, history, sampleSeed: Math.floor(sampleSeeds() * 2 ** 32) });
    assert.ok(items.length <= CANDIDATES_MAX);
    for (const item of items) reached.add(item.id);
  }
  assert.equal(reached.size, course.items.length, `seed ${SAMPLES_SEED}`);
});

Deno.test("[E6] a wish for difficulty is followed", () => {
  const course = chainCourse(["a"], 4, "fresh");
  const chosen = (difficulty: Difficulty, targetProbability: number) => {
    const lesson = { ...FRESH, course, aims: { ...SHORT, difficulty } };
    const drawn = Array.from({ length: 50 }, (_, seed) => choose(lesson, seed, targetProbability));
    return drawn.reduce((sum, choice) => sum + (choice?.drawn.item.difficulty ?? 0), 0) / drawn.length;
  };
  assert.ok(chosen(5, 0.58) > chosen(3, 0.75) && chosen(3, 0.75) > chosen(1, 0.9));
});

Deno.test("[E12] a prediction that is not one probability a candidate is a named error", () => {
  const course = chainCourse(["a"], 1, "fresh");
  const situation = situationIn({ ...FRESH, course });
  const candidacy = candidatesIn({ ...FRESH, course });
  const sound = candidacy.items.map(() => 0.5);
  for (const probabilities of [[0.5], [...sound, 0.5], sound.with(0, NaN), sound.with(1, 1.01), sound.with(0, -0.1)]) {
    const prediction = { probabilities, model: "m", prior: false };
    const question = { situation, candidacy, prediction, targetProbability: 0.75, seed: 1 };
    assert.throws(() => weigh(question), { name: "PredictionMismatchError" }, probabilities.join());
    assert.throws(() => chooseNextItem(question), { name: "PredictionMismatchError" });
  }
});

/** A learner of fixed ability works through `turns` items; gives the difficulty and true odds of the last half. */
function practise(ability: number, seed: number, turns: number) {
  const random = randomFrom(seed);
  const odds = ({ difficulty }: Item) => 1 / (1 + Math.exp(difficultyLogit(difficulty) - ability));
  const course: Course = chainCourse(["a"], 6, "fresh");
  const served = teach({ course }, turns, () => Math.floor(random() * 2 ** 32), (item) => random() < odds(item));
  const late = served.slice(turns / 2).map(({ item }) => item);
  const mean = (of: (item: Item) => number) => late.reduce((sum, item) => sum + of(item), 0) / late.length;
  return { difficulty: mean(({ difficulty }) => difficulty), odds: mean(odds) };
}

Deno.test("[E6] difficulty moves toward the learner: simulated learners end near three right answers in four", () => {
  const seeds = Array.from({ length: 20 }, (_, i) => i + 1);
  const meanOver = (ability: number, of: "difficulty" | "odds") =>
    seeds.reduce((sum, seed) => sum + practise(ability, seed, 80)[of], 0) / seeds.length;
  const difficulties = [-0.5, 0.5, 1.5, 2.5].map((ability) => meanOver(ability, "difficulty"));
  assert.deepEqual([...difficulties].sort((a, b) => a - b), difficulties);
  for (const ability of [-0.5, 0.5, 1.5, 2.5]) {
    const odds = meanOver(ability, "odds");
    assert.ok(odds > 0.65 && odds < 0.85, `ability ${ability}: right ${odds} of the time, seeds 1 to 20`);
  }
});
