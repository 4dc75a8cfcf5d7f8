/** Sessions on a topic: it comes first, and what it rests on when the learner turns out to need that. */
import assert from "node:assert/strict";
import { afterAnswer, UNKNOWN_ABILITIES } from "../../../src/domain/adaptive/elo.ts";
import { Foundations } from "../../../src/domain/adaptive/foundations.ts";
import type { Abilities } from "../../../src/domain/adaptive/prediction.ts";
import { readRatings } from "../../../src/domain/adaptive/ratings_reading.ts";
import { skillsById, withPrerequisites } from "../../../src/domain/adaptive/skill_graph.ts";
import { topicFocus } from "../../../src/domain/adaptive/topic_focus.ts";
import { randomFrom } from "../../../src/domain/random.ts";
import { COURSE } from "../../content/elementary_algebra.ts";
import { type Served, SHORT, situationIn, teach } from "./choosing.ts";
import { chainCourse, mastering } from "./practice_course.ts";

const TOPIC = "quadratic-equations";
const BY_ID = skillsById(COURSE);
const SEEDS = Array.from({ length: 20 }, (_, i) => i + 1);

/** A session too short to look for the start, of a learner who answers as `knows` says. */
function lesson(
  topic: string | null,
  items: number,
  seed: number,
  knows: (skills: readonly string[]) => boolean,
  abilities: Abilities = UNKNOWN_ABILITIES,
): readonly Served[] {
  const random = randomFrom(seed);
  const aims = { ...SHORT, topic };
  const nextSeed = () => Math.floor(random() * 2 ** 32);
  return teach({ course: COURSE, aims, abilities }, items, nextSeed, ({ skills }) => knows(skills));
}

function practising(served: readonly Served[], skill: string): number {
  return served.filter(({ item }) => item.skills.includes(skill)).length;
}

Deno.test("[E6] a new learner who is always right meets mostly the topic, on every skill of the algebra course", () => {
  for (const { id } of COURSE.skills) {
    for (const seed of SEEDS) {
      const served = lesson(id, 10, seed, () => true);
      assert.ok(practising(served, id) >= 8, `${id}, seed ${seed}: ${served.map(({ item }) => item.id).join(", ")}`);
    }
  }
});

Deno.test("[E6] a learner who fails the topic is led to its prerequisites, and from those they fail further down", () => {
  const below = withPrerequisites(BY_ID, [TOPIC]);
  for (const seed of SEEDS) {
    const served = lesson(TOPIC, 16, seed, () => false);
    const met = served.map(({ item }) => item.id).join(", ");
    assert.ok(served[0]?.item.skills.includes(TOPIC), met);
    assert.ok(practising(served, TOPIC) <= 6, `seed ${seed}: ${met}`);
    assert.ok(practising(served, "factoring") + practising(served, "two-step-equations") >= 3, `seed ${seed}: ${met}`);
    assert.ok(served.slice(-3).some(({ item }) => !item.skills.includes("factoring")), `seed ${seed}: ${met}`);
    for (const { item } of served) assert.ok(item.skills.every((skill) => below.has(skill)), met);
  }
});

Deno.test("[E6] once the prerequisites are met the topic comes back", () => {
  for (const seed of SEEDS) {
    const served = lesson(TOPIC, 30, seed, (skills) => !skills.includes(TOPIC));
    const met = served.map(({ item }) => item.id).join(", ");
    const away = served.findIndex(({ item }) => !item.skills.includes(TOPIC));
    assert.ok(away > 0, `seed ${seed}: ${met}`);
    assert.ok(served.slice(away).some(({ item }) => item.skills.includes(TOPIC)), `seed ${seed}: ${met}`);
  }
});

Deno.test("[E6] a prerequisite that the learner's record shows to be missing comes before the topic", () => {
  const failed = [1, 2, 3].reduce<Abilities>(
    (abilities) => afterAnswer(abilities, ["factoring"], 2, 0),
    UNKNOWN_ABILITIES,
  );
  for (const seed of SEEDS) {
    const [first] = lesson(TOPIC, 1, seed, () => true, failed);
    assert.ok(first && !first.item.skills.includes(TOPIC), `seed ${seed}: ${first?.item.id}`);
  }
});

Deno.test("[E6] right answers count for what their skills rest on, wrong ones take them back", () => {
  const course = chainCourse(["a", "b", "c"], 1, "fresh");
  const base = mastering([]);
  const abilities = { ...base, skills: { a: { ability: -2, answers: 5 } } };
  const focusAfter = (answers: readonly boolean[], mastered: readonly string[]) => {
    const history = answers.map((correct) => ({ skills: ["c"], correct }));
    const reading = readRatings(abilities, []);
    const byId = skillsById(course);
    const isInFocus = topicFocus({
      byId,
      foundations: new Foundations(byId),
      topic: "c",
      reading,
      mastered: new Set(mastered),
      history,
    });
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
      const served = lesson(null, 25, seed, () => right);
      for (const [turn, { item: { id, skills }, abilities }] of served.entries()) {
        const history = served.slice(0, turn).map(({ item }) => ({
          itemId: item.id,
          skills: item.skills,
          correct: right,
        }));
        const { met } = situationIn({ course: COURSE, abilities, history });
        const needed = skills.flatMap((skill) => BY_ID.get(skill)?.prerequisites ?? []);
        assert.deepEqual(
          needed.filter((skill) => !skills.includes(skill) && !met.has(skill)),
          [],
          `${id}, ${seed}`,
        );
      }
    }
  }
});
