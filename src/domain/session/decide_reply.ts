/** Decides what a learner's answer to a suggestion changes: how soon another comes, and what was asked for. */
import { type InterventionReply, replied } from "../affect/intervention.ts";
import { accept, type Message, note, reject, tell, type TurnContext } from "../decision.ts";
import { learnerAddress } from "../learner/messages.ts";
import { EASIER_ITEMS } from "./limits.ts";
import type { LearnerSessionCommand, SessionEvent } from "./messages.ts";
import { notActive } from "./not_active.ts";
import { type SessionDecision, settle } from "./settle.ts";
import type { ActiveSession, BegunSession, Suggestion } from "./state.ts";

/** A stop holds for the learner's sessions to come, until their profile says otherwise. */
function stopTold({ plan }: ActiveSession, reply: InterventionReply): readonly Message[] {
  return reply === "stop" ? [tell(learnerAddress(plan.learnerId), { type: "stop_suggestions" })] : [];
}

/**
 * A stop is taken whatever it answers, and names nothing: were it taken only where something is open, its event would
 * tell that a face had called help.
 */
function stopped(session: ActiveSession, context: TurnContext): SessionDecision {
  const told = { reply: { reply: "stop" }, messages: stopTold(session, "stop") };
  const events: readonly SessionEvent[] = session.interventions.stopped
    ? []
    : [{ type: "suggestions_stopped", by: "learner" }];
  return settle(session, events, context, told);
}

/** What a face called was never stored, so its answer is not either. */
function answeredFaceHelp(
  session: ActiveSession,
  { id, offer }: Suggestion,
  reply: InterventionReply,
  context: TurnContext,
): SessionDecision {
  const record = replied(session.faceHelp.record, offer.kind, reply, context.nowMs);
  const data = { id, reply };
  const told = { type: "intervention_answered", data, audiences: ["learner", "staff"] } as const;
  return note({ ...session, faceHelp: { open: null, record } }, { reply: data, ephemerals: [told] });
}

/** Takes the learner's answer to a suggestion that is open, and their stop at any time. */
export function decideReply(
  session: BegunSession,
  { id, reply }: Extract<LearnerSessionCommand, { type: "intervention_reply" }>,
  context: TurnContext,
): SessionDecision {
  if (session.status !== "active") return notActive(session.status);
  const { suggestion, faceHelp } = session;
  if (suggestion?.id === id) {
    const told = { reply: { id, reply }, messages: stopTold(session, reply) };
    return settle(session, [{ type: "intervention_answered", id, reply }], context, told);
  }
  if (reply === "stop") return stopped(session, context);
  if (faceHelp.open?.id === id) return answeredFaceHelp(session, faceHelp.open, reply, context);
  const detail = { open_intervention: (faceHelp.open ?? suggestion)?.id ?? null };
  return reject("intervention_closed", `Suggestion ${id} is not open any more.`, detail);
}

/** The learner may ask for easier items whenever they like; asking again before they came changes nothing. */
export function decideEasier(session: BegunSession, context: TurnContext): SessionDecision {
  if (session.status !== "active") return notActive(session.status);
  const reply = { items: EASIER_ITEMS };
  if (session.easierItemsLeft === EASIER_ITEMS) return accept([], { reply });
  return settle(session, [{ type: "easier_asked" }], context, { reply });
}
