/** Decides, in turns that happen anyway, whether to suggest something, and what a learner's answer to it changes. */
import { type Behaviour, behavioursIn } from "../affect/behaviour.ts";
import { hypotheses } from "../affect/hypotheses.ts";
import { type Called, type FaceTendency, intervention } from "../affect/intervention_policy.ts";
import { type Ephemeral, reject, type TurnContext } from "../decision.ts";
import { behaviourView, hypothesisView } from "./affect_view.ts";
import type { LearnerSessionCommand, SessionEvent } from "./messages.ts";
import { notActive } from "./not_active.ts";
import { offerOf } from "./offer.ts";
import { type SessionDecision, settle, stateAfter } from "./settle.ts";
import { faceTendency, situationOf } from "./situation.ts";
import type { ActiveSession, BegunSession } from "./state.ts";
import { roundShare } from "./tally.ts";

interface Accompanied {
  readonly events: readonly SessionEvent[];
  readonly ephemerals: readonly Ephemeral[];
}

/** Told when a spell of behaviour begins or ends. */
function behaviourChange(before: BegunSession, after: ActiveSession, nowMs: number): readonly Ephemeral[] {
  const now = behavioursIn(situationOf(after, nowMs));
  const was = before.status === "active" ? behavioursIn(situationOf(before, nowMs)) : [];
  const key = (found: typeof now) => found.map(({ kind, sinceMs }) => `${kind} ${sinceMs}`).join();
  return key(now) === key(was) ? [] : [behaviourTold(now)];
}

/** The spells that are on: what staff are told of a learner, the learner is told too. */
export function behaviourTold(spells: readonly Behaviour[]): Ephemeral {
  return { type: "behaviour", data: { behaviour: spells.map(behaviourView) }, audiences: ["learner", "staff"] };
}

/** What the face had to do with a suggestion: told now, stored nowhere (M6). */
function facePart(id: number, { summary }: FaceTendency, after: ActiveSession, nowMs: number): Ephemeral {
  const data = {
    id,
    stress_level: roundShare(summary.stress),
    direction: summary.direction,
    hypotheses: hypotheses(summary, situationOf(after, nowMs)).map(hypothesisView),
  };
  return { type: "intervention_affect", data, audiences: ["learner", "staff"] };
}

function suggest(
  called: Called,
  id: number,
  session: ActiveSession,
): Extract<SessionEvent, { type: "intervention" }> | null {
  const offer = offerOf(called.kind, session);
  if (offer === null) return null;
  const told = session.interventions.stopped ? "staff" : "learner_and_staff";
  return { type: "intervention", id, offer, grounds: called.grounds, told };
}

/** The decided events, followed by a suggestion where the state they lead to calls for one. */
export function withIntervention(
  before: BegunSession,
  events: readonly SessionEvent[],
  context: TurnContext,
): Accompanied {
  const { seq, nowMs } = context;
  const after = stateAfter(before, events, context);
  if (after.status !== "active") return { events, ephemerals: [] };
  const spells = behaviourChange(before, after, nowMs);
  const face = faceTendency(after, nowMs);
  const called = intervention(situationOf(after, nowMs), face, after.interventions);
  const id = seq + 1 + events.length;
  const suggestion = called === null ? null : suggest(called, id, after);
  if (called === null || suggestion === null) return { events, ephemerals: spells };
  const byFace = called.byFace && face !== null ? [facePart(id, face, after, nowMs)] : [];
  return { events: [...events, suggestion], ephemerals: [...spells, ...byFace] };
}

/** Takes the learner's answer to the suggestion that is open: it changes how soon another comes, nothing else. */
export function decideReply(
  session: BegunSession,
  { id, reply }: Extract<LearnerSessionCommand, { type: "intervention_reply" }>,
  context: TurnContext,
): SessionDecision {
  if (session.status !== "active") return notActive(session.status);
  const { suggestion } = session;
  if (suggestion === null || suggestion.id !== id) {
    const detail = { open_intervention: suggestion === null ? null : suggestion.id };
    return reject("intervention_closed", `Suggestion ${id} is not open any more.`, detail);
  }
  return settle(session, [{ type: "intervention_answered", id, reply }], context, { reply: { id, reply } });
}
