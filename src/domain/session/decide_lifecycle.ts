/** Decides how a session begins, rests, goes on and ends. */
import { parseActorId } from "../address.ts";
import { assertNever } from "../assert_never.ts";
import { type Origin, reject, type TurnContext } from "../decision.ts";
import { completion, completionData } from "./complete_session.ts";
import { withIntervention } from "./decide_intervention.ts";
import { notActive } from "./not_active.ts";
import { IDLE_MS_MAX, IDLE_NOTICE_MS, TARGET_ITEMS_MAX } from "./limits.ts";
import type { SessionPlan } from "./messages.ts";
import { isFromLesson } from "./permission.ts";
import { type SessionDecision, settle } from "./settle.ts";
import { type BegunSession, progressOf, type SessionState } from "./state.ts";

/** Begins a session; its first item is chosen at once. */
export function decideCreate(state: SessionState, plan: SessionPlan, context: TurnContext): SessionDecision {
  if (state.status !== "not_created") return reject("already_created", "This session exists already.");
  if (!Number.isInteger(plan.targetItems) || plan.targetItems < 1 || plan.targetItems > TARGET_ITEMS_MAX) {
    return reject("bad_plan", `target_items is a whole number from 1 to ${TARGET_ITEMS_MAX}.`);
  }
  if (parseActorId(`learner/${plan.learnerId}`) === null) {
    return reject("bad_plan", "learner_id is made of letters, digits, _ and -, at most 64.");
  }
  return settle(state, [{ type: "created", plan, seed: context.seed }], context, {
    reply: { session_id: state.sessionId, status: "active" },
  });
}

function byWhom(session: BegunSession, origin: Origin): "learner" | "staff" {
  return origin.kind === "client" && origin.principal.userId === session.plan.learnerId ? "learner" : "staff";
}

/** Pauses, resumes or completes at a person's wish. */
export function decideByPerson(
  session: BegunSession,
  wish: "pause" | "resume" | "complete",
  context: TurnContext,
): SessionDecision {
  if (session.status === "completed") return notActive(session.status);
  const progress = progressOf(session.plan, session.tally.answered);
  const by = byWhom(session, context.origin);
  switch (wish) {
    case "pause":
      if (session.status === "paused") return reject("already_paused", "The session is paused already.");
      return settle(session, [{ type: "paused", cause: by }], context, { reply: { status: "paused", progress } });
    case "resume":
      if (session.status === "active") return reject("not_paused", "The session is not paused.");
      // The lesson wakes whom it has put to rest, nobody who rests by themself.
      if (isFromLesson(session.plan, context.origin) && session.cause !== "staff") {
        return reject("not_paused", "The session was not paused by its lesson.");
      }
      return settle(session, [{ type: "resumed" }], context, { reply: { status: "active", progress } });
    case "complete": {
      const completed = completion(session, by, context.nowMs);
      return settle(session, [completed], context, { reply: completionData(completed) });
    }
    default:
      return assertNever(wish);
  }
}

/**
 * Notices a learner's silence, then pauses when it goes on; a deadline that a later command has moved does nothing.
 */
export function decideIdle(session: BegunSession, context: TurnContext): SessionDecision {
  if (session.status !== "active") return notActive(session.status);
  const { heardAtMs, idleSinceMs } = session;
  const silentMs = context.nowMs - heardAtMs;
  if (silentMs >= IDLE_MS_MAX) return settle(session, [{ type: "paused", cause: "idle" }], context, {});
  if (silentMs < IDLE_NOTICE_MS || idleSinceMs !== null) {
    return reject("not_idle", "The learner has been heard of since this deadline was set.");
  }
  const { events, ephemerals } = withIntervention(session, [{ type: "idle_noticed", sinceMs: heardAtMs }], context);
  return settle(session, events, context, { ephemerals });
}
