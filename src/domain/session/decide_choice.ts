/** Decides what becomes of a choice: an item to serve, none left, or a failure to try again. */
import { assertNever } from "../assert_never.ts";
import { accept, reject, type Rejection, type TurnContext } from "../decision.ts";
import { awaitedChoice } from "./awaited_choice.ts";
import { completion } from "./complete_session.ts";
import { withIntervention } from "./decide_intervention.ts";
import { CHOICE_ATTEMPTS_MAX } from "./limits.ts";
import type { EngineSessionCommand, SessionEvent } from "./messages.ts";
import { type SessionDecision, settle } from "./settle.ts";
import { type ActiveSession, type BegunSession, progressOf } from "./state.ts";

type ChoiceCommand = Extract<
  EngineSessionCommand,
  { type: "serve_item" | "no_item_left" | "override_unknown" | "override_held_back" | "choice_failed" | "retry_choice" }
>;

type ServeCommand = Extract<ChoiceCommand, { type: "serve_item" }>;

function late(why: string): Rejection {
  return reject("late_result", `This choice is not awaited any more: ${why}.`);
}

/** The teacher hears why and may ask again; without the wish, the session goes on as if there had been none. */
function refusedOverride(
  session: ActiveSession,
  itemId: string,
  code: "item_unknown" | "item_asked" | "choice_failed",
  reason: string,
  context: TurnContext,
): SessionDecision {
  return settle(session, [{ type: "override_refused", itemId, code, reason }], context, {});
}

function failed(session: ActiveSession, reason: string, context: TurnContext): SessionDecision {
  const { step, override } = session;
  if (override !== null) return refusedOverride(session, override.itemId, "choice_failed", reason, context);
  const attempt = (step.kind === "choosing" ? step.failures : 0) + 1;
  const events: SessionEvent[] = [{ type: "choice_failed", attempt, reason }];
  if (attempt >= CHOICE_ATTEMPTS_MAX) events.push({ type: "paused", cause: "choice_failed" });
  return settle(session, events, context, {});
}

/** Serves the item; one that is open, which only a teacher's can meet, is closed at no cost to the learner. */
function served(session: ActiveSession, command: ServeCommand, context: TurnContext): SessionDecision {
  const { step, plan, tally } = session;
  const closed: readonly SessionEvent[] = step.kind === "item_open"
    ? [{ type: "skipped", item: step.open.number, cause: "overridden" }]
    : [];
  const stopped: readonly SessionEvent[] = command.suggestions || session.interventions.stopped
    ? []
    : [{ type: "suggestions_stopped", by: "profile" }];
  const number = context.seq + closed.length + stopped.length + 1;
  const { item, receipt } = command;
  const progress = progressOf(plan, tally.answered);
  const served: SessionEvent = { type: "item_served", number, item, receipt, progress };
  const decided: readonly SessionEvent[] = [...closed, ...stopped, served];
  const { events, ephemerals } = withIntervention(session, decided, context);
  return settle(session, events, context, { ephemerals });
}

/**
 * A result counts for the choice that the session waits for now: one that began before the session came to wait
 * (`basisSeq` older than the state's) is late and changes nothing.
 */
export function decideChoice(session: BegunSession, command: ChoiceCommand, context: TurnContext): SessionDecision {
  if (session.status !== "active") return late(`the session is ${session.status}`);
  const awaited = awaitedChoice(session);
  if (awaited === null) return late("an item is open");
  const { origin } = context;
  if (origin.kind === "effect" && origin.basisSeq < awaited.basisSeq) return late("things have moved on");
  switch (command.type) {
    case "serve_item":
      return served(session, command, context);
    case "no_item_left":
      return settle(session, [completion(session, "no_item_left", context.nowMs)], context, {});
    case "choice_failed":
      return failed(session, command.reason, context);
    case "override_unknown": {
      if (session.override === null) return late("no teacher waits for an item");
      const { itemId } = session.override;
      return refusedOverride(session, itemId, "item_unknown", `The course has no item "${itemId}".`, context);
    }
    case "override_held_back": {
      if (session.override === null) return late("no teacher waits for an item");
      const { itemId } = session.override;
      const reason = `A lesson asks the learner "${itemId}" now; it can be served once it is revealed.`;
      return refusedOverride(session, itemId, "item_asked", reason, context);
    }
    case "retry_choice":
      return accept([], { effects: [awaited] });
    default:
      return assertNever(command);
  }
}
