/** Decides a teacher's wish that one item of the course come next. */
import { isPlainLine } from "../plain_line.ts";
import { reject, type TurnContext } from "../decision.ts";
import { OVERRIDE_REASON_LENGTH_MAX } from "./limits.ts";
import type { EngineSessionCommand, StaffSessionCommand } from "./messages.ts";
import { notActive } from "./not_active.ts";
import { type SessionDecision, settle } from "./settle.ts";
import type { BegunSession } from "./state.ts";

type OverrideCommand = StaffSessionCommand | Extract<EngineSessionCommand, { type: "lesson_override" }>;

/** In a live lesson the lesson says which of its teachers it was. */
function byWhom(command: OverrideCommand, { origin }: TurnContext): string | null {
  if (command.type === "lesson_override") return command.by;
  return origin.kind === "client" ? origin.principal.userId : null;
}

/**
 * Notes the wish; whether the course has such an item is found out beside the turn. An open item stays open until the
 * teacher's is there, a newer wish takes the place of one that waits, and a paused session serves it when it goes on.
 */
export function decideOverride(
  session: BegunSession,
  command: OverrideCommand,
  context: TurnContext,
): SessionDecision {
  const { itemId, reason } = command;
  if (session.status === "completed") return notActive(session.status);
  const by = byWhom(command, context);
  if (by === null) return reject("forbidden", "Only a person overrides a choice.");
  if (reason.length > OVERRIDE_REASON_LENGTH_MAX || !isPlainLine(reason)) {
    const expected = `1 to ${OVERRIDE_REASON_LENGTH_MAX} characters on one line, some of them visible`;
    return reject("malformed_reason", `Say why, for the learner to read: ${expected}.`, { expected });
  }
  const asked = { type: "override_asked", itemId, by, reason: reason.trim() } as const;
  return settle(session, [asked], context, {
    reply: { item_id: itemId, reason: asked.reason, comes: session.status === "paused" ? "on_resume" : "next" },
  });
}
