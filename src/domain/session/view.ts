/** A session's present state as its learner or staff may see it. */
import { assertNever } from "../assert_never.ts";
import type { Listing } from "../aggregate.ts";
import { publicItem } from "../curriculum/public_item.ts";
import type { Json } from "../json.ts";
import { wellBeingView } from "./affect_view.ts";
import { targetProbability } from "./awaited_choice.ts";
import { HINT_RUNGS, scoreShareAfterHints } from "./limits.ts";
import { helpUsed } from "../tutor/ladder.ts";
import { tutorView } from "./tutor_view.ts";
import { performanceMetrics, roundShare } from "./tally.ts";
import type { SessionAudience } from "./permission.ts";
import { receiptForStaff } from "./receipt_view.ts";
import { type BegunSession, type OpenItem, progressOf, type SessionState, type Step } from "./state.ts";

type JsonObject = { readonly [key: string]: Json };

function iso(ms: number): string {
  return new Date(ms).toISOString();
}

function planView({ plan }: BegunSession): JsonObject {
  return {
    course_id: plan.courseId,
    class_id: plan.classId,
    lesson_id: plan.lessonId ?? null,
    topic: plan.topic,
    learning_objectives: plan.learningObjectives,
    target_items: plan.targetItems,
  };
}

function openItemView(open: OpenItem, audience: SessionAudience): JsonObject {
  const told = {
    item_ref: open.number,
    item: publicItem(open.item),
    reason: open.receipt.reason,
    receipt_id: open.receipt.id,
    served_at: iso(open.servedAtMs),
    hints: open.item.hints.slice(0, open.hintsGiven),
    hints_left: HINT_RUNGS - open.hintsGiven,
    score_share: roundShare(scoreShareAfterHints(helpUsed(open.hintsGiven, open.tutor))),
    tutor: tutorView(open),
  };
  return audience === "staff" ? { ...told, receipt: receiptForStaff(open.receipt) } : told;
}

function stepOf(session: BegunSession): Step | null {
  return session.status === "completed" ? null : session.step;
}

function difficultyView(session: BegunSession): JsonObject {
  const step = stepOf(session);
  return {
    wish: session.plan.difficulty,
    current: step?.kind === "item_open" ? step.open.item.difficulty : null,
    target_probability: session.status === "completed" ? null : roundShare(targetProbability(session)),
  };
}

function statusView(session: BegunSession): JsonObject {
  const none = { paused_at: null, pause_cause: null, completed_at: null, completion_cause: null };
  switch (session.status) {
    case "active":
      return { ...none, status: "active" };
    case "paused":
      return { ...none, status: "paused", paused_at: iso(session.pausedAtMs), pause_cause: session.cause };
    case "completed":
      return {
        ...none,
        status: "completed",
        completed_at: iso(session.completedAtMs),
        completion_cause: session.cause,
      };
    default:
      return assertNever(session);
  }
}

/** What a teacher wants next, while it is awaited. */
function overrideView(session: BegunSession): Json {
  if (session.status === "completed" || session.override === null) return null;
  const { itemId, by, reason } = session.override;
  return { item_id: itemId, by, reason };
}

/** The whole state as of `nowMs`; the key of an open item is in neither audience's. */
export function view(state: SessionState, audience: SessionAudience, nowMs: number): Json {
  if (state.status === "not_created") return { status: "not_created" };
  const step = stepOf(state);
  const told = {
    session_id: state.sessionId,
    learner_id: state.plan.learnerId,
    ...planView(state),
    ...statusView(state),
    started_at: iso(state.startedAtMs),
    progress: progressOf(state.plan, state.tally.answered),
    difficulty: difficultyView(state),
    current_item: step?.kind === "item_open" ? openItemView(step.open, audience) : null,
    performance_metrics: performanceMetrics(state.tally),
    tutor_paused: typeof state.tutorPausedBy === "string",
    ...wellBeingView(state, audience, nowMs),
  };
  return audience === "staff" ? { ...told, override: overrideView(state) } : told;
}

/** The learner's list row. Progress and metrics join it only at the end: a row rewritten with each answer costs. */
export function listing(state: SessionState): Listing | null {
  if (state.status === "not_created") return null;
  const common = {
    ...planView(state),
    difficulty: state.plan.difficulty,
    started_at: iso(state.startedAtMs),
  };
  const body = state.status === "completed"
    ? {
      ...common,
      completed_at: iso(state.completedAtMs),
      progress: progressOf(state.plan, state.tally.answered),
      performance_metrics: performanceMetrics(state.tally),
    }
    : { ...common, completed_at: null };
  return { ownerId: state.plan.learnerId, status: state.status, body };
}
