/** The state of a class's matching after one more event. */
import type { EventPlace } from "../aggregate.ts";
import { assertNever } from "../assert_never.ts";
import { entryOf } from "../entry_of.ts";
import { ImpossibleEventError } from "../impossible_event.ts";
import { OUTCOMES_KEPT, PAIRS_KEPT } from "./limits.ts";
import type { MatchedGroup, MatchingEvent } from "./messages.ts";
import { pairKey } from "./search.ts";
import type { MatchingState, Search, SearchEnd } from "./state.ts";

function withSearch(state: MatchingState, userId: string, change: (search: Search) => Search): MatchingState {
  const searches = state.searches.map((search) => search.person.userId === userId ? change(search) : search);
  return { ...state, searches };
}

function ended(state: MatchingState, userId: string, end: SearchEnd, atMs: number): MatchingState {
  const outcomes = [...state.outcomes.filter((outcome) => outcome.userId !== userId), { userId, atMs, end }];
  return {
    ...state,
    searches: state.searches.filter(({ person }) => person.userId !== userId),
    outcomes: outcomes.slice(-OUTCOMES_KEPT),
  };
}

function matched(state: MatchingState, { roomId, members, reasons }: MatchedGroup, atMs: number): MatchingState {
  const pairs = members.flatMap((a, i) => members.slice(i + 1).map((b) => pairKey(a.userId, b.userId)));
  const met = [...state.met.filter((pair) => !pairs.includes(pair)), ...pairs].slice(-PAIRS_KEPT);
  return members.reduce<MatchingState>((after, { userId }) => {
    const reason = entryOf(reasons, userId);
    if (reason === null) throw new ImpossibleEventError(`a group without a reason for ${userId}`);
    return ended(after, userId, { kind: "matched", roomId, members, reason }, atMs);
  }, { ...state, met });
}

export function evolve(state: MatchingState, event: MatchingEvent, { atMs }: EventPlace): MatchingState {
  switch (event.type) {
    case "partners_sought": {
      const { person, wish, expiresAtMs } = event;
      const search: Search = {
        person,
        wish,
        sinceMs: atMs,
        expiresAtMs,
        ready: null,
        consideredAtMs: null,
        group: null,
      };
      const outcomes = state.outcomes.filter(({ userId }) => userId !== person.userId);
      return { ...state, searches: [...state.searches, search], outcomes };
    }
    case "standing_read": {
      const ready = { standing: event.standing, atMs };
      return withSearch(state, event.userId, (search) => ({ ...search, ready }));
    }
    case "search_withdrawn":
      return ended(state, event.userId, { kind: "withdrawn" }, atMs);
    case "search_timed_out":
      return ended(state, event.userId, { kind: "timed_out" }, atMs);
    case "group_formed": {
      const { group } = event;
      return group.members.reduce(
        (after, { userId }) => withSearch(after, userId, (search) => ({ ...search, group })),
        state,
      );
    }
    case "group_matched":
      return matched(state, event.group, atMs);
    case "round_held":
      return event.considered.reduce(
        (after, userId) => withSearch(after, userId, (search) => ({ ...search, consideredAtMs: atMs })),
        state,
      );
    default:
      return assertNever(event);
  }
}
