/** The terms of a score: what each rewards and holds back, and that a receipt's numbers add up exactly. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { weigh, type Weighed } from "../../../src/domain/adaptive/choose_next_item.ts";
import { afterAnswer, successProbability, UNKNOWN_ABILITIES } from "../../../src/domain/adaptive/elo.ts";
import type { KnowledgeReading } from "../../../src/domain/adaptive/knowledge_reading.ts";
import { type LearnerPreferences, NO_PREFERENCES } from "../../../src/domain/adaptive/preferences.ts";
import { readRatings } from "../../../src/domain/adaptive/ratings_reading.ts";
import { recomputeChoice } from "../../../src/domain/adaptive/recompute_choice.ts";
import { scoreOf, type ScoreTerm } from "../../../src/domain/adaptive/score.ts";
import { exposures } from "../../../src/domain/adaptive/score_terms.ts";
import type { Course, Skill } from "../../../src/domain/curriculum/course.ts";
import type { Modality } from "../../../src/domain/curriculum/rendered_item.ts";
import { candidatesIn, choose, type Lesson, SHORT, situationIn } from "./choosing.ts";
import { chainCourse, mastering } from "./practice_course.ts";

const COURSE = chainCourse(["a", "b", "c"], 2, "fresh");
/** All three skills stand side by side. */
const FLAT: Course = { ...COURSE, skills: COURSE.skills.map((skill) => ({ ...skill, prerequisites: [] })) };
const FRESH = { course: FLAT, abilities: UNKNOWN_ABILITIES, history: [] } as const;

function weighed(lesson: Lesson): readonly Weighed[] {
  const [situation, candidacy] = [situationIn(lesson), candidatesIn(lesson)];
  const probabilities = candidacy.items.map((i) => successProbability(lesson.abilities, i.skills, i.difficulty));
  const prediction = { probabilities, model: "elo", prior: false };
  return weigh({ situation, candidacy, prediction, targetProbability: 0.75, seed: 1 });
}

/** The term's values over candidates on `skill`. */
function valuesOf(lesson: Lesson, term: ScoreTerm, skill: string): readonly number[] {
  return weighed(lesson).filter(({ item }) => item.skills.includes(skill)).map(({ terms }) => terms[term] ?? 0);
}

function titledTwoSteps(skill: Skill): Skill {
  return skill.id === "b" ? { ...skill, title: "Two steps" } : skill;
}

function preferring(changes: Partial<LearnerPreferences>): LearnerPreferences {
  return { ...NO_PREFERENCES, ...changes };
}

Deno.test("[E6] a score is its weights times its terms to the last bit, also after a journey through JSON", () => {
  fc.assert(fc.property(
    fc.subarray(["a", "b", "c"]),
    fc.array(fc.record({ skill: fc.constantFrom("a", "b", "c"), correct: fc.boolean() }), { maxLength: 20 }),
    fc.integer({ min: 0, max: 2 ** 32 - 1 }),
    (goals, past, seed) => {
      const history = past.map(({ skill, correct }) => ({ itemId: `${skill}-3-0`, skills: [skill], correct }));
      const abilities = past.reduce(
        (reached, { skill, correct }) => afterAnswer(reached, [skill], 3, correct ? 1 : 0),
        UNKNOWN_ABILITIES,
      );
      const lesson = { ...FRESH, abilities, history, aims: { ...SHORT, objectives: goals } };
      const choice = choose(lesson, seed);
      assert.ok(choice);
      const { drawn, ...receipt } = choice;
      const stored: typeof receipt = JSON.parse(JSON.stringify(receipt));
      for (const { terms, score } of stored.considered) assert.equal(scoreOf(stored.weights, terms), score);
      const again = recomputeChoice({ ...stored, seed });
      assert.deepEqual([again?.itemId, again?.propensity], [drawn.itemId, choice.propensity]);
    },
  ));
});

Deno.test("[E14] what a goal rests on counts in full, what lies beside it half", () => {
  const lesson = { ...FRESH, course: { ...COURSE, skills: [...COURSE.skills] }, abilities: mastering(["a", "b"]) };
  const aimed = { ...lesson, aims: { ...SHORT, objectives: ["b", "unknown"] } };
  assert.deepEqual(new Set(valuesOf(aimed, "goal", "b")), new Set([1]));
  assert.deepEqual(new Set(valuesOf(aimed, "goal", "a")), new Set([0.5]));
  assert.deepEqual(new Set(valuesOf(aimed, "goal", "c")), new Set([0]));
  const inWords = { ...lesson, aims: { ...SHORT, objectives: ["to count on", " Two Steps "] } };
  const titled = { ...inWords, course: { ...inWords.course, skills: COURSE.skills.map(titledTwoSteps) } };
  assert.deepEqual(valuesOf(titled, "goal", "b"), valuesOf(aimed, "goal", "b"), "by its title as by its id");
  assert.deepEqual(new Set(valuesOf(inWords, "goal", "b")), new Set([0]), "other words aim at nothing");
  const [free] = valuesOf(lesson, "gain", "c");
  const [beside] = valuesOf(aimed, "gain", "c");
  assert.ok(free !== undefined && beside !== undefined && Math.abs(beside - free / 2) <= 1e-4);
  assert.deepEqual(valuesOf(aimed, "gain", "a"), valuesOf(lesson, "gain", "a"));
});

Deno.test("[E14] a learner's own goal draws the choice towards it", () => {
  const skillsOf = (preferences: LearnerPreferences) =>
    Array.from({ length: 60 }, (_, seed) => choose({ ...FRESH, preferences }, seed)?.drawn.item.skills[0]);
  const towards = skillsOf(preferring({ goals: ["c"] })).filter((skill) => skill === "c").length;
  const freely = skillsOf(NO_PREFERENCES).filter((skill) => skill === "c").length;
  assert.ok(towards >= 58 && freely < 40, `${towards} and ${freely} of 60`);
});

Deno.test("[E14] the presentation liked best breaks ties and never outweighs what is to be learnt", () => {
  const shown = (modality: Modality) => [{ modality, title: "t", body: "b" }];
  const items = FLAT.items.map((item, i) => ({ ...item, presentations: shown(i % 2 === 0 ? "visual" : "auditory") }));
  const lesson = {
    ...FRESH,
    course: { ...FLAT, items },
    preferences: preferring({ presentations: ["visual", "text"] }),
  };
  for (const { item, terms } of weighed(lesson)) {
    assert.equal(terms.presentation ?? 0, item.presentations[0]?.modality === "visual" ? 1 : 0);
  }
  const other = { ...lesson, preferences: preferring({ presentations: ["text", "visual"] }) };
  assert.ok(weighed(other).every(({ terms }) => (terms.presentation ?? 0) <= 0.5));
  const { weights } = candidatesIn(lesson);
  assert.ok((weights.presentation ?? 1) < 0.1 * (weights.gain ?? 0));
});

Deno.test("[E14] an interest named in an item's text counts for it", () => {
  const items = FLAT.items.map((item, i) => i === 3 ? { ...item, prompt: "A Football team scores." } : item);
  const lesson = { ...FRESH, course: { ...FLAT, items }, preferences: preferring({ interests: ["football", ""] }) };
  for (const { item, terms } of weighed(lesson)) assert.equal(terms.interest ?? 0, item === items[3] ? 1 : 0);
});

Deno.test("[E14] who likes to be sure goes on later, who likes to be brisk goes on sooner", () => {
  const history = ["x", "y", "z"].map((itemId) => ({ itemId, skills: ["a"], correct: true }));
  const gainAt = (pace: LearnerPreferences["pace"]) =>
    valuesOf({ ...FRESH, history, preferences: preferring({ pace }) }, "gain", "a")[0] ?? 0;
  assert.ok(gainAt("unhurried") > gainAt("steady") && gainAt("steady") > gainAt("brisk"));
  assert.equal(gainAt(null), gainAt("steady"));
});

Deno.test("[E14] a usual wish for difficulty holds where the session has none, and gives way to one", () => {
  const steps = (difficulty: 1 | null) =>
    weighed({ ...FRESH, aims: { ...SHORT, difficulty }, preferences: preferring({ difficulty: 5 }) })
      .map(({ item, terms }) => [item.difficulty, terms.wishSteps ?? 0] as const);
  for (const [difficulty, away] of steps(null)) assert.equal(away, 5 - difficulty);
  for (const [difficulty, away] of steps(1)) assert.equal(away, difficulty - 1);
});

Deno.test("[E14] an item that is served far oftener than its equals is held back, more the farther", () => {
  const times = new Map([["a-3-0", 20], ["a-3-1", 400]]);
  const reading: KnowledgeReading = {
    ...readRatings(UNKNOWN_ABILITIES, []),
    timesAnswered: ({ id }) => times.get(id) ?? 0,
  };
  const situation = situationIn({ ...FRESH, reading });
  const items = FLAT.items.filter(({ skills }) => skills.includes("a"));
  const exposed = new Map(exposures(situation, items).map((value, i) => [items[i]?.id, value]));
  assert.equal(exposed.get("a-3-1"), 1);
  assert.equal(exposed.get("a-3-0"), 0);
  assert.deepEqual(new Set(exposures(situationIn(FRESH), FLAT.items)), new Set([0]));
  assert.deepEqual(exposures(situation, []), []);
});

Deno.test("[E14] an answer tells more of a skill the less is known of it", () => {
  const abilities = { overall: { ability: 0, answers: 12 }, skills: { a: { ability: 0, answers: 12 } } };
  const [known, unknown] = ["a", "b"].map((skill) =>
    Math.max(...valuesOf({ ...FRESH, abilities }, "information", skill))
  );
  assert.ok(known !== undefined && unknown !== undefined && known < unknown, `${known} and ${unknown}`);
});
