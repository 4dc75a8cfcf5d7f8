/** What a debate answers to each thing it is told. */
import { assertNever } from "../assert_never.ts";
import { accept, reject, type TurnContext } from "../decision.ts";
import { isEngine } from "../engine.ts";
import { planFault } from "./check_plan.ts";
import { decideHost } from "./decide_host.ts";
import { decideJudgement } from "./decide_judgement.ts";
import { decideRoster } from "./decide_roster.ts";
import { decideSpeaker } from "./decide_speaker.ts";
import { aiSpeaks, turnDeadline } from "./decide_turn.ts";
import type { DebateCommand } from "./messages.ts";
import type { DebatePlan } from "./plan.ts";
import type { DebateDecision } from "./settle.ts";
import type { DebateState } from "./state.ts";

function open(state: DebateState, plan: DebatePlan, { origin }: TurnContext): DebateDecision {
  if (origin.kind !== "client" || isEngine(origin.principal)) {
    return reject("forbidden", "A person opens a debate.");
  }
  if (state.status !== "not_opened") return reject("already_opened", "This debate has been opened.");
  const fault = planFault(plan);
  if (fault !== null) return reject("bad_plan", fault);
  return accept([{ type: "debate_opened", plan, by: origin.principal.userId }], { reply: { opened: true } });
}

export function decide(state: DebateState, command: DebateCommand, context: TurnContext): DebateDecision {
  if (command.type === "open_debate") return open(state, command.plan, context);
  if (state.status === "not_opened") return reject("not_created", "There is no such debate.");
  switch (command.type) {
    case "start":
    case "pause":
    case "resume":
    case "extend_turn":
    case "end_debate":
      return decideHost(state, command, context);
    case "state":
    case "end_turn":
      return decideSpeaker(state, command, context);
    case "turn_deadline":
      return turnDeadline(state, command.turn, context);
    case "statements_worded":
      return aiSpeaks(state, command, context);
    case "judge":
    case "judgement_drafted":
    case "judgement_not_drafted":
      return decideJudgement(state, command, context);
    case "roster_changed":
      return decideRoster(state, command, context);
    default:
      return assertNever(command);
  }
}
