/** A session's latest answers count in its next choice, each once, before the learner's record has them. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { caughtUp } from "../../../src/domain/adaptive/catch_up.ts";
import { afterGraded, UNKNOWN_ABILITIES } from "../../../src/domain/adaptive/elo.ts";
import type { Abilities } from "../../../src/domain/adaptive/prediction.ts";
import { gradedArbitrary } from "./graded_answers.ts";
import { chainCourse } from "./practice_course.ts";

const COURSE = chainCourse(["a", "b"], 1, "fresh");

Deno.test("[E6] however many of a session's answers are recorded yet, the choice goes by all of them, each once", () => {
  const answers = fc.array(fc.record({ place: fc.nat(COURSE.items.length - 1), graded: gradedArbitrary }), {
    maxLength: 20,
  });
  fc.assert(fc.property(answers, fc.nat(), (given, cut) => {
    const history = given.flatMap(({ place, graded }, i) => {
      const item = COURSE.items[place];
      return item === undefined ? [] : [{ itemId: item.id, skills: item.skills, ...graded, answeredAtMs: i + 1, item }];
    });
    const after = (count: number): Abilities =>
      history.slice(0, count).reduce((abilities, { item, answeredAtMs, ...graded }) => ({
        ...afterGraded(abilities, item.skills, item.difficulty, graded),
        lastAnswerAtMs: answeredAtMs,
      }), UNKNOWN_ABILITIES);
    assert.deepEqual(caughtUp(after(cut % (history.length + 1)), COURSE, history), after(history.length));
  }));
});

Deno.test("[E6] skipped items and items that left the course move nothing", () => {
  const history = [
    { itemId: "a-1-0", skills: ["a"], correct: false, score: 0, answeredAtMs: null },
    { itemId: "gone", skills: ["a"], correct: true, score: 1, answeredAtMs: 9 },
  ];
  assert.equal(caughtUp(UNKNOWN_ABILITIES, COURSE, history), UNKNOWN_ABILITIES);
});
