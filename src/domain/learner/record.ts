/** Takes in what a learner did, told by where it was done; that each counts once is the runtime's promise (X2). */
import { kindOf } from "../address.ts";
import { readRatings } from "../adaptive/ratings_reading.ts";
import { classroomAddress } from "../classroom/messages.ts";
import { courseAddress } from "../course/messages.ts";
import { type Message, type Origin, reject, tell } from "../decision.ts";
import { entryOf } from "../entry_of.ts";
import type { ActivityKind } from "../quests/template.ts";
import { observationOf } from "./course_knowledge.ts";
import { roundShare } from "../session/tally.ts";
import { abilitiesIn, type LearnerState } from "./knowledge.ts";
import {
  type ActivityFact,
  type AnswerFact,
  type LearnerCommand,
  type SessionFact,
  UNTOLD_ANSWER,
} from "./messages.ts";
import type { LearnerDecision } from "./learner_decision.ts";
import { isAnotherOccasion, occasionOf } from "./occasion.ts";
import { type LearnerContext, settle } from "./settle.ts";

/** The kinds of actors in which each is done. */
const PLACES: { readonly [kind in ActivityKind]: readonly string[] } = {
  debate: ["debate"],
  colearning: ["room"],
  explanation: ["room"],
};

function isFrom(origin: Origin, kinds: readonly string[]): boolean {
  return origin.kind === "actor" && kinds.includes(kindOf(origin.sender));
}

/** An answer moves knowledge and memory, and tells the course what it taught. */
export function recordAnswer(
  state: LearnerState,
  { answer: told, lessonId }: Extract<LearnerCommand, { type: "record_answer" }>,
  context: LearnerContext,
): LearnerDecision {
  if (!isFrom(context.origin, ["session", "classroom", "room"])) {
    return reject("forbidden", "Only a learning session, a live lesson or a room records answers.");
  }
  const answer = { ...UNTOLD_ANSWER, ...told };
  const events = [{ type: "answer_recorded", answer }] as const;
  return settle(state, events, context, {
    reply: { recorded: true },
    messages: observationTold(state, answer),
    messagesAfter: (after) => lessonId === undefined ? [] : masteryTold(lessonId, state, after, answer),
  });
}

/** What the answer taught the course, where its item had a place in the statistics. */
function observationTold({ courses }: LearnerState, answer: AnswerFact): readonly Message[] {
  const { courseId, sighting } = answer;
  if (sighting === null) return [];
  const observation = observationOf(entryOf(courses, courseId), { fact: answer, sighting });
  return [tell(courseAddress(courseId), { type: "record_answer", observation })];
}

/** By the learner's ratings, which every answer moves. */
function masteryTold(
  lessonId: string,
  before: LearnerState,
  after: LearnerState,
  { courseId, skills }: AnswerFact,
): readonly Message[] {
  const [was, is] = [before, after].map((learner) => readRatings(abilitiesIn(courseId, learner), []));
  if (was === undefined || is === undefined) return [];
  const moved = skills.map((skillId) => ({
    skillId,
    before: roundShare(was.masteryOf(skillId).probability),
    after: roundShare(is.masteryOf(skillId).probability),
  }));
  return [tell(classroomAddress(lessonId), { type: "mastery_moved", skills: moved })];
}

export function recordSession(state: LearnerState, told: SessionFact, context: LearnerContext): LearnerDecision {
  if (!isFrom(context.origin, ["session"])) return reject("forbidden", "Only a learning session tells of its end.");
  // A message stored by a session of an older program names no class.
  const session = { ...told, classId: told.classId ?? null };
  return settle(state, [{ type: "session_recorded", session }], context, { reply: { recorded: true } });
}

export function recordActivity(state: LearnerState, told: ActivityFact, context: LearnerContext): LearnerDecision {
  if (!isFrom(context.origin, PLACES[told.kind])) {
    return reject("forbidden", `Only where it took place tells of a ${told.kind}.`);
  }
  // A message stored by an older program says only when it was over, and not with whom and about what it was.
  const { atMs, id } = told;
  const newer = { sinceMs: told.sinceMs ?? atMs, partners: told.partners ?? [], subject: told.subject ?? id };
  const activity = { ...told, ...newer };
  const { profile: { timeZone }, rewards: { streak, occasions } } = state;
  const occasion = occasionOf(activity, { streak, timeZone });
  const counts = isAnotherOccasion(occasions, occasion);
  return settle(state, [{ type: "activity_recorded", activity, occasion, counts }], context, {
    reply: { recorded: true },
  });
}
