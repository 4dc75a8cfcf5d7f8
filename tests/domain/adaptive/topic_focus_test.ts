/** Sessions on a topic: it comes first, and what it rests on when the learner turns out to need that. */
import assert from "node:assert/strict";
import { chooseNextItem } from "../../../src/domain/adaptive/choose_next_item.ts";
import { eligibleItems, isMastered, type MetItem } from "../../../src/domain/adaptive/eligible_items.ts";
import { afterAnswer, successProbability, UNKNOWN_ABILITIES } from "../../../src/domain/adaptive/elo.ts";
import { NO_PREFERENCES } from "../../../src/domain/adaptive/preferences.ts";
import type { Abilities } from "../../../src/domain/adaptive/prediction.ts";
import { topicFocus, withPrerequisites } from "../../../src/domain/adaptive/topic_focus.ts";
import type { Item } from "../../../src/domain/curriculum/course.ts";
import { randomFrom } from "../../../src/domain/random.ts";
import { COURSE } from "../../content/elementary_algebra.ts";
import { chainCourse, mastering } from "./practice_course.ts";

const TOPIC = "quadratic-equations";
const BY_ID = new Map(COURSE.skills.map((skill) => [skill.id, skill]));
const SEEDS = Array.from({ length: 20 }, (_, i) => i + 1);

interface Lesson {
  readonly served: readonly Item[];
  readonly abilities: Abilities;
}

/** A session of a learner who answers as `knows` says, until its end or until no item is left. */
function lesson(
  topic: string | null,
  items: number,
  seed: number,
  knows: (skills: readonly string[]) => boolean,
  known: Abilities = UNKNOWN_ABILITIES,
): Lesson {
  const random = randomFrom(seed);
  const history: MetItem[] = [];
  const served: Item[] = [];
  let abilities = known;
  while (served.length < items) {
    const eligible = eligibleItems({ course: COURSE, topic, abilities, history, mastered: null });
    const probabilities = eligible.items.map((item) => successProbability(abilities, item.skills, item.difficulty));
    const choice = chooseNextItem({
      course: COURSE,
      eligible,
      prediction: { probabilities, model: "elo", prior: false },
      abilities,
      topic,
      difficulty: null,
      history,
      targetProbability: 0.75,
      preferences: NO_PREFERENCES,
      reviews: [],
      seed: Math.floor(random() * 2 ** 32),
    });
    if (choice === null) break;
    const { id, skills, difficulty } = choice.item;
    const correct = knows(skills);
    abilities = afterAnswer(abilities, skills, difficulty, correct ? 1 : 0);
    history.push({ itemId: id, skills, correct });
    served.push(choice.item);
  }
  return { served, abilities };
}

function practising(served: readonly Item[], skill: string): number {
  return served.filter(({ skills }) => skills.includes(skill)).length;
}

Deno.test("[E6] a new learner who is always right meets mostly the topic, on every skill of the algebra course", () => {
  for (const { id } of COURSE.skills) {
    for (const seed of SEEDS) {
      const { served } = lesson(id, 10, seed, () => true);
      assert.ok(practising(served, id) >= 8, `${id}, seed ${seed}: ${served.map((item) => item.id).join(", ")}`);
    }
  }
});

Deno.test("[E6] a learner who fails the topic is led to its prerequisites, and from those they fail further down", () => {
  const below = withPrerequisites(BY_ID, [TOPIC]);
  for (const seed of SEEDS) {
    const { served } = lesson(TOPIC, 16, seed, () => false);
    const met = served.map(({ id }) => id).join(", ");
    assert.ok(served[0]?.skills.includes(TOPIC), met);
    assert.ok(practising(served, TOPIC) <= 6, `seed ${seed}: ${met}`);
    assert.ok(practising(served, "factoring") + practising(served, "two-step-equations") >= 3, `seed ${seed}: ${met}`);
    assert.ok(served.slice(-3).some(({ skills }) => !skills.includes("factoring")), `seed ${seed}: ${met}`);
    for (const { skills } of served) assert.ok(skills.every((skill) => below.has(skill)), met);
  }
});

Deno.test("[E6] once the prerequisites are met the topic comes back", () => {
  for (const seed of SEEDS) {
    const { served } = lesson(TOPIC, 30, seed, (skills) => !skills.includes(TOPIC));
    const met = served.map(({ id }) => id).join(", ");
    const away = served.findIndex(({ skills }) => !skills.includes(TOPIC));
    assert.ok(away > 0, `seed ${seed}: ${met}`);
    assert.ok(served.slice(away).some(({ skills }) => skills.includes(TOPIC)), `seed ${seed}: ${met}`);
  }
});

Deno.test("[E6] a prerequisite that the learner's record shows to be missing comes before the topic", () => {
  const failed = [1, 2, 3].reduce<Abilities>(
    (abilities) => afterAnswer(abilities, ["factoring"], 2, 0),
    UNKNOWN_ABILITIES,
  );
  for (const seed of SEEDS) {
    const [first] = lesson(TOPIC, 1, seed, () => true, failed).served;
    assert.ok(first && !first.skills.includes(TOPIC), `seed ${seed}: ${first?.id}`);
  }
});

Deno.test("[E6] right answers count for what their skills rest on, wrong ones take them back", () => {
  const course = chainCourse(["a", "b", "c"], 1, "fresh");
  const base = mastering([]);
  const abilities = { ...base, skills: { a: { ability: -2, answers: 5 } } };
  const focusAfter = (answers: readonly boolean[], mastered: readonly string[]) => {
    const history = answers.map((correct) => ({ skills: ["c"], correct }));
    const isInFocus = topicFocus({ course, topic: "c", abilities, mastered: new Set(mastered), history });
    return ["a", "b", "c"].filter((skill) => isInFocus([skill]));
  };
  assert.deepEqual(focusAfter([], []), ["a"]);
  assert.deepEqual(focusAfter([true, true], []), ["a"]);
  assert.deepEqual(focusAfter([true, true, true], []), ["c"]);
  assert.deepEqual(focusAfter([true, true, true, false], []), ["a"]);
  assert.deepEqual(focusAfter([], ["b"]), ["c"]);
});

Deno.test("[E6] without a topic nothing is served before its prerequisites are met", () => {
  for (const right of [true, false]) {
    for (const seed of SEEDS) {
      let abilities = UNKNOWN_ABILITIES;
      for (const { id, skills, difficulty } of lesson(null, 25, seed, () => right).served) {
        const needed = skills.flatMap((skill) => BY_ID.get(skill)?.prerequisites ?? []);
        const unmet = needed.filter((skill) => !skills.includes(skill) && !isMastered(abilities, skill));
        assert.deepEqual(unmet, [], `${id}, seed ${seed}`);
        abilities = afterAnswer(abilities, skills, difficulty, right ? 1 : 0);
      }
    }
  }
});
