/** What those who steer a debate may do: start it, hold its clock, give time, end it. */
import { assertNever } from "../assert_never.ts";
import { reject, type TurnContext } from "../decision.ts";
import { isPlainLine } from "../plain_line.ts";
import { EXTEND_MS_MAX, EXTEND_MS_MIN, REASON_LENGTH_MAX } from "./limits.ts";
import type { HostDebateCommand } from "./messages.ts";
import { hostOf } from "./permission.ts";
import { beginTurn, type DebateDecision, judgedByRules, passDeserted, settle } from "./settle.ts";
import { isRunning, type OpenedDebate } from "./state.ts";

type Steering = Exclude<HostDebateCommand, { type: "judge" }>;
type Reasoned = Exclude<Steering, { type: "start" }>;

function start(debate: OpenedDebate, by: string, context: TurnContext): DebateDecision {
  if (debate.phase.kind !== "waiting") return reject("already_started", "This debate has started.");
  return settle(debate, [{ type: "debate_started", by }, ...beginTurn(debate, 1, context.nowMs)], context);
}

function extend(
  debate: OpenedDebate,
  { byMs, reason }: Extract<Steering, { type: "extend_turn" }>,
  by: string,
  context: TurnContext,
): DebateDecision {
  if (!isRunning(debate)) return reject("not_running", "No turn is on.");
  if (!Number.isInteger(byMs) || byMs < EXTEND_MS_MIN || byMs > EXTEND_MS_MAX) {
    return reject("malformed_extension", `A turn is extended by ${EXTEND_MS_MIN} to ${EXTEND_MS_MAX} ms.`);
  }
  const dueMs = debate.phase.dueMs + byMs;
  return settle(debate, [{ type: "turn_extended", by, byMs, dueMs, reason }], context, { due_ms: dueMs });
}

function steer(debate: OpenedDebate, command: Reasoned, by: string, context: TurnContext): DebateDecision {
  const { nowMs } = context;
  const { reason } = command;
  if (reason.length > REASON_LENGTH_MAX || !isPlainLine(reason)) {
    return reject("malformed_reason", `A reason is one line of at most ${REASON_LENGTH_MAX} characters.`);
  }
  switch (command.type) {
    case "pause": {
      if (!isRunning(debate)) return reject("not_running", "No turn is on.");
      // A turn whose time is up while its deadline waits in line still ends as soon as the debate goes on.
      const remainingMs = Math.max(0, debate.phase.dueMs - nowMs);
      return settle(debate, [{ type: "debate_paused", by, reason, remainingMs }], context);
    }
    case "resume": {
      if (debate.phase.kind !== "paused") return reject("not_paused", "The debate is not paused.");
      const dueMs = nowMs + debate.phase.remainingMs;
      return settle(debate, passDeserted(debate, [{ type: "debate_resumed", by, reason, dueMs }], context), context);
    }
    case "extend_turn":
      return extend(debate, command, by, context);
    case "end_debate":
      if (debate.phase.kind === "ended") return reject("already_ended", "This debate is over.");
      return settle(debate, [{ type: "debate_stopped", by, reason }, ...judgedByRules(debate)], context);
    default:
      return assertNever(command);
  }
}

export function decideHost(debate: OpenedDebate, command: Steering, context: TurnContext): DebateDecision {
  const host = hostOf(debate, context.origin);
  if (host === null) return reject("forbidden", "Only those who lead the debate steer it.");
  return command.type === "start" ? start(debate, host.userId, context) : steer(debate, command, host.userId, context);
}
