/** The learner actor: every graded answer moves one knowledge, whichever session it came from. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { addressOf } from "../../../src/domain/address.ts";
import type { Origin, TurnContext } from "../../../src/domain/decision.ts";
import { abilitiesIn, learnerFromView, type LearnerState, withAnswer } from "../../../src/domain/learner/knowledge.ts";
import { type AnswerFact, learnerAddress } from "../../../src/domain/learner/messages.ts";
import { factOf, learner } from "./learner_run.ts";

const SESSION: Origin = { kind: "actor", sender: addressOf("session", "s1"), seq: 3 };

function contextOf(origin: Origin): TurnContext {
  return { actor: learnerAddress("ada"), seq: 0, nowMs: 1, seed: 1, commandId: "c", origin };
}

const factArbitrary: fc.Arbitrary<AnswerFact> = fc.record({
  sessionId: fc.constantFrom("s1", "s2"),
  courseId: fc.constantFrom("algebra", "geometry"),
  itemId: fc.constantFrom("i1", "i2"),
  skills: fc.subarray(["x", "y", "z"], { minLength: 1 }),
  difficulty: fc.constantFrom(1, 2, 3, 4, 5),
  correct: fc.boolean(),
  score: fc.double({ min: 0, max: 1, noNaN: true }),
  hintsUsed: fc.nat(3),
  responseMs: fc.nat(60_000),
  atMs: fc.nat(),
  presentations: fc.constant([]),
  behaviour: fc.constant([]),
  sighting: fc.constant(null),
});

function afterAll(facts: readonly AnswerFact[]): LearnerState {
  return facts.reduce(
    (state, answer, i) => learner.evolve(state, { type: "answer_recorded", answer }, { seq: i + 1, atMs: answer.atMs }),
    learner.initial("ada"),
  );
}

Deno.test("[X2] an answer from where answers are given is recorded, from anyone else refused", () => {
  const answer: AnswerFact = {
    sessionId: "s1",
    courseId: "algebra",
    itemId: "i1",
    skills: ["x"],
    difficulty: 3,
    correct: true,
    score: 1,
    hintsUsed: 0,
    responseMs: 900,
    atMs: 5,
    presentations: [],
    behaviour: [],
    sighting: null,
  };
  const command = { type: "record_answer", answer } as const;
  const state = learner.initial("ada");
  const room: Origin = { kind: "actor", sender: addressOf("room", "r1"), seq: 1 };
  for (const origin of [SESSION, room]) {
    const accepted = learner.decide(state, command, contextOf(origin));
    assert.deepEqual(accepted.kind === "accepted" && accepted.events[0], { type: "answer_recorded", answer });
  }
  const own: Origin = { kind: "client", principal: { userId: "ada", role: "student" } };
  const peer: Origin = { kind: "actor", sender: addressOf("debate", "d1"), seq: 1 };
  for (const origin of [own, peer]) assert.equal(learner.decide(state, command, contextOf(origin)).kind, "rejected");
});

Deno.test("[S4] counts add up, the state is plain JSON, and abilities stay finite", () => {
  fc.assert(fc.property(fc.array(factArbitrary, { maxLength: 60, size: "max" }), (facts) => {
    const state = afterAll(facts);
    assert.equal(state.answered, facts.length);
    assert.equal(state.overall.answers, facts.length);
    assert.equal(state.correct, facts.filter((fact) => fact.correct).length);
    const practised = facts.flatMap(({ courseId, skills }) => skills.map((skill) => `${courseId}:${skill}`));
    for (const [key, rating] of Object.entries(state.skills)) {
      assert.equal(rating.answers, practised.filter((one) => one === key).length);
      assert.ok(Number.isFinite(rating.ability));
    }
    assert.deepEqual(JSON.parse(JSON.stringify(state)), state);
  }));
});

Deno.test("[R3] what the engine reads is the learner, also once it has crossed as text; other views are not", () => {
  fc.assert(fc.property(fc.array(factArbitrary), (facts) => {
    const state = afterAll(facts);
    assert.deepEqual(learnerFromView(JSON.parse(JSON.stringify(learner.view(state, "engine", 0)))), state);
  }));
  for (const bad of [null, 3, [], {}, learner.view(afterAll([]), "staff", 0)]) assert.equal(learnerFromView(bad), null);
});

Deno.test("[E6] a course's abilities go by its own skill ids and leave other courses out", () => {
  const rating = { ability: 1, answers: 2 };
  const skills = { "alg:x": rating, "algebra:x": { ability: 3, answers: 4 } };
  assert.deepEqual(abilitiesIn("alg", { overall: rating, skills, lastAnswerAtMs: 5 }), {
    overall: rating,
    skills: { x: rating },
    lastAnswerAtMs: 5,
  });
});

Deno.test("[A4] a learner's knowledge is shown to them and to staff alone", () => {
  const state = learner.initial("ada");
  assert.equal(learner.audienceOf(state, { userId: "ada", role: "student" }), "learner");
  assert.equal(learner.audienceOf(state, { userId: "eve", role: "student" }), null);
  assert.equal(learner.audienceOf(state, { userId: "tess", role: "teacher" }), "staff");
});

Deno.test("[S5] the learner's current version is read as it is, an unknown one stops with a named error", () => {
  const state = afterAll([]);
  assert.equal(learner.upcastState(learner.schemaVersion, state), state);
  assert.throws(() => learner.upcastState(99, state), { name: "UnknownSchemaVersionError" });
  assert.throws(() => learner.upcastEvent(99, "answer_recorded", {}), { name: "UnknownSchemaVersionError" });
});

Deno.test("[N3] ratings of skills over ever more courses stay within a bound, the best founded ones kept", () => {
  const answerIn = (course: number, skill: number): AnswerFact => ({
    ...factOf(`course-${course}`, course),
    skills: [`skill-${skill}`],
    sighting: null,
  });
  const often = Array.from({ length: 9 }, () => answerIn(0, 0));
  const once = Array.from({ length: 3_000 }, (_, i) => answerIn(1 + Math.floor(i / 100), i % 100));
  const { skills, answered } = afterAll([...often, ...once]);
  assert.equal(answered, 3_009);
  assert.ok(Object.keys(skills).length <= 2_048);
  assert.equal(skills["course-0:skill-0"]?.answers, 9);
});

Deno.test("[N2] a right answer that goes beyond the bound of ratings lowers no skill that its item practises", () => {
  const answerOn = (skill: number, skills: readonly string[] = [`skill-${skill}`]): AnswerFact => ({
    ...factOf(`course-${Math.floor(skill / 100)}`, skill),
    skills,
    sighting: null,
  });
  const twice = Array.from({ length: 2_048 }, (_, i) => [answerOn(i), answerOn(i)]).flat();
  const before = afterAll(twice);
  const after = withAnswer(before, answerOn(2_047, ["skill-2047", "skill-new"]), twice.length + 1);
  assert.ok(Object.keys(after.skills).length < 2_048);
  for (const skill of ["skill-2047", "skill-new"]) {
    const ability = (state: LearnerState) => abilitiesIn("course-20", state).skills[skill]?.ability ?? 0;
    assert.ok(ability(after) > ability(before), skill);
  }
});

Deno.test("[N2] a right answer with every hint taken lowers no rating of its learner", () => {
  fc.assert(fc.property(fc.array(factArbitrary, { maxLength: 20 }), factArbitrary, (past, last) => {
    const before = past.reduce((state, fact, i) => withAnswer(state, fact, i + 1), learner.initial("ada"));
    const fact = { ...last, correct: true, score: 0.4, hintsUsed: 3 };
    const after = withAnswer(before, fact, past.length + 1);
    assert.ok(after.overall.ability >= before.overall.ability);
    const [had, has] = [before, after].map((state) => abilitiesIn(fact.courseId, state).skills);
    for (const id of fact.skills) assert.ok((has?.[id]?.ability ?? 0) >= (had?.[id]?.ability ?? 0), id);
  }));
});
