/** What is due now: searches whose time is up end, and in every course that has somebody new, groups are formed. */
import { type Message, tell, type TurnContext } from "../decision.ts";
import { TURN_MS_DEFAULT } from "../room/limits.ts";
import { roomAddress } from "../room/messages.ts";
import type { RoomPlan } from "../room/plan.ts";
import { coursesDue, isDue, patientUntilMs } from "./due.ts";
import { explainMatch } from "./explain_match.ts";
import { formGroups } from "./form_groups.ts";
import { CONSIDERED_MAX } from "./limits.ts";
import type { MatchedGroup, MatchingEvent } from "./messages.ts";
import { type Candidate, GROUP_SIZE_MIN } from "./search.ts";
import { type MatchingState, openSearches, type Search } from "./state.ts";

export interface Round {
  readonly events: readonly MatchingEvent[];
  /** To the rooms that are formed. */
  readonly messages: readonly Message[];
}

type Ready = Search & { readonly ready: NonNullable<Search["ready"]> };

function isReady(search: Search): search is Ready {
  return search.ready !== null;
}

function candidateOf(search: Ready, nowMs: number): Candidate {
  const { person, wish, ready, sinceMs, expiresAtMs } = search;
  const known = new Set(ready.standing.map(({ skillId }) => skillId));
  return {
    userId: person.userId,
    wished: wish.skills.filter((skillId) => known.has(skillId)),
    standing: ready.standing,
    sizeMin: nowMs < patientUntilMs(search) ? wish.size : GROUP_SIZE_MIN,
    sizeMax: wish.size,
    notAgain: wish.notAgain,
    waited: (nowMs - sinceMs) / Math.max(1, expiresAtMs - sinceMs),
  };
}

function planOf(classId: string, group: readonly Ready[]): RoomPlan {
  const [first] = group;
  return {
    title: "Learning together",
    purpose: "matched",
    classId,
    courseId: first?.wish.courseId ?? null,
    skills: [...new Set(group.flatMap(({ wish }) => wish.skills))],
    sizeMax: group.length,
    admission: "invited",
    roles: "rotating",
    turnMs: TURN_MS_DEFAULT,
    lessonId: null,
  };
}

/**
 * Those for whose sake it is held first, so that each round leaves fewer of them; then who has waited longest, so that
 * nobody is left out for long.
 */
function consideredIn(searches: readonly Search[], courseId: string, nowMs: number): readonly Ready[] {
  const rank = (search: Search) => isDue(search, nowMs) ? 0 : 1;
  return searches.filter(isReady).filter(({ wish }) => wish.courseId === courseId)
    .sort((a, b) => rank(a) - rank(b) || a.sinceMs - b.sinceMs).slice(0, CONSIDERED_MAX);
}

/** @param firstSeq number of the event that would tell of the first group: rooms are named by it */
function round(state: MatchingState, courseId: string, firstSeq: number, context: TurnContext): Round {
  const { seed, nowMs } = context;
  const considered = consideredIn(state.searches, courseId, nowMs);
  const byId = new Map(considered.map((search) => [search.person.userId, search]));
  const groups = formGroups(considered.map((search) => candidateOf(search, nowMs)), new Set(state.met), seed);
  const events: MatchingEvent[] = [];
  const messages: Message[] = [];
  for (const [i, userIds] of groups.entries()) {
    const searches = userIds.flatMap((userId) => byId.get(userId) ?? []);
    const members = searches.map(({ person }) => person);
    const reasons = searches.map(({ person, wish, ready }) =>
      [person.userId, explainMatch({ wish, standing: ready.standing }, searches.length)] as const
    );
    const group: MatchedGroup = {
      roomId: `${state.classId}-m${firstSeq + i}`,
      members,
      reasons: Object.fromEntries(reasons),
    };
    events.push({ type: "group_formed", group, courseId });
    messages.push(
      tell(roomAddress(group.roomId), { type: "open_room", plan: planOf(state.classId, searches), members }),
    );
  }
  const ids = considered.map(({ person }) => person.userId);
  events.push({ type: "round_held", courseId, considered: ids, seed });
  return { events, messages };
}

export function holdRounds(state: MatchingState, context: TurnContext): Round {
  const open = openSearches(state);
  const expired = open.filter(({ expiresAtMs }) => expiresAtMs <= context.nowMs);
  const events: MatchingEvent[] = expired.map(({ person }) => ({
    type: "search_timed_out",
    userId: person.userId,
  }));
  const messages: Message[] = [];
  const waiting = { ...state, searches: open.filter((search) => !expired.includes(search)) };
  for (const courseId of coursesDue(waiting, context.nowMs)) {
    const held = round(waiting, courseId, context.seq + events.length + 1, context);
    events.push(...held.events);
    messages.push(...held.messages);
  }
  return { events, messages };
}
