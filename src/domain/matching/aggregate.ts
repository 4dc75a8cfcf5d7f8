/** The matching of one class as the runtime knows it: the one place where its learners look for partners. */
import type { Aggregate, Priority } from "../aggregate.ts";
import { assertNever } from "../assert_never.ts";
import { requireVersion } from "../schema_version.ts";
import { decide, standingAwaited } from "./decide.ts";
import { evolve } from "./evolve.ts";
import type { MatchingCommand, MatchingEvent, ReadStandingEffect } from "./messages.ts";
import { type MatchingState, outcomeOf, type Search, searchOf } from "./state.ts";
import { project, view } from "./view.ts";

const SCHEMA_VERSION = 2;
/** Of a class whose matches were told before their rooms stood. */
const TOLD_AT_ONCE_VERSION = 1;
const SEEKER = "seeker:";

/** Nobody's room was on its way there. */
type StoredAtOnce = Omit<MatchingState, "searches"> & { readonly searches: readonly Omit<Search, "group">[] };

function priorityOf(command: MatchingCommand): Priority {
  switch (command.type) {
    case "withdraw":
      return "graded";
    case "seek_partners":
    case "standing_read":
    case "room_opened":
    case "matching_due":
      return "event";
    default:
      return assertNever(command);
  }
}

export const matching: Aggregate<MatchingState, MatchingCommand, MatchingEvent, ReadStandingEffect> = {
  kind: "matching",
  schemaVersion: SCHEMA_VERSION,
  initial: (key) => ({ classId: key, searches: [], outcomes: [], met: [] }),
  decide,
  evolve,
  upcastState(version, stored) {
    if (version === TOLD_AT_ONCE_VERSION) {
      const state = stored as StoredAtOnce;
      return { ...state, searches: state.searches.map((search) => ({ ...search, group: null })) };
    }
    requireVersion("matching state", version, SCHEMA_VERSION);
    return stored as MatchingState;
  },
  upcastEvent(version, type, stored) {
    if (version !== TOLD_AT_ONCE_VERSION) requireVersion(`matching event ${type}`, version, SCHEMA_VERSION);
    return stored as MatchingEvent;
  },
  priorityOf,
  pendingEffects: ({ searches }) => searches.flatMap(standingAwaited),
  effectFailed: ({ userId }) => ({ type: "standing_read", userId, standing: [] }),
  /** Who looks for partners, or did lately, each for themselves. */
  audienceOf(state, { userId }) {
    const isKnown = searchOf(state, userId) !== null || outcomeOf(state, userId) !== null;
    return isKnown ? `${SEEKER}${userId}` : null;
  },
  view: (state, audience) => view(state, audience.slice(SEEKER.length)),
  project: (event, audience) => project(event, audience.slice(SEEKER.length)),
  listing: () => null,
};
