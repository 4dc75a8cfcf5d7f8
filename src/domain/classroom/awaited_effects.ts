/** What a lesson waits for, worked out from its state alone. */
import type { ClassroomEffect } from "./messages.ts";
import type { ClassroomState, OpenedLesson } from "./state.ts";

/** A seed of its own for each question, repeatable from the journal. */
function questionSeed(lessonSeed: number, askedSeq: number): number {
  return (lessonSeed ^ Math.imul(askedSeq, 0x9e3779b1)) >>> 0;
}

function awaitedQuestion({ asked, plan, seed, askedItems, skills }: OpenedLesson): readonly ClassroomEffect[] {
  if (asked === null) return [];
  return [{
    kind: "render_question",
    basisSeq: asked.askedSeq,
    courseId: plan.courseId,
    itemId: asked.itemId,
    seed: questionSeed(seed, asked.askedSeq),
    asked: askedItems,
    skills: Object.fromEntries(
      Object.entries(skills).map(([skill, { answered, correct }]) => [skill, { answered, correct }]),
    ),
  }];
}

/** One question's answers at a time, so that each learner's record is told in the order of the questions. */
function awaitedSightings({ untold: [first], plan }: OpenedLesson): readonly ClassroomEffect[] {
  if (first === undefined) return [];
  const { question, sinceSeq, itemId, facts } = first;
  return [{
    kind: "sight_answers",
    basisSeq: sinceSeq,
    question,
    courseId: plan.courseId,
    itemId,
    userIds: Object.keys(facts),
  }];
}

export function awaitedEffects(state: ClassroomState): readonly ClassroomEffect[] {
  return state.status === "not_opened" ? [] : [...awaitedQuestion(state), ...awaitedSightings(state)];
}
