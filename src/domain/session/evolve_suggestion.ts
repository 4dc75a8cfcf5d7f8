/** How suggestions, and the learner's answers to them, change a session. */
import { intervened, replied } from "../affect/intervention.ts";
import type { EventPlace } from "../aggregate.ts";
import { EASIER_ITEMS } from "./limits.ts";
import type { SessionEvent } from "./messages.ts";
import { type ActiveSession, itemsMet, type Suggestion } from "./state.ts";

type EventOf<Type extends SessionEvent["type"]> = Extract<SessionEvent, { type: Type }>;

/** A hint that was offered has served its turn once one was taken. */
export function unlessHint(suggestion: Suggestion | null): Suggestion | null {
  return suggestion?.offer.kind === "hint" ? null : suggestion;
}

/** What was about the open item goes with it; the next may be the very one that an example works out (E8). */
export function unlessAboutItem(suggestion: Suggestion | null): Suggestion | null {
  return suggestion?.offer.kind === "worked_example" ? null : unlessHint(suggestion);
}

/** What the engine says by itself moves no clock: a silence that it breaks may yet turn out to be no work. */
export function suggested(session: ActiveSession, event: EventOf<"intervention">, { atMs }: EventPlace): ActiveSession {
  const { id, offer, grounds, told } = event;
  const met = itemsMet(session);
  return {
    ...session,
    interventions: intervened(session.interventions, offer.kind, met, atMs),
    suggestion: { id, offer, grounds, told, itemsMet: met },
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
