/** What a session tells its learner's actor of each answer beside its outcome: what the work showed. */
import assert from "node:assert/strict";
import type { AnswerFact } from "../../../src/domain/learner/messages.ts";
import { CLICKED_THROUGH, HINTS_RUSHED, PlayedLesson, STUCK } from "./recorded_lessons.ts";

function factsTold({ run }: PlayedLesson): readonly AnswerFact[] {
  return run.messages.map(({ command }) => Object(command).answer).filter((answer) => answer !== undefined);
}

Deno.test("[Y1] [M22] an answer is told with the spells that it begins or meets; the ones before it without", () => {
  for (
    const [moments, behaviour] of [
      [CLICKED_THROUGH, "rapid_guessing"],
      [HINTS_RUSHED, "hint_abuse"],
      [STUCK, "unproductive_struggle"],
    ] as const
  ) {
    const facts = factsTold(new PlayedLesson().play(moments));
    assert.deepEqual(facts.at(-1)?.behaviour, [behaviour]);
    assert.deepEqual(facts[0]?.behaviour, []);
  }
});

Deno.test("[Y1] [M22] an answer that ends a silence tells of it, the next one not", () => {
  const lesson = new PlayedLesson();
  lesson.run.fireNextTimer();
  lesson.play([{ does: "right" }, { seconds: 12, face: null }, { does: "right" }]);
  assert.deepEqual(factsTold(lesson).map(({ behaviour }) => behaviour), [["idle"], []]);
});
