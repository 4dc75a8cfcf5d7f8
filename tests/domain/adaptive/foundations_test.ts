/** What skills rest on, asked of all of them at once: the same as by walking from each, at the cost of no walk. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { candidacyOf } from "../../../src/domain/adaptive/candidacy.ts";
import type { ChoiceInputs } from "../../../src/domain/adaptive/choice_situation.ts";
import { weigh } from "../../../src/domain/adaptive/choose_next_item.ts";
import { UNKNOWN_ABILITIES } from "../../../src/domain/adaptive/elo.ts";
import { Foundations } from "../../../src/domain/adaptive/foundations.ts";
import type { MetItem } from "../../../src/domain/adaptive/met_item.ts";
import type { Abilities } from "../../../src/domain/adaptive/prediction.ts";
import { NO_PREFERENCES } from "../../../src/domain/adaptive/preferences.ts";
import { recommendableItems, recommendationsIn } from "../../../src/domain/adaptive/recommend.ts";
import { skillsById, withPrerequisites } from "../../../src/domain/adaptive/skill_graph.ts";
import type { Course } from "../../../src/domain/curriculum/course.ts";
import { LONG, situationIn } from "./choosing.ts";
import { counted, deepestCourse, LAST_SKILL, PREREQUISITES_IN_ALL, widestCourse } from "./largest_courses.ts";
import { chainCourse } from "./practice_course.ts";

/** A choice reads each prerequisite a few times, however deep they go: when it numbers them, and when it looks for doubt. */
const READS_MAX = 4 * PREREQUISITES_IN_ALL;

/** Any graph, circles and prerequisites that are not there included; more skills than a word has bits. */
const graphArbitrary = fc.integer({ min: 1, max: 70 }).chain((skills) =>
  fc.array(fc.uniqueArray(fc.nat(skills + 1), { maxLength: 4 }), { minLength: skills, maxLength: skills })
).map((named) => ({
  ...chainCourse([], 0, "fixed"),
  skills: named.map((below, i) => ({
    id: `s${i}`,
    title: `${i}`,
    description: "",
    prerequisites: below.map((one) => `s${one}`),
  })),
}));

Deno.test("[E6] what skills rest on, and what rests on them, is what walks from each of them find", () => {
  fc.assert(fc.property(graphArbitrary, fc.array(fc.nat(70), { maxLength: 5 }), (course, picked) => {
    const byId = skillsById(course);
    const foundations = new Foundations(byId);
    const ids = [...byId.keys()];
    const some = [...new Set(picked.map((i) => `s${i}`))].filter((id) => byId.has(id));
    const under = (id: string) => [...withPrerequisites(byId, [id])].filter((one) => byId.has(one));
    const sorted = (set: Iterable<string>) => [...set].sort();
    assert.deepEqual(sorted(foundations.under(some)), sorted(new Set(some.flatMap(under))));
    const over = ids.filter((id) => under(id).some((one) => some.includes(one)));
    assert.deepEqual(sorted(foundations.over(some)), sorted(over));
    const spans = foundations.spansAmong(some);
    for (const id of some) {
      const below = under(id).filter((one) => some.includes(one)).length;
      const above = some.filter((one) => under(one).includes(id)).length;
      assert.deepEqual(spans.get(id), { below, above });
    }
    for (const id of ids) {
      assert.equal(foundations.firstOver(some).get(id), some.find((source) => under(source).includes(id)));
      assert.equal(foundations.firstUnder(some).get(id), some.find((source) => under(id).includes(source)));
    }
    const needed = new Set(some.flatMap((id) => byId.get(id)?.prerequisites ?? []).filter((id) => byId.has(id)));
    const [met] = ids;
    const unmet = [...needed].filter((id) => id !== met && !some.includes(id)).length;
    assert.equal(foundations.unmetBy(met === undefined ? [] : [met])(some), unmet);
  }));
});

/** Everything answered, most of it wrong. */
const STRUGGLING: Abilities = {
  overall: { ability: -2, answers: 50 },
  skills: Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`s${i}`, { ability: -1, answers: 12 }])),
};

function lately({ items }: Course): readonly MetItem[] {
  return items.slice(-50).map(({ id, skills }, i) => ({ itemId: id, skills, correct: i % 3 === 0 }));
}

Deno.test("[N12] in the largest courses a choice goes through the prerequisites a few times, whatever it is about", () => {
  for (const course of [deepestCourse(), widestCourse()]) {
    const history = lately(course);
    const goals = course.skills.slice(-32).map(({ id }) => id);
    const due = course.skills.map(({ id }) => ({ skillId: id, retrievability: 0.5, dueAtMs: 0 }));
    const cases: readonly (Partial<ChoiceInputs> & { abilities: Abilities; history: readonly MetItem[] })[] = [
      { abilities: UNKNOWN_ABILITIES, history: [], aims: LONG },
      { abilities: STRUGGLING, history, aims: { ...LONG, topic: LAST_SKILL } },
      { abilities: STRUGGLING, history, aims: LONG, preferences: { ...NO_PREFERENCES, goals } },
      { abilities: STRUGGLING, history, aims: LONG, reviews: due },
    ];
    for (const [i, one] of cases.entries()) {
      const { course: watched, reads } = counted(course);
      const situation = situationIn({ ...one, course: watched });
      const candidacy = candidacyOf(situation);
      assert.ok(candidacy.items.length > 0);
      const prediction = { probabilities: candidacy.items.map(() => 0.5), model: "m", prior: false };
      weigh({ situation, candidacy, prediction, targetProbability: 0.75, seed: 1 });
      assert.ok(reads() <= READS_MAX, `case ${i}: ${reads()} reads`);
    }
  }
});

Deno.test("[N12] [E11] so do recommendations, with as many goals as a profile holds", () => {
  const { course, reads } = counted(widestCourse());
  const preferences = { ...NO_PREFERENCES, goals: course.skills.slice(-32).map(({ id }) => id) };
  const situation = situationIn({ course, abilities: STRUGGLING, history: [], preferences });
  const wish = { topic: null, kind: null, presentation: null, difficulty: null };
  const items = recommendableItems(situation, wish);
  const prediction = { probabilities: items.map(() => 0.5), model: "m", prior: false };
  const found = recommendationsIn(situation, items, prediction, { targetProbability: 0.75, kind: null });
  assert.ok(found.some(({ reasons }) => reasons.some((reason) => reason.includes("goal"))));
  assert.ok(reads() <= READS_MAX, `${reads()} reads`);
});
