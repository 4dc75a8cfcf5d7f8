/** The start with a learner of whom little is known: a few questions that tell where they stand. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { candidacyOf } from "../../../src/domain/adaptive/candidacy.ts";
import { chooseNextItem } from "../../../src/domain/adaptive/choose_next_item.ts";
import { diagnosticValues } from "../../../src/domain/adaptive/diagnostic_start.ts";
import { afterAnswer, UNKNOWN_ABILITIES } from "../../../src/domain/adaptive/elo.ts";
import { explainChoice } from "../../../src/domain/adaptive/explain_choice.ts";
import { Foundations } from "../../../src/domain/adaptive/foundations.ts";
import { placementOf } from "../../../src/domain/adaptive/placement.ts";
import { readRatings } from "../../../src/domain/adaptive/ratings_reading.ts";
import { skillsById, withPrerequisites } from "../../../src/domain/adaptive/skill_graph.ts";
import { randomFrom } from "../../../src/domain/random.ts";
import { COURSE } from "../../content/elementary_algebra.ts";
import { choose, LONG, type Served, SHORT, situationIn, teach } from "./choosing.ts";
import { chainCourse, mastering } from "./practice_course.ts";

const DIAGNOSTIC_ITEMS_MAX = 8;
const BY_ID = skillsById(COURSE);
const FOUNDATIONS = new Foundations(BY_ID);
const SKILLS = [...BY_ID.keys()];
const seedArbitrary = fc.integer({ min: 0, max: 2 ** 32 - 1 });
/** What may be known: any skills, with all that they rest on. */
const knownArbitrary = fc.subarray(SKILLS, { maxLength: 4 }).map((ids) => withPrerequisites(BY_ID, ids));

function lesson(topic: string | null, items: number, seed: number, known: ReadonlySet<string>): readonly Served[] {
  const random = randomFrom(seed);
  const nextSeed = () => Math.floor(random() * 2 ** 32);
  return teach(
    { course: COURSE, aims: { ...LONG, topic } },
    items,
    nextSeed,
    ({ skills }) => skills.every((id) => known.has(id)),
  );
}

function diagnosed(served: readonly Served[]): readonly Served[] {
  return served.filter(({ policy }) => policy === "diagnostic");
}

Deno.test("[E16] an unknown learner is first asked a few questions, all before anything else, each on another skill", () => {
  fc.assert(
    fc.property(knownArbitrary, seedArbitrary, (known, seed) => {
      const served = lesson(null, 12, seed, known);
      const asked = diagnosed(served);
      assert.ok(asked.length >= 2 && asked.length <= DIAGNOSTIC_ITEMS_MAX, `${asked.length} asked`);
      assert.deepEqual(served.slice(0, asked.length), asked);
      const skills = asked.flatMap(({ item }) => item.skills);
      assert.equal(new Set(skills).size, skills.length, skills.join(" "));
    }),
    { numRuns: 30 },
  );
});

Deno.test("[E16] the first questions tell of most skills whether they are known, far beyond those asked about", () => {
  let [told, skills, asked] = [0, 0, 0];
  fc.assert(
    fc.property(knownArbitrary, seedArbitrary, (known, seed) => {
      const questions = diagnosed(lesson(null, DIAGNOSTIC_ITEMS_MAX, seed, known));
      const abilities = questions.reduce(
        (reached, { item }) =>
          afterAnswer(reached, item.skills, item.difficulty, item.skills.every((id) => known.has(id)) ? 1 : 0),
        UNKNOWN_ABILITIES,
      );
      const placement = placementOf(readRatings(abilities, []), BY_ID, FOUNDATIONS);
      told += SKILLS.filter((id) => ((placement.get(id)?.probability ?? 0) > 0.5) === known.has(id)).length;
      skills += SKILLS.length;
      asked += questions.length;
    }),
    { numRuns: 60, seed: 11 },
  );
  assert.ok(told / skills > 0.85, `${told} of ${skills} told right, with ${asked} questions`);
  assert.ok(asked < 0.5 * skills);
});

Deno.test("[E16] the start is found by halves: in a chain the first question is about its middle", () => {
  const course = chainCourse(["a", "b", "c", "d", "e", "f", "g"], 2, "fresh");
  for (const seed of [1, 2, 3]) {
    const choice = choose({ course, aims: LONG, abilities: UNKNOWN_ABILITIES, history: [] }, seed);
    assert.ok(choice);
    assert.ok(["c", "d", "e"].includes(choice.drawn.item.skills[0] ?? ""), choice.drawn.item.id);
  }
});

Deno.test("[E16] who knows nothing, and who knows all, is not asked about what follows from their answers", () => {
  for (const known of [new Set<string>(), new Set(SKILLS)]) {
    const asked = diagnosed(lesson(null, 12, 3, known)).map(({ item }) => item.skills[0] ?? "");
    for (const [i, id] of asked.entries()) {
      const before = asked.slice(0, i);
      const follows = known.size === 0
        ? before.some((other) => withPrerequisites(BY_ID, [id]).has(other))
        : before.some((other) => withPrerequisites(BY_ID, [other]).has(id));
      assert.ok(!follows, asked.join(" "));
    }
  }
});

Deno.test("[E16] a topic is asked about itself; only when it is not known, what it rests on and nothing else", () => {
  const topic = "quadratic-equations";
  const below = withPrerequisites(BY_ID, [topic]);
  for (const seed of [1, 2, 3, 4, 5]) {
    const all = diagnosed(lesson(topic, 12, seed, new Set(SKILLS)));
    assert.deepEqual(all.map(({ item }) => item.skills.includes(topic)), [true]);
    const none = diagnosed(lesson(topic, 12, seed, new Set()));
    assert.ok(none.length > 1 && none[0]?.item.skills.includes(topic));
    for (const { item } of none) assert.ok(item.skills.every((id) => below.has(id)), item.id);
  }
});

Deno.test("[E16] at most half of a session, and nothing of one with a known learner, goes into finding the start", () => {
  const asked = { course: COURSE, abilities: UNKNOWN_ABILITIES, history: [] };
  const short = situationIn({ ...asked, aims: { ...LONG, targetItems: 1 } });
  assert.equal(diagnosticValues(short), null);
  const skipped = ["x", "y"].map((itemId) => ({ itemId, skills: [], correct: false }));
  const pastPolicies = ["diagnostic", "diagnostic"] as const;
  const four = situationIn({ ...asked, history: skipped, pastPolicies, aims: { ...LONG, targetItems: 4 } });
  assert.equal(diagnosticValues(four), null);
  const five = situationIn({ ...asked, history: skipped, pastPolicies, aims: { ...LONG, targetItems: 6 } });
  assert.ok(diagnosticValues(five));
  const known = situationIn({ ...asked, abilities: mastering(["signed-numbers"]), aims: LONG });
  assert.equal(diagnosticValues(known), null);
});

Deno.test("[E16] [C1] a cycle in the prerequisites does not keep the questions from coming to an end", () => {
  const chain = chainCourse(["a", "b", "c"], 4, "fresh");
  const skills = chain.skills.map((skill) => skill.id === "a" ? { ...skill, prerequisites: ["c"] } : skill);
  const random = randomFrom(1);
  const served = teach(
    { course: { ...chain, skills }, aims: LONG },
    20,
    () => Math.floor(random() * 2 ** 32),
    () => true,
  );
  assert.equal(served.length, 20);
  assert.ok(diagnosed(served).length <= 3);
});

Deno.test("[E16] [E14] the first questions keep near the difficulty that is wished for", () => {
  for (const difficulty of [1, 5] as const) {
    for (const seed of [1, 2, 3, 4, 5]) {
      const random = randomFrom(seed);
      const lesson = { course: COURSE, aims: { ...LONG, difficulty } };
      const served = teach(lesson, DIAGNOSTIC_ITEMS_MAX, () => Math.floor(random() * 2 ** 32), () => random() < 0.6);
      const levels = diagnosed(served).map(({ item }) => item.difficulty);
      const away = levels.filter((level) => Math.abs(level - difficulty) > 1);
      assert.ok(levels.length > 2 && away.length === 0, `wish ${difficulty}, seed ${seed}: ${levels.join(" ")}`);
    }
  }
});

Deno.test("[E16] [E14] no chance is said to be aimed at where the questions look for the start", () => {
  const groundsOf = (aims: typeof LONG | typeof SHORT) => {
    const situation = situationIn({ course: COURSE, abilities: UNKNOWN_ABILITIES, history: [], aims });
    const candidacy = candidacyOf(situation);
    const prediction = { probabilities: candidacy.items.map(() => 0.5), model: "m", prior: false };
    const question = { situation, candidacy, prediction, targetProbability: 0.9, seed: 1 };
    const choice = chooseNextItem(question);
    assert.ok(choice);
    return explainChoice(question, choice).grounds.join(" ");
  };
  assert.match(groundsOf(LONG), /m expects it to be right 50 times in 100\./);
  assert.match(groundsOf(SHORT), /m expects it to be right 50 times in 100; 90 were aimed at\./);
});
