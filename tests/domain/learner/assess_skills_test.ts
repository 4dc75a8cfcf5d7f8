/** Strengths and weaknesses: said only where the interval says so, corrected by the learner's own word. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { assessSkills, findingOf, verdictOf } from "../../../src/domain/learner/assess_skills.ts";
import { NEW_PROFILE, type SelfAssessment } from "../../../src/domain/learner/profile.ts";
import { factOf, LearnerRun } from "./learner_run.ts";

const START_MS = 1_760_000_000_000;

Deno.test("[F5] a finding needs three answers and a 90% interval on one side of the level, or a narrow one across it", () => {
  const cases = [
    { low: 0.7, high: 0.9, answers: 2, finding: "not_enough_data" },
    { low: 0.6, high: 0.9, answers: 3, finding: "strength" },
    { low: 0.1, high: 0.6, answers: 3, finding: "weakness" },
    { low: 0.5, high: 0.8, answers: 9, finding: "neither" },
    { low: 0.3, high: 0.8, answers: 9, finding: "not_enough_data" },
  ];
  for (const { finding, ...mastery } of cases) assert.equal(findingOf({ probability: 0.5, ...mastery }), finding);
});

Deno.test("[F5] every skill practised or spoken of is assessed once, and the learner's word is the verdict", () => {
  const says = fc.constantFrom<SelfAssessment>("strength", "weakness", "neither");
  fc.assert(fc.property(fc.subarray(["x", "y", "z"]), fc.option(says, { nil: null }), (practised, said) => {
    const run = new LearnerRun();
    practised.forEach((skill, i) => run.answer({ ...factOf("algebra", START_MS + i), skills: [skill] }));
    run.answer({ ...factOf("logic", START_MS), skills: ["elsewhere"] });
    const ownWords = said === null ? [] : [{ courseId: "algebra", skillId: "spoken-of", says: said }];
    const draft = { ...NEW_PROFILE, ownWords };
    const ada = { kind: "client", principal: { userId: "ada", role: "student" } } as const;
    run.send({ type: "set_profile", expectedVersion: 0, draft }, ada);
    const assessed = assessSkills(run.state, "algebra", null);
    const expected = said === null ? practised : [...practised, "spoken-of"];
    assert.deepEqual(assessed.map(({ skillId }) => skillId), expected);
    for (const skill of assessed) {
      assert.equal(skill.finding, "not_enough_data");
      assert.equal(verdictOf(skill), skill.skillId === "spoken-of" ? said : "not_enough_data");
    }
  }));
});

Deno.test("[F5] without a course's statistics the learner's ratings tell", () => {
  const run = new LearnerRun();
  for (let i = 0; i < 40; i++) {
    for (const [skill, outcome] of [["x", "right"], ["y", "wrong"]] as const) {
      run.answer({ ...factOf("algebra", START_MS + i, outcome), skills: [skill], sighting: null });
    }
  }
  const findings = assessSkills(run.state, "algebra", null).map(({ skillId, finding }) => [skillId, finding]);
  assert.deepEqual(findings, [["x", "strength"], ["y", "weakness"]]);
});
