/** What watchers are told about each event. */
import type { Projection } from "../aggregate.ts";
import { assertNever } from "../assert_never.ts";
import { publicItem } from "../curriculum/public_item.ts";
import type { Json } from "../json.ts";
import { suggestionData } from "./affect_view.ts";
import { completionData } from "./complete_session.ts";
import { HINT_RUNGS, scoreShareAfterHints } from "./limits.ts";
import type { PauseCause, SessionEvent } from "./messages.ts";
import { receiptForStaff } from "./receipt_view.ts";
import { roundShare } from "./tally.ts";
import type { SessionAudience } from "./permission.ts";
import { tutorProjection } from "./tutor_view.ts";

type EventOf<Type extends SessionEvent["type"]> = Extract<SessionEvent, { type: Type }>;
type JsonObject = { readonly [key: string]: Json };

const PAUSE_MESSAGES: { readonly [cause in PauseCause]: string } = {
  learner: "You paused the session.",
  staff: "Your teacher paused the session.",
  idle: "The session paused because nothing came from you for a while. Resume when you are ready.",
  choice_failed: "The next item could not be chosen. All your work is kept; resume to try again.",
};

/** What an answer came to; the item is closed, so what was right may be told. */
export function answeredData(event: EventOf<"answered">): JsonObject {
  return {
    item_ref: event.item,
    response: event.response,
    correct: event.correct,
    score: event.score,
    hints_used: event.hintsUsed,
    response_ms: event.responseMs,
    correct_answer: event.correctAnswer,
    explanation: event.explanation,
    progress: event.progress,
  };
}

/** A hint, how many are left, and what a right answer is worth from now on. */
export function hintData({ item, rung, text, helpUsed }: EventOf<"hint_given">): JsonObject {
  const scoreShare = roundShare(scoreShareAfterHints(helpUsed ?? rung));
  return { item_ref: item, rung, text, hints_left: HINT_RUNGS - rung, score_share: scoreShare };
}

function lessonUpdateData(event: EventOf<"item_served">, audience: SessionAudience): JsonObject {
  const { number, item, receipt, progress } = event;
  const told = {
    item_ref: number,
    item: publicItem(item),
    reason: receipt.reason,
    receipt_id: receipt.id,
    progress,
  };
  return audience === "staff" ? { ...told, receipt: receiptForStaff(receipt) } : told;
}

/** The event's wire name and data for one audience; null when it is not for them. */
export function project(event: SessionEvent, audience: SessionAudience): Projection | null {
  switch (event.type) {
    case "created":
      return {
        type: "created",
        data: { course_id: event.plan.courseId, topic: event.plan.topic, target_items: event.plan.targetItems },
      };
    case "item_served":
      return { type: "lesson_update", data: lessonUpdateData(event, audience) };
    case "answered":
      return { type: "answered", data: answeredData(event) };
    case "hint_given":
      return { type: "hint", data: hintData(event) };
    case "tutor_asked":
    case "tutor_said":
    case "tutor_paused":
    case "tutor_resumed":
      return tutorProjection(event);
    case "skipped":
      return { type: "skipped", data: { item_ref: event.item, cause: event.cause } };
    case "override_asked":
      return audience === "staff"
        ? { type: "override_asked", data: { item_id: event.itemId, by: event.by, reason: event.reason } }
        : null;
    case "override_refused":
      return audience === "staff"
        ? { type: "override_refused", data: { item_id: event.itemId, code: event.code, reason: event.reason } }
        : null;
    case "choice_failed":
      return audience === "staff"
        ? { type: "choice_failed", data: { attempt: event.attempt, reason: event.reason } }
        : null;
    case "paused":
      return { type: "paused", data: { cause: event.cause, message: PAUSE_MESSAGES[event.cause] } };
    case "resumed":
      return { type: "resumed", data: {} };
    case "emotion_forgotten":
      return { type: "emotion_forgotten", data: {} };
    case "idle_noticed":
      return audience === "staff" ? { type: "idle", data: { since: new Date(event.sinceMs).toISOString() } } : null;
    case "intervention":
      if (audience === "learner" && event.told === "staff") return null;
      return { type: "intervention", data: suggestionData(event) };
    case "intervention_answered":
      return { type: "intervention_answered", data: { id: event.id, reply: event.reply } };
    case "suggestions_stopped":
      return { type: "suggestions_stopped", data: {} };
    case "easier_asked":
      return { type: "easier_asked", data: {} };
    case "completed":
      return { type: "completed", data: completionData(event) };
    default:
      return assertNever(event);
  }
}
