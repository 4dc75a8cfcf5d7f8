/** Recommendations: what suits, what kind it is, and how a list of them is spread. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { candidacyOf } from "../../../src/domain/adaptive/candidacy.ts";
import { choiceSituation } from "../../../src/domain/adaptive/choice_situation.ts";
import { chooseNextItem } from "../../../src/domain/adaptive/choose_next_item.ts";
import type { DueReview } from "../../../src/domain/adaptive/due_review.ts";
import { CANDIDATES_MAX } from "../../../src/domain/adaptive/eligible_items.ts";
import { explainChoice } from "../../../src/domain/adaptive/explain_choice.ts";
import type { Abilities } from "../../../src/domain/adaptive/prediction.ts";
import { foundationsOf } from "../../../src/domain/adaptive/foundations.ts";
import { type LearnerPreferences, NO_PREFERENCES } from "../../../src/domain/adaptive/preferences.ts";
import { readRatings } from "../../../src/domain/adaptive/ratings_reading.ts";
import {
  diversified,
  recommendableItems,
  recommendationsIn,
  type RecommendationWish,
} from "../../../src/domain/adaptive/recommend.ts";
import { UNKNOWN_ABILITIES } from "../../../src/domain/adaptive/elo.ts";
import type { Course } from "../../../src/domain/curriculum/course.ts";
import { situationIn } from "./choosing.ts";
import { chainCourse, mastering, practiceItem } from "./practice_course.ts";

const COURSE = chainCourse(["a", "b", "c"], 6, "fresh");
const DRAWN_ANEW = true;
const ANY: RecommendationWish = { topic: null, kind: null, presentation: null, difficulty: null };

interface Learner {
  readonly abilities: Abilities;
  readonly preferences: LearnerPreferences;
  readonly reviews: readonly DueReview[];
}

const STRANGER: Learner = { abilities: UNKNOWN_ABILITIES, preferences: NO_PREFERENCES, reviews: [] };

function recommended(
  course: Course,
  { abilities, preferences, reviews }: Learner,
  wish: RecommendationWish,
  probability = 0.75,
) {
  const situation = choiceSituation({
    course,
    foundations: foundationsOf(course),
    reading: readRatings(abilities, []),
    aims: { topic: wish.topic, objectives: [], difficulty: wish.difficulty, targetItems: 0 },
    preferences,
    reviews,
    history: [],
    right: new Set(),
    sampleSeed: 0,
    pastPolicies: [],
  });
  const items = recommendableItems(situation, wish);
  const prediction = { probabilities: items.map(() => probability), model: "m", prior: false };
  return recommendationsIn(situation, items, prediction, { targetProbability: 0.75, kind: wish.kind });
}

function skillsOf(found: ReturnType<typeof recommended>): readonly string[] {
  return [...new Set(found.flatMap(({ item }) => item.skills))].sort();
}

Deno.test("[E11] who has no history is recommended what rests on nothing, as something new", () => {
  const found = recommended(COURSE, STRANGER, ANY);
  assert.deepEqual(skillsOf(found), ["a"]);
  assert.ok(found.every(({ kind }) => kind === "new"));
  assert.match(found[0]?.reasons[0] ?? "", /^Starts something new: /);
  assert.match(found[0]?.reasons.at(-1) ?? "", /about 75 times in 100/);
});

Deno.test("[E11] what is mastered opens what rests on it and no more; what was begun is practice, what is hard a challenge", () => {
  const learner = { ...STRANGER, abilities: mastering(["a"]) };
  const found = recommended(COURSE, learner, ANY);
  assert.deepEqual(skillsOf(found), ["a", "b"]);
  const kindOf = (skill: string) => found.find(({ item }) => item.skills.includes(skill))?.kind;
  assert.deepEqual([kindOf("a"), kindOf("b")], ["practice", "new"]);
  assert.equal(found[0]?.item.skills[0], "b", "more is left to learn of it");
  for (const { item, kind, reasons } of recommended(COURSE, learner, ANY, 0.4)) {
    assert.equal(kind, item.skills[0] === "a" ? "challenge" : "new");
    if (kind === "challenge") assert.match(reasons[0] ?? "", /^A challenge in A: a wrong answer is about as likely/);
  }
});

Deno.test("[E11] what a stranger cannot do yet is new to them, not a challenge, and nothing is expected of them", () => {
  const found = recommended(COURSE, STRANGER, { ...ANY, kind: "new" }, 0.3);
  assert.ok(found.length > 0);
  for (const { reasons } of found) assert.match(reasons.at(-1) ?? "", /^By a first estimate it is answered right/);
  assert.deepEqual(recommended(COURSE, STRANGER, { ...ANY, kind: "challenge" }, 0.3), []);
});

Deno.test("[E11] [E6] only skills never answered are called new, by a recommendation and by a choice", () => {
  const both = { ...practiceItem("both", ["a", "b"], 3, DRAWN_ANEW) };
  const course = { ...COURSE, items: [both] };
  const abilities = mastering(["a"]);
  const [first] = recommended(course, { ...STRANGER, abilities }, ANY);
  assert.equal(first?.reasons[0], "Starts something new: B.");
  const situation = situationIn({ course, abilities, history: [] });
  const candidacy = candidacyOf(situation);
  const prediction = { probabilities: [0.7], model: "m", prior: false };
  const question = { situation, candidacy, prediction, targetProbability: 0.75, seed: 1 };
  const choice = chooseNextItem(question);
  assert.ok(choice);
  assert.equal(explainChoice(question, choice).reason, "Starts something new: B.");
  for (const [propensity, told] of [[0.0048, /probability 0\.005/], [1e-9, /probability less than 0\.001/]] as const) {
    assert.match(explainChoice(question, { ...choice, propensity }).grounds.join(" "), told);
  }
});

Deno.test("[E11] in a course of more items than are looked at, no kind that is asked for goes under", () => {
  const items = Array.from({ length: 3 * 600 }, (_, i) => {
    const skill = i % 3 === 1 ? "a" : i % 3 === 2 ? "b" : "c";
    return practiceItem(`${skill}-${i}`, [skill], 3, DRAWN_ANEW);
  });
  const course = { ...COURSE, skills: COURSE.skills.map((skill) => ({ ...skill, prerequisites: [] })), items };
  const reviews = [{ skillId: "a", retrievability: 0.8, dueAtMs: 0 }];
  const learner = { ...STRANGER, abilities: mastering(["a", "b"]), reviews };
  for (const [kind, skill] of [["review", "a"], ["practice", "b"], ["new", "c"]] as const) {
    for (const wanted of [null, kind]) {
      const found = recommended(course, learner, { ...ANY, kind: wanted });
      assert.ok(found.length <= CANDIDATES_MAX);
      assert.ok(
        found.some((one) => one.kind === kind && one.item.skills[0] === skill),
        `${kind} where ${wanted} is asked`,
      );
    }
  }
});

Deno.test("[E11] what is due for review comes before what is new, and says so", () => {
  const reviews = [{ skillId: "a", retrievability: 0.9, dueAtMs: 0 }];
  const preferences = { ...NO_PREFERENCES, goals: ["a"] };
  const known = mastering(["a", "b"]);
  const [first] = recommended(COURSE, { abilities: known, preferences, reviews }, ANY);
  assert.equal(first?.kind, "review");
  assert.match(first?.reasons.join(" ") ?? "", /a while ago: a quick check keeps it\. .* one of your goals\./);
});

Deno.test("[E11] a wish leaves only what it asks for, and nothing when there is nothing", () => {
  const [item] = COURSE.items;
  assert.ok(item);
  const shown = { ...item, id: "shown", presentations: [{ modality: "visual" as const, title: "t", body: "b" }] };
  const course = { ...COURSE, items: [...COURSE.items, shown] };
  const learner = { ...STRANGER, abilities: mastering(["a", "b"]) };
  const visual = recommended(course, learner, { ...ANY, presentation: "visual" });
  assert.deepEqual(visual.map(({ item }) => item.id), ["shown"]);
  const easy = recommended(course, learner, { ...ANY, difficulty: 1 });
  assert.ok(easy.every(({ item }) => item.difficulty === 1));
  const aiming = { ...learner, preferences: { ...NO_PREFERENCES, goals: ["c"] } };
  assert.deepEqual(skillsOf(recommended(course, aiming, { ...ANY, topic: "b" })), ["a", "b"]);
  assert.ok(recommended(course, learner, { ...ANY, kind: "practice" }).every(({ kind }) => kind === "practice"));
  assert.deepEqual(recommended(course, learner, { ...ANY, presentation: "auditory" }), []);
  assert.deepEqual(recommended({ ...course, items: [] }, learner, ANY), []);
});

Deno.test("[E11] among equals a liked presentation comes first, with the reason", () => {
  const [item] = COURSE.items;
  assert.ok(item);
  const shown = { ...item, id: "zz-shown", presentations: [{ modality: "visual" as const, title: "t", body: "b" }] };
  const course = { ...COURSE, items: [item, shown] };
  const preferences = { ...NO_PREFERENCES, presentations: ["visual" as const], interests: ["question"] };
  const [first] = recommended(course, { ...STRANGER, preferences }, ANY);
  assert.equal(first?.item.id, "zz-shown");
  assert.ok(first?.reasons.includes("It has a visual presentation, as you like."));
});

Deno.test("[E11] a list goes through the skills in turn and takes none more than three times", () => {
  const found = recommended(COURSE, { ...STRANGER, abilities: mastering(["a", "b"]) }, ANY);
  const list = diversified(found, 30);
  assert.equal(new Set(list.slice(0, 3).flatMap(({ item }) => item.skills)).size, 3);
  fc.assert(fc.property(fc.nat(40), fc.shuffledSubarray([...found], { minLength: 1 }), (limit, some) => {
    const chosen = diversified(some, limit);
    assert.ok(chosen.length <= limit && new Set(chosen).size === chosen.length);
    const times = new Map<string, number>();
    for (const skill of chosen.flatMap(({ item }) => item.skills)) times.set(skill, (times.get(skill) ?? 0) + 1);
    assert.ok([...times.values()].every((count) => count <= 3));
    if (limit > 0) assert.equal(chosen[0]?.score, some.reduce((most, { score }) => Math.max(most, score), -Infinity));
  }));
});
