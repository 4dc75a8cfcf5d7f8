/** Every command to a session, sent to the rules that decide it. */
import { assertNever } from "../assert_never.ts";
import { reject, type TurnContext } from "../decision.ts";
import { decideChoice } from "./decide_choice.ts";
import { decideByPerson, decideCreate, decideIdle } from "./decide_lifecycle.ts";
import { decideAttention, decideAttentionDeadline } from "./decide_attention.ts";
import { decideForgetting, decideObservation } from "./decide_emotion.ts";
import { decideEasier, decideReply } from "./decide_reply.ts";
import { decideItem } from "./decide_item.ts";
import { decideOverride } from "./decide_override.ts";
import { decideTutor } from "./decide_tutor.ts";
import type { SessionCommand } from "./messages.ts";
import { refuseOrigin } from "./permission.ts";
import type { SessionDecision } from "./settle.ts";
import type { BegunSession, SessionState } from "./state.ts";

/** Decides one command; an expected refusal is an answer, never an exception. */
export function decide(state: SessionState, command: SessionCommand, context: TurnContext): SessionDecision {
  if (command.type === "create") {
    const refusal = refuseOrigin(command.plan, command, context.origin);
    return refusal ?? decideCreate(state, command.plan, context);
  }
  if (state.status === "not_created") return reject("not_created", "There is no such session.");
  return refuseOrigin(state.plan, command, context.origin) ?? decideBegun(state, command, context);
}

function decideBegun(
  session: BegunSession,
  command: Exclude<SessionCommand, { type: "create" }>,
  context: TurnContext,
): SessionDecision {
  switch (command.type) {
    case "answer":
    case "hint":
    case "skip":
      return decideItem(session, command, context);
    case "pause":
    case "resume":
    case "complete":
      return decideByPerson(session, command.type, context);
    case "override_item":
    case "lesson_override":
      return decideOverride(session, command, context);
    case "idle_deadline":
      return decideIdle(session, context);
    case "attention_deadline":
      return decideAttentionDeadline(session, context);
    case "observe_emotion":
      return decideObservation(session, command.observation, context);
    case "attention":
      return decideAttention(session, command, context);
    case "intervention_reply":
      return decideReply(session, command, context);
    case "easier_items":
      return decideEasier(session, context);
    case "tutor_ask":
    case "tutor_piece":
    case "tutor_reply":
    case "tutor_unanswered":
    case "tutor_pause":
    case "tutor_resume":
      return decideTutor(session, command, context);
    case "forget_emotion":
      return decideForgetting(session, context);
    case "serve_item":
    case "no_item_left":
    case "override_unknown":
    case "override_held_back":
    case "choice_failed":
    case "retry_choice":
      return decideChoice(session, command, context);
    default:
      return assertNever(command);
  }
}
