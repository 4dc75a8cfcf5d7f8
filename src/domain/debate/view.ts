/** A debate's present state as those who lead it, one who debates, or a spectator may see it. */
import type { Listing } from "../aggregate.ts";
import type { Json } from "../json.ts";
import { mapJson } from "./argument_map.ts";
import type { DebateAudience } from "./permission.ts";
import { hasLeft, isPractice } from "./people.ts";
import { type DebatePlan, speakersOf, turnsOf } from "./plan.ts";
import type { Side } from "./motion.ts";
import type { DebateState, OpenedDebate } from "./state.ts";
import { heldJson, type JsonObject, judgementJson, speakerJson, statementJson, turnJson } from "./statement_json.ts";

function iso(ms: number): string {
  return new Date(ms).toISOString();
}

function sideJson({ speakers, aiSide }: DebatePlan, side: Side): Json {
  if (side === aiSide) return [speakerJson({ kind: "ai" })];
  return speakers[side].map((userId) => speakerJson({ kind: "learner", userId }));
}

function planJson(debate: OpenedDebate): JsonObject {
  const { plan, debateId, openedBy, openedAtMs } = debate;
  const { motion, classId, aiSide, turnMs, statementsATurn } = plan;
  return {
    debate_id: debateId,
    class_id: classId,
    motion: { motion_id: motion.id, title: motion.title, background: motion.background },
    sides: { for: sideJson(plan, "for"), against: sideJson(plan, "against") },
    ai_side: aiSide,
    left: speakersOf(plan).filter((userId) => hasLeft(debate, userId)),
    turns: turnsOf(plan).map(turnJson),
    turn_ms: { opening: turnMs.opening, rebuttal: turnMs.rebuttal, closing: turnMs.closing },
    statements_a_turn: statementsATurn,
    opened_by: openedBy,
    opened_at: iso(openedAtMs),
  };
}

function phaseJson({ phase }: OpenedDebate, nowMs: number): JsonObject {
  switch (phase.kind) {
    case "waiting":
      return { status: "waiting", now: null };
    case "running": {
      const { turn, dueMs } = phase;
      return { status: "running", now: { turn, due_at: iso(dueMs), remaining_ms: Math.max(0, dueMs - nowMs) } };
    }
    case "paused": {
      const { turn, remainingMs, reason } = phase;
      return { status: "paused", now: { turn, remaining_ms: remainingMs, reason } };
    }
    case "ended":
      return { status: "ended", now: null, ended_at: iso(phase.atMs), stopped: phase.stopped };
  }
}

/** Whose held texts and judgements this audience may read. */
function isFor(audience: DebateAudience, userId: string): boolean {
  return audience.kind === "host" || (audience.kind === "speaker" && audience.userId === userId);
}

export function view(state: DebateState, audience: DebateAudience, nowMs: number): Json {
  if (state.status === "not_opened") return { status: "not_opened" };
  const { statements, held, judgements } = state;
  const draft = audience.kind === "host" ? "with_draft" : "without_draft";
  return {
    ...planJson(state),
    ...phaseJson(state, nowMs),
    statements: statements.map((one) => statementJson(one.number, one)),
    map: mapJson(statements),
    held: held.filter(({ userId }) => isFor(audience, userId)).map(heldJson),
    judgements: Object.entries(judgements).filter(([userId]) => isFor(audience, userId))
      .map(([userId, one]) => judgementJson(userId, one, draft)),
  };
}

/** The row of the class or, outside any, of who opened it. */
export function listing(state: DebateState): Listing | null {
  if (state.status === "not_opened") return null;
  const { plan, phase, openedBy, openedAtMs } = state;
  return {
    ownerId: plan.classId ?? openedBy,
    status: phase.kind,
    body: {
      class_id: plan.classId,
      motion_id: plan.motion.id,
      title: plan.motion.title,
      ai_side: plan.aiSide,
      practice: isPractice(state),
      opened_by: openedBy,
      opened_at: iso(openedAtMs),
    },
  };
}
