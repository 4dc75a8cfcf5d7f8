/** Decides what becomes of a choice: an item to serve, none left, or a failure to try again. */
import { assertNever } from "../assert_never.ts";
import { accept, reject, type Rejection, type TurnContext } from "../decision.ts";
import { awaitedChoice } from "./awaited_choice.ts";
import { completion } from "./complete_session.ts";
import { CHOICE_ATTEMPTS_MAX } from "./limits.ts";
import type { EngineSessionCommand, SessionEvent } from "./messages.ts";
import { type SessionDecision, settle } from "./settle.ts";
import { type ActiveSession, type BegunSession, progressOf } from "./state.ts";

type ChoiceCommand = Extract<
  EngineSessionCommand,
  { type: "serve_item" | "no_item_left" | "choice_failed" | "retry_choice" }
>;

function late(why: string): Rejection {
  return reject("late_result", `This choice is not awaited any more: ${why}.`);
}

function failed(session: ActiveSession, failures: number, reason: string, context: TurnContext): SessionDecision {
  const attempt = failures + 1;
  const events: SessionEvent[] = [{ type: "choice_failed", attempt, reason }];
  if (attempt >= CHOICE_ATTEMPTS_MAX) events.push({ type: "paused", cause: "choice_failed" });
  return settle(session, events, context, {});
}

/**
 * A result counts for the choice that the session waits for now: one that began before the session came to wait
 * (`basisSeq` older than the state's) is late and changes nothing.
 */
export function decideChoice(session: BegunSession, command: ChoiceCommand, context: TurnContext): SessionDecision {
  if (session.status !== "active") return late(`the session is ${session.status}`);
  const { step } = session;
  if (step.kind !== "choosing") return late("an item is open");
  const { origin } = context;
  if (origin.kind === "effect" && origin.basisSeq < step.basisSeq) return late("things have moved on");
  switch (command.type) {
    case "serve_item": {
      const progress = progressOf(session.plan, session.tally.answered);
      const { item, receipt } = command;
      return settle(session, [{ type: "item_served", number: context.seq + 1, item, receipt, progress }], context, {});
    }
    case "no_item_left":
      return settle(session, [completion(session, "no_item_left", context.nowMs)], context, {});
    case "choice_failed":
      return failed(session, step.failures, command.reason, context);
    case "retry_choice": {
      const choice = awaitedChoice(session);
      return accept([], { effects: choice === null ? [] : [choice] });
    }
    default:
      return assertNever(command);
  }
}
