/** A learner as the runtime knows them: every graded answer, wherever given, moves one knowledge. */
import { kindOf } from "../address.ts";
import type { Aggregate } from "../aggregate.ts";
import { assertNever } from "../assert_never.ts";
import { accept, type Decision, reject, type TurnContext } from "../decision.ts";
import { requireVersion } from "../schema_version.ts";
import { knowledgeView, type LearnerState, newLearner, withAnswer } from "./knowledge.ts";
import type { LearnerCommand, LearnerEvent } from "./messages.ts";

const SCHEMA_VERSION = 1;

/** Answers come from sessions alone; that each counts once is the runtime's promise (X2). */
function decide(
  _state: LearnerState,
  { answer }: LearnerCommand,
  { origin }: TurnContext,
): Decision<LearnerState, LearnerEvent, never> {
  if (origin.kind !== "actor" || kindOf(origin.sender) !== "session") {
    return reject("forbidden", "Only a learning session records answers.");
  }
  return accept([{ type: "answer_recorded", answer }], { reply: { recorded: true } });
}

export const learner: Aggregate<LearnerState, LearnerCommand, LearnerEvent, never> = {
  kind: "learner",
  schemaVersion: SCHEMA_VERSION,
  initial: newLearner,
  decide,
  evolve: (state, event) => withAnswer(state, event.answer),
  upcastState(version, stored) {
    requireVersion("learner state", version, SCHEMA_VERSION);
    return stored as LearnerState;
  },
  upcastEvent(version, type, stored) {
    requireVersion(`learner event ${type}`, version, SCHEMA_VERSION);
    return stored as LearnerEvent;
  },
  priorityOf: () => "event",
  pendingEffects: () => [],
  effectFailed: (effect) => assertNever(effect),
  audienceOf(state, principal) {
    if (principal.userId === state.learnerId) return "learner";
    return principal.role === "student" ? null : "staff";
  },
  view: (state) => knowledgeView(state),
  project: ({ answer }) => ({
    type: "answer_recorded",
    data: {
      session_id: answer.sessionId,
      course_id: answer.courseId,
      item_id: answer.itemId,
      skills: answer.skills,
      correct: answer.correct,
      score: answer.score,
    },
  }),
  listing: () => null,
};
