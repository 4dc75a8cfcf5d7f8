/** Takes in what a learner did, told by where it was done; that each counts once is the runtime's promise (X2). */
import { kindOf } from "../address.ts";
import { courseAddress } from "../course/messages.ts";
import { type Origin, reject, tell, type TurnContext } from "../decision.ts";
import { entryOf } from "../entry_of.ts";
import type { ActivityKind } from "../quests/template.ts";
import { observationOf } from "./course_knowledge.ts";
import type { LearnerState } from "./knowledge.ts";
import { type ActivityFact, type AnswerFact, type SessionFact, UNTOLD_ANSWER } from "./messages.ts";
import { type LearnerDecision, settle } from "./settle.ts";

/** The kinds of actors in which each is done. */
const PLACES: { readonly [kind in ActivityKind]: readonly string[] } = {
  debate: ["debate"],
  colearning: ["room"],
  explanation: ["room", "submission"],
};

function isFrom(origin: Origin, kinds: readonly string[]): boolean {
  return origin.kind === "actor" && kinds.includes(kindOf(origin.sender));
}

/** An answer moves knowledge and memory, and tells the course what it taught. */
export function recordAnswer(state: LearnerState, told: AnswerFact, context: TurnContext): LearnerDecision {
  if (!isFrom(context.origin, ["session"])) return reject("forbidden", "Only a learning session records answers.");
  const answer = { ...UNTOLD_ANSWER, ...told };
  const { courseId, sighting } = answer;
  const events = [{ type: "answer_recorded", answer }] as const;
  const reply = { recorded: true };
  if (sighting === null) return settle(state, events, context, { reply });
  const observation = observationOf(entryOf(state.courses, courseId), { fact: answer, sighting });
  return settle(state, events, context, {
    reply,
    messages: [tell(courseAddress(courseId), { type: "record_answer", observation })],
  });
}

export function recordSession(state: LearnerState, told: SessionFact, context: TurnContext): LearnerDecision {
  if (!isFrom(context.origin, ["session"])) return reject("forbidden", "Only a learning session tells of its end.");
  // A message stored by a session of an older program names no class.
  const session = { ...told, classId: told.classId ?? null };
  return settle(state, [{ type: "session_recorded", session }], context, { reply: { recorded: true } });
}

export function recordActivity(state: LearnerState, activity: ActivityFact, context: TurnContext): LearnerDecision {
  if (!isFrom(context.origin, PLACES[activity.kind])) {
    return reject("forbidden", `Only where it took place tells of a ${activity.kind}.`);
  }
  return settle(state, [{ type: "activity_recorded", activity }], context, { reply: { recorded: true } });
}
