/** Makes the suggestion that a strained face calls: told to those who watch and held in memory, never an event. */
import { faceHelp } from "../affect/face_help.ts";
import { hypotheses } from "../affect/hypotheses.ts";
import { intervened, together } from "../affect/intervention.ts";
import type { Ephemeral } from "../decision.ts";
import { hypothesisView, suggestionData } from "./affect_view.ts";
import { offerOf } from "./make_offer.ts";
import { faceTendency, situationOf } from "./situation.ts";
import { type ActiveSession, itemsMet, type Suggestion } from "./state.ts";
import { roundShare } from "./tally.ts";

interface Helped {
  readonly state: ActiveSession;
  readonly ephemerals: readonly Ephemeral[];
}

/** The session once it has suggested what the face calls at `nowMs`, if it calls anything. */
export function withFaceHelp(session: ActiveSession, nowMs: number): Helped {
  const { interventions, faceHelp: { record } } = session;
  const face = faceTendency(session, nowMs);
  const situation = situationOf(session, nowMs);
  const called = face === null ? null : faceHelp(situation, face, together(interventions, record));
  const offer = called === null ? null : offerOf(called.kind, session);
  if (face === null || called === null || offer === null) return { state: session, ephemerals: [] };
  const met = itemsMet(session);
  const open: Suggestion = { id: nowMs, offer, grounds: called.grounds, told: "learner_and_staff", itemsMet: met };
  const state = { ...session, faceHelp: { open, record: intervened(record, offer.kind, met, nowMs) } };
  const { summary } = face;
  const affect = {
    stress_level: roundShare(summary.stress),
    direction: summary.direction,
    hypotheses: hypotheses(summary, situation).map(hypothesisView),
  };
  const data = { ...suggestionData(open), affect };
  return { state, ephemerals: [{ type: "intervention", data, audiences: ["learner", "staff"] }] };
}
