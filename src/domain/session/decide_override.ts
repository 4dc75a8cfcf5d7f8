/** Decides a teacher's wish that one item of the course come next. */
import { reject, type TurnContext } from "../decision.ts";
import { OVERRIDE_REASON_LENGTH_MAX } from "./limits.ts";
import type { StaffSessionCommand } from "./messages.ts";
import { notActive } from "./not_active.ts";
import { type SessionDecision, settle } from "./settle.ts";
import type { BegunSession } from "./state.ts";

/** Line breaks and tabs too: the reason is one sentence beside an item. */
const CONTROL_CHARACTER = /\p{Cc}/u;

/**
 * Notes the wish; whether the course has such an item is found out beside the turn. An open item stays open until the
 * teacher's is there, a newer wish takes the place of one that waits, and a paused session serves it when it goes on.
 */
export function decideOverride(
  session: BegunSession,
  { itemId, reason }: StaffSessionCommand,
  context: TurnContext,
): SessionDecision {
  const { origin } = context;
  if (session.status === "completed") return notActive(session.status);
  if (origin.kind !== "client") return reject("forbidden", "Only a person overrides a choice.");
  if (reason.trim() === "" || reason.length > OVERRIDE_REASON_LENGTH_MAX || CONTROL_CHARACTER.test(reason)) {
    const expected = `1 to ${OVERRIDE_REASON_LENGTH_MAX} characters on one line`;
    return reject("malformed_reason", `Say why, for the learner to read: ${expected}.`, { expected });
  }
  const asked = { type: "override_asked", itemId, by: origin.principal.userId, reason: reason.trim() } as const;
  return settle(session, [asked], context, {
    reply: { item_id: itemId, comes: session.status === "paused" ? "on_resume" : "next" },
  });
}
