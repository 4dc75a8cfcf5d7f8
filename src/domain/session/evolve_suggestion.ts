/** How suggestions, and the learner's answers to them, change a session. */
import { intervened, type InterventionKind, replied } from "../affect/intervention.ts";
import type { EventPlace } from "../aggregate.ts";
import { EASIER_ITEMS } from "./limits.ts";
import type { SessionEvent } from "./messages.ts";
import { type ActiveSession, itemsMet, type Suggestion } from "./state.ts";

type EventOf<Type extends SessionEvent["type"]> = Extract<SessionEvent, { type: Type }>;

/** The session without open suggestions of these kinds, whatever called them. */
function without(session: ActiveSession, kinds: readonly InterventionKind[]): ActiveSession {
  const unlessOne = (suggestion: Suggestion | null) =>
    suggestion !== null && kinds.includes(suggestion.offer.kind) ? null : suggestion;
  const faceHelp = { ...session.faceHelp, open: unlessOne(session.faceHelp.open) };
  return { ...session, suggestion: unlessOne(session.suggestion), faceHelp };
}

/** A hint that was offered has served its turn once one was taken. */
export function withoutHint(session: ActiveSession): ActiveSession {
  return without(session, ["hint"]);
}

/** What was about the open item goes with it; the next may be the very one that an example works out (E8). */
export function withoutAboutItem(session: ActiveSession): ActiveSession {
  return without(session, ["hint", "worked_example"]);
}

/** No more of them in this session, but that the teacher may be called. */
export function suggestionsStopped(session: ActiveSession): ActiveSession {
  const interventions = { ...session.interventions, stopped: true };
  return { ...session, interventions, faceHelp: { ...session.faceHelp, open: null } };
}

/** The next items are easier because the learner asked for that. */
export function easierAsked(session: ActiveSession): ActiveSession {
  return { ...without(session, ["easier_on_request"]), easierItemsLeft: EASIER_ITEMS };
}

/** What the engine says by itself moves no clock: a silence that it breaks may yet turn out to be no work. */
export function suggested(session: ActiveSession, event: EventOf<"intervention">, { atMs }: EventPlace): ActiveSession {
  const { id, offer, grounds, told } = event;
  const met = itemsMet(session);
  return {
    ...session,
    interventions: intervened(session.interventions, offer.kind, met, atMs),
    suggestion: { id, offer, grounds, told, itemsMet: met },
    faceHelp: { ...session.faceHelp, open: null },
    easierItemsLeft: offer.kind === "easier_item" ? EASIER_ITEMS : session.easierItemsLeft,
  };
}

/** Tunes how soon another of the kind comes; the suggestion is closed. */
export function answeredSuggestion(
  session: ActiveSession,
  { reply }: EventOf<"intervention_answered">,
  { atMs }: EventPlace,
): ActiveSession {
  const { suggestion, interventions } = session;
  if (suggestion === null) return session;
  return { ...session, interventions: replied(interventions, suggestion.offer.kind, reply, atMs), suggestion: null };
}
