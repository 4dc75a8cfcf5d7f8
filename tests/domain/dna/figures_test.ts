/** Single figures: what they are made of, in which week they count, and what they say in words. */
import assert from "node:assert/strict";
import { COMPARISONS, SCALARS } from "../../../src/domain/dna/corrections.ts";
import { COMPARISON_DEFINITIONS, DEFINITIONS } from "../../../src/domain/dna/definitions.ts";
import { dnaHistory } from "../../../src/domain/dna/dna_history.ts";
import { explainFigure } from "../../../src/domain/dna/explain.ts";
import { type Figure, figuresOf } from "../../../src/domain/dna/figures.ts";
import {
  afterAnswered,
  type AnswerInContext,
  type LearningDna,
  NEW_DNA,
} from "../../../src/domain/dna/learning_dna.ts";
import type { WorkBehaviour } from "../../../src/domain/dna/work_behaviour.ts";
import type { AssessedSkill } from "../../../src/domain/learner/assess_skills.ts";
import { factOf } from "../learner/learner_run.ts";

/** 2026-03-01, a Sunday, in days since 1970-01-01. */
const SUNDAY = 20_513;
const DAY_MS = 86_400_000;

function answered(dna: LearningDna, day: number, sessionId: string, behaviour: readonly WorkBehaviour[]): LearningDna {
  const answer = { ...factOf("algebra", day * DAY_MS), sessionId, behaviour };
  const context: AnswerInContext = { answer, expected: 0.5, memory: null, localDay: day, localHour: 23, level: [0, 1] };
  return afterAnswered(dna, context);
}

function skill(skillId: string, probability: number, reach: number, finding: AssessedSkill["finding"]): AssessedSkill {
  const mastery = { probability, low: probability - reach, high: probability + reach, answers: 9 };
  return { courseId: "algebra", skillId, finding, mastery, ownWord: null };
}

function figureNamed(figures: readonly Figure[], name: Figure["name"]): Figure {
  const figure = figures.find((one) => one.name === name);
  assert.ok(figure, name);
  return figure;
}

Deno.test("[Y3] mastery is the mean over skills with enough data, surer than any one of them", () => {
  const skills = [
    skill("x", 0.8, 0.1, "strength"),
    skill("y", 0.4, 0.1, "weakness"),
    skill("z", 0.5, 0.4, "not_enough_data"),
  ];
  const figure = figureNamed(figuresOf(NEW_DNA, skills, SUNDAY), "mastery");
  assert.ok(figure.status === "ok");
  assert.equal(figure.sampleSize, 2);
  assert.ok(Math.abs(figure.value - 0.6) < 1e-12);
  // Two errors of the same size: the mean's is smaller by the root of two.
  assert.ok(Math.abs(figure.high - figure.low - 0.2 / Math.SQRT2) < 1e-12);
  assert.equal(figureNamed(figuresOf(NEW_DNA, skills.slice(2), SUNDAY), "mastery").status, "not_enough_data");
});

Deno.test("[Y1] a session over midnight counts in the week of its first answer, and so does what shows in it later", () => {
  const late = answered(NEW_DNA, SUNDAY, "s1", []);
  const { weeks } = answered(answered(late, SUNDAY + 1, "s1", ["idle"]), SUNDAY + 1, "s2", []);
  assert.deepEqual(weeks.map(({ answers, sessions, showing }) => [answers, sessions, showing.idle]), [
    [1, 1, 1],
    [2, 1, 0],
  ]);
});

Deno.test("[Y1] the history tells each week by its Monday, with the days that had work", () => {
  const days = [SUNDAY - 6, SUNDAY - 6, SUNDAY - 1, SUNDAY, SUNDAY + 1];
  const dna = days.reduce((before, day, i) => answered(before, day, `s${i}`, []), NEW_DNA);
  const weeks = dnaHistory(dna).map(({ monday, answers, daysWorked }) => [monday, answers, daysWorked]);
  assert.deepEqual(weeks, [[SUNDAY - 6, 4, 3], [SUNDAY + 1, 1, 1]]);
});

Deno.test("[Y2] a week older than the 53 that are kept is not taken up again", () => {
  const weeks = Array.from({ length: 60 }, (_, i) => SUNDAY + 7 * i);
  const dna = weeks.reduce((before, day) => answered(before, day, "s1", []), NEW_DNA);
  assert.equal(dna.weeks.length, 53);
  const again = answered(dna, SUNDAY, "s1", []);
  assert.deepEqual(again.weeks, dna.weeks);
});

Deno.test("[Y3] every figure has a definition, a sample and a sentence, whether there is enough data or not", () => {
  for (const name of SCALARS) {
    const { definition, sampleOf, sampleMin } = DEFINITIONS[name];
    assert.ok(definition.endsWith(".") && sampleOf !== "" && sampleMin > 0, name);
    const known = explainFigure({ name, sampleSize: 40, status: "ok", value: 0.5, low: 0.25, high: 0.75 });
    assert.match(known, /40 .*\.$/, name);
    const unknown = explainFigure({ name, sampleSize: 0, status: "not_enough_data" });
    assert.equal(unknown, `Not enough data yet: 0 of at least ${sampleMin} ${sampleOf}.`);
  }
  for (const name of COMPARISONS) assert.ok(COMPARISON_DEFINITIONS[name].definition.endsWith("."));
});
