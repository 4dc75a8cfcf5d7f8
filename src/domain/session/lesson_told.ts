/** What a session in a live lesson tells the lesson. */
import { behavioursIn } from "../affect/behaviour.ts";
import { answerGroup, responseInWords } from "../classroom/answer_group.ts";
import { classroomAddress } from "../classroom/messages.ts";
import type { ProgressAnswer, StudentProgress } from "../classroom/student_progress.ts";
import { type Message, tell } from "../decision.ts";
import type { SessionEvent } from "./messages.ts";
import { situationOf } from "./situation.ts";
import { type BegunSession, progressOf, type SessionState } from "./state.ts";

function answerTold(before: SessionState, events: readonly SessionEvent[]): ProgressAnswer | null {
  const answered = events.find((event) => event.type === "answered");
  if (answered === undefined || before.status !== "active" || before.step.kind !== "item_open") return null;
  const { item } = before.step.open;
  const { correct, response } = answered;
  const wrong = correct ? null : { group: answerGroup(response), words: responseInWords(response, item.form) };
  return { itemId: item.itemId, skills: item.skills, correct, wrong };
}

function behaviourOf(session: BegunSession, nowMs: number): StudentProgress["behaviour"] {
  return session.status === "completed" ? [] : behavioursIn(situationOf(session, nowMs));
}

/** How the session stands: nothing that a face showed is in it. */
function progressTold(session: BegunSession, answer: ProgressAnswer | null, nowMs: number): StudentProgress {
  const { sessionId, plan, status, tally, suggestion } = session;
  const open = session.status !== "completed" && session.step.kind === "item_open" ? session.step.open : null;
  return {
    sessionId,
    learnerId: plan.learnerId,
    status,
    item: open === null ? null : { itemId: open.item.itemId, servedAtMs: open.servedAtMs },
    progress: progressOf(plan, tally.answered),
    answered: tally.answered,
    correct: tally.correct,
    behaviour: behaviourOf(session, nowMs),
    suggestion: suggestion?.offer.kind ?? null,
    answer,
  };
}

/** The present standing after each event, to the session's lesson; nothing outside one. */
export function lessonTold(
  before: SessionState,
  after: SessionState,
  events: readonly SessionEvent[],
  nowMs: number,
): readonly Message[] {
  if (after.status === "not_created" || after.plan.lessonId === undefined || events.length === 0) return [];
  const progress = progressTold(after, answerTold(before, events), nowMs);
  return [tell(classroomAddress(after.plan.lessonId), { type: "student_progress", progress })];
}
