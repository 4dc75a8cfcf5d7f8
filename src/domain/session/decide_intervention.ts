/** Decides, in turns that happen anyway, whether the work calls for a suggestion. */
import { type Behaviour, behavioursIn } from "../affect/behaviour.ts";
import { type Called, intervention } from "../affect/intervention_policy.ts";
import type { Ephemeral, TurnContext } from "../decision.ts";
import { stateAfter } from "../follow_state.ts";
import { behaviourView } from "./affect_view.ts";
import { evolve } from "./evolve.ts";
import type { SessionEvent } from "./messages.ts";
import { offerOf } from "./make_offer.ts";
import { situationOf } from "./situation.ts";
import type { ActiveSession, BegunSession } from "./state.ts";

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
  const after = stateAfter(evolve, before, events, context);
  if (after.status !== "active") return { events, ephemerals: [] };
  const spells = behaviourChange(before, after, nowMs);
  const called = intervention(situationOf(after, nowMs), after.interventions);
  const id = seq + 1 + events.length;
  const suggestion = called === null ? null : suggest(called, id, after);
  return { events: suggestion === null ? events : [...events, suggestion], ephemerals: spells };
}
