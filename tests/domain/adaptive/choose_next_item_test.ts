/** The next item: prerequisites, variety, repeatability, and difficulty that finds the learner. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { type Choice, chooseNextItem } from "../../../src/domain/adaptive/choose_next_item.ts";
import {
  CANDIDATES_MAX,
  eligibleItems,
  isMastered,
  type MetItem,
} from "../../../src/domain/adaptive/eligible_items.ts";
import {
  afterAnswer,
  difficultyLogit,
  successProbability,
  UNKNOWN_ABILITIES,
} from "../../../src/domain/adaptive/elo.ts";
import { NO_PREFERENCES } from "../../../src/domain/adaptive/preferences.ts";
import type { Abilities } from "../../../src/domain/adaptive/prediction.ts";
import type { Course, Item } from "../../../src/domain/curriculum/course.ts";
import type { Difficulty } from "../../../src/domain/curriculum/rendered_item.ts";
import { rightInARow } from "../../../src/domain/adaptive/right_in_a_row.ts";
import { randomFrom } from "../../../src/domain/random.ts";
import { chainCourse, DIFFICULTIES, mastering, practiceItem } from "./practice_course.ts";

interface Situation {
  readonly course: Course;
  readonly abilities: Abilities;
  readonly history: readonly MetItem[];
  readonly topic: string | null;
  readonly difficulty: Difficulty | null;
  readonly targetProbability: number;
}

const FRESH: Omit<Situation, "course"> = {
  abilities: UNKNOWN_ABILITIES,
  history: [],
  topic: null,
  difficulty: null,
  targetProbability: 0.75,
};

const NO_WISHES = { preferences: NO_PREFERENCES, reviews: [] } as const;

function choose(situation: Situation, seed: number): Choice | null {
  const eligible = eligibleItems({ ...situation, mastered: null });
  const probabilities = eligible.items.map((i) => successProbability(situation.abilities, i.skills, i.difficulty));
  return chooseNextItem({
    ...situation,
    ...NO_WISHES,
    eligible,
    seed,
    prediction: { probabilities, model: "elo", prior: false },
  });
}

const SKILLS = ["a", "b", "c", "d"];

/** A random course over four chained skills, random abilities and a random past. */
const situationArbitrary: fc.Arbitrary<Situation> = fc.record({
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
  targetProbability: fc.double({ min: 0.5, max: 0.95, noNaN: true }),
}).map(({ items, mastered, past, topic, difficulty, targetProbability }) => {
  const made = items.map((item, i) => practiceItem(`i${i}`, item.skills, item.difficulty, item.fresh));
  const met = past.flatMap(({ place, correct }) => {
    const item = made[place % made.length];
    return item === undefined ? [] : [{ itemId: item.id, skills: item.skills, correct }];
  });
  const course = { ...chainCourse(SKILLS, 0, "fixed"), items: made };
  return { course, abilities: mastering(mastered), history: met, topic, difficulty, targetProbability };
});

const seedArbitrary = fc.integer({ min: 0, max: 2 ** 32 - 1 });

function unmet({ course, abilities, history }: Situation, item: Item): number {
  const isMet = (id: string) => isMastered(abilities, id) || rightInARow(history, id) >= 3;
  const needed = item.skills.flatMap((id) => course.skills.find((skill) => skill.id === id)?.prerequisites ?? []);
  return new Set(needed.filter((id) => !item.skills.includes(id) && !isMet(id))).size;
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
    const whole = { ...situation, topic: null };
    const choice = choose(whole, seed);
    if (choice === null || unmet(whole, choice.item) === 0) return;
    const better = whole.course.items.filter((item) => !isSpent(item, whole.history) && unmet(whole, item) === 0);
    assert.deepEqual(better.map((item) => item.id), []);
  }));
});

Deno.test("[E6] no item comes twice in a row where prerequisites leave another", () => {
  fc.assert(fc.property(situationArbitrary, seedArbitrary, (situation, seed) => {
    const whole = { ...situation, topic: null };
    const choice = choose(whole, seed);
    if (choice === null || choice.item.id !== situation.history.at(-1)?.itemId) return;
    const others = whole.course.items.filter((item) => item.id !== choice.item.id && !isSpent(item, whole.history));
    for (const other of others) assert.ok(unmet(whole, other) > unmet(whole, choice.item), other.id);
  }));
});

Deno.test("[E6] a choice is made whenever an item is left, and none only when all fixed items were answered right", () => {
  fc.assert(fc.property(situationArbitrary, seedArbitrary, (situation, seed) => {
    const whole = { ...situation, topic: null };
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
    assert.ok(choice.considered.some(({ itemId }) => itemId === choice.item.id));
    counts.set(choice.item.id, (counts.get(choice.item.id) ?? 0) + 1);
    propensities.set(choice.item.id, choice.propensity);
  }
  for (const [id, propensity] of propensities) {
    const share = (counts.get(id) ?? 0) / draws;
    assert.ok(Math.abs(share - propensity) < 0.03, `${id}: drawn ${share}, stated ${propensity}`);
  }
});

Deno.test("[E6] a skill is met by ability after a few answers, or by long practice with easier items", () => {
  const rated = (ability: number, answers: number): Abilities => ({
    overall: { ability: 0, answers },
    skills: { a: { ability, answers } },
  });
  const met = ([[0.5, 3], [0.5, 2], [0.3, 11], [-0.5, 12], [-0.7, 50]] as const)
    .map(([ability, answers]) => isMastered(rated(ability, answers), "a"));
  assert.deepEqual(met, [true, false, false, true, false]);
  assert.deepEqual(isMastered(rated(3, 9), "unseen") ? "met" : "not met", "not met");
});

Deno.test("[E6] a topic keeps to the skill itself, and to what it rests on when its own items are used up", () => {
  const course = chainCourse(["a", "b", "c"], 2, "fixed");
  const skillsAfter = (history: readonly MetItem[]) => {
    const { items } = eligibleItems({ course, topic: "b", abilities: mastering(["a", "b"]), history, mastered: null });
    return [...new Set(items.flatMap((item) => item.skills))].sort();
  };
  assert.deepEqual(skillsAfter([]), ["b"]);
  const all = course.items.filter(({ skills }) => skills.includes("b"));
  assert.deepEqual(skillsAfter(all.map(({ id, skills }) => ({ itemId: id, skills, correct: true }))), ["a"]);
  const chosen = choose({ ...FRESH, course, topic: "b", abilities: mastering(["a"]) }, 7);
  assert.deepEqual(chosen?.item.skills, ["b"]);
  assert.match(chosen?.reason ?? "", /Starts something new: B/);
});

Deno.test("[E6] an item met lately waits for four others", () => {
  const course = chainCourse(["a"], 3, "fresh");
  const history: MetItem[] = [];
  for (let turn = 0; turn < 40; turn++) {
    const choice = choose({ ...FRESH, course, history }, turn);
    assert.ok(choice);
    assert.ok(!history.slice(-4).some((met) => met.itemId === choice.item.id));
    history.push({ itemId: choice.item.id, skills: choice.item.skills, correct: true });
  }
});

Deno.test("[B3] of too many items a share takes part, another each turn, so that every one has its turn", () => {
  const course = chainCourse(["a"], 300, "fresh");
  const reached = new Set<string>();
  for (let turn = 0; turn < 3; turn++) {
    const history = Array.from({ length: turn }, () => ({ itemId: "gone", skills: ["a"], correct: true }));
    const { items } = eligibleItems({ ...FRESH, course, history, mastered: null });
    assert.ok(items.length <= CANDIDATES_MAX);
    for (const item of items) reached.add(item.id);
  }
  assert.equal(reached.size, course.items.length);
});

Deno.test("[E6] a wish for difficulty is followed", () => {
  const course = chainCourse(["a"], 4, "fresh");
  const chosen = (difficulty: Difficulty, targetProbability: number) => {
    const drawn = Array.from(
      { length: 50 },
      (_, seed) => choose({ ...FRESH, course, difficulty, targetProbability }, seed),
    );
    return drawn.reduce((sum, choice) => sum + (choice?.item.difficulty ?? 0), 0) / drawn.length;
  };
  assert.ok(chosen(5, 0.58) > chosen(3, 0.75) && chosen(3, 0.75) > chosen(1, 0.9));
});

Deno.test("[E6] a prediction that does not cover the candidates is a named error", () => {
  const course = chainCourse(["a"], 1, "fresh");
  const eligible = eligibleItems({ ...FRESH, course, mastered: null });
  const prediction = { probabilities: [0.5], model: "m", prior: false };
  assert.throws(() => chooseNextItem({ ...FRESH, ...NO_WISHES, course, eligible, prediction, seed: 1 }), {
    name: "PredictionMismatchError",
  });
});

/** A learner of fixed ability works through `turns` items; gives the difficulty and true odds of the last half. */
function simulate(
  ability: number,
  seed: number,
  turns: number,
): { readonly difficulty: number; readonly odds: number } {
  const course = chainCourse(["a"], 6, "fresh");
  const random = randomFrom(seed);
  let abilities = UNKNOWN_ABILITIES;
  const history: MetItem[] = [];
  const late: { difficulty: number; odds: number }[] = [];
  for (let turn = 0; turn < turns; turn++) {
    const choice = choose({ ...FRESH, course, abilities, history: history.slice(-50) }, Math.floor(random() * 2 ** 32));
    assert.ok(choice);
    const { item } = choice;
    const odds = 1 / (1 + Math.exp(difficultyLogit(item.difficulty) - ability));
    const correct = random() < odds;
    abilities = afterAnswer(abilities, item.skills, item.difficulty, correct ? 1 : 0);
    history.push({ itemId: item.id, skills: item.skills, correct });
    if (turn >= turns / 2) late.push({ difficulty: item.difficulty, odds });
  }
  const mean = (of: (one: { difficulty: number; odds: number }) => number) =>
    late.reduce((sum, one) => sum + of(one), 0) / late.length;
  return { difficulty: mean((one) => one.difficulty), odds: mean((one) => one.odds) };
}

Deno.test("[E6] difficulty moves toward the learner: simulated learners end near three right answers in four", () => {
  const seeds = Array.from({ length: 20 }, (_, i) => i + 1);
  const meanOver = (ability: number, of: "difficulty" | "odds") =>
    seeds.reduce((sum, seed) => sum + simulate(ability, seed, 80)[of], 0) / seeds.length;
  const difficulties = [-0.5, 0.5, 1.5, 2.5].map((ability) => meanOver(ability, "difficulty"));
  assert.deepEqual([...difficulties].sort((a, b) => a - b), difficulties);
  for (const ability of [-0.5, 0.5, 1.5, 2.5]) {
    const odds = meanOver(ability, "odds");
    assert.ok(odds > 0.65 && odds < 0.85, `ability ${ability}: right ${odds} of the time, seeds 1 to 20`);
  }
});
