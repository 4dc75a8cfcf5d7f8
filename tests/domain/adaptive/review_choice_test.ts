/** Reviews between the other items: what is due comes, in measure, and says why. */
import assert from "node:assert/strict";
import type { ChoicePolicy } from "../../../src/domain/adaptive/choice_policy.ts";
import type { DueReview } from "../../../src/domain/adaptive/due_review.ts";
import { explainChoice } from "../../../src/domain/adaptive/explain_choice.ts";
import { chooseNextItem } from "../../../src/domain/adaptive/choose_next_item.ts";
import { UNKNOWN_ABILITIES } from "../../../src/domain/adaptive/elo.ts";
import { candidatesIn, choose, LONG, situationIn } from "./choosing.ts";
import { chainCourse, mastering } from "./practice_course.ts";

const COURSE = chainCourse(["a", "b", "c"], 4, "fresh");
const KNOWN = { course: COURSE, abilities: mastering(["a", "b"]), history: [], aims: LONG } as const;

function due(skillId: string, retrievability = 0.8): DueReview {
  return { skillId, retrievability, dueAtMs: 0 };
}

/** Items already met, what chose each, latest last. */
function after(...pastPolicies: readonly ChoicePolicy[]) {
  const history = pastPolicies.map((_, i) => ({ itemId: `gone-${i}`, skills: ["c"], correct: true }));
  return { history, pastPolicies };
}

Deno.test("[E13] a mastered skill comes back when it is due, with the reason", () => {
  const lesson = { ...KNOWN, reviews: [due("a")] };
  const [situation, candidacy] = [situationIn(lesson), candidatesIn(lesson)];
  assert.equal(candidacy.policy, "review");
  const prediction = { probabilities: candidacy.items.map(() => 0.8), model: "m", prior: false };
  const question = { situation, candidacy, prediction, targetProbability: 0.75, seed: 1 };
  const choice = chooseNextItem(question);
  assert.ok(choice);
  assert.deepEqual(choice.drawn.item.skills, ["a"]);
  assert.equal(explainChoice(question, choice).reason, "You learnt A a while ago: a quick check keeps it.");
  assert.equal(candidatesIn(KNOWN).policy, "adaptive");
});

Deno.test("[E13] two other items pass between reviews, so that they are a third at most", () => {
  const reviews = [due("a"), due("b")];
  const policyAfter = (...past: readonly ChoicePolicy[]) =>
    candidatesIn({ ...KNOWN, ...after(...past), reviews }).policy;
  assert.equal(policyAfter("review"), "adaptive");
  assert.equal(policyAfter("review", "adaptive"), "adaptive");
  assert.equal(policyAfter("review", "adaptive", "teacher"), "review");
  assert.equal(policyAfter(), "review");
});

Deno.test("[E13] the skill most likely forgotten is asked about first", () => {
  const reviews = [due("a", 0.85), due("b", 0.4)];
  for (let seed = 0; seed < 20; seed++) {
    assert.deepEqual(choose({ ...KNOWN, reviews }, seed)?.drawn.item.skills, ["b"]);
  }
});

Deno.test("[E13] in a session on a topic only what it rests on is reviewed", () => {
  const withTopic = (topic: string, skillId: string) =>
    candidatesIn({ ...KNOWN, aims: { ...LONG, topic }, reviews: [due(skillId)] }).policy;
  assert.equal(withTopic("b", "a"), "review");
  assert.equal(withTopic("a", "b"), "adaptive");
});

Deno.test("[E13] [E12] a review of a skill that the course does not have, or without an item, changes nothing", () => {
  assert.equal(candidatesIn({ ...KNOWN, reviews: [due("gone")] }).policy, "adaptive");
  const bare = { ...COURSE, items: COURSE.items.filter(({ skills }) => !skills.includes("a")) };
  assert.equal(candidatesIn({ ...KNOWN, course: bare, reviews: [due("a")] }).policy, "adaptive");
});

Deno.test("[E13] [E16] where to start is found before anything is reviewed", () => {
  const lesson = { ...KNOWN, abilities: UNKNOWN_ABILITIES, reviews: [due("a")] };
  assert.equal(candidatesIn(lesson).policy, "diagnostic");
});

Deno.test("[E13] [E12] however many overdue skills have no item left to ask, those that have one are reviewed", () => {
  const dead = Array.from({ length: 9 }, (_, i) => due(`gone-${i}`));
  const reviews = [...dead, due("a")];
  for (const topic of [null, "b"]) {
    const { policy, items } = candidatesIn({ ...KNOWN, aims: { ...LONG, topic }, reviews });
    assert.equal(policy, "review");
    assert.deepEqual([...new Set(items.flatMap(({ skills }) => skills))], ["a"]);
  }
});
