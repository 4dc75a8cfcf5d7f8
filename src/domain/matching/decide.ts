/** What a class's matching answers to each thing it is told. */
import { keyOf, kindOf } from "../address.ts";
import { assertNever } from "../assert_never.ts";
import { accept, type Decision, type Origin, reject, type TurnContext } from "../decision.ts";
import { isEngine } from "../engine.ts";
import { stateAfter } from "../follow_state.ts";
import { nextDueMs } from "./due.ts";
import { evolve } from "./evolve.ts";
import { holdRounds, type Round } from "./hold_rounds.ts";
import { NOT_AGAIN_MAX, SEARCHES_MAX, WAIT_MS_MAX, WAIT_MS_MIN, WISHED_SKILLS_MAX } from "./limits.ts";
import type { MatchingCommand, MatchingEvent, ReadStandingEffect, Wish } from "./messages.ts";
import { GROUP_SIZE_MAX, GROUP_SIZE_MIN } from "./search.ts";
import { type MatchingState, type Search, searchOf } from "./state.ts";

export type MatchingDecision = Decision<MatchingState, MatchingEvent, ReadStandingEffect>;

export function standingAwaited({ person, wish, ready }: Search): readonly ReadStandingEffect[] {
  if (ready !== null) return [];
  return [{ kind: "read_standing", userId: person.userId, courseId: wish.courseId, skills: wish.skills }];
}

/** Accepts, with the one timer where the next thing is due. */
function settle(state: MatchingState, { events, messages }: Round, context: TurnContext): MatchingDecision {
  const after = stateAfter(evolve, state, events, context);
  const dueMs = nextDueMs(after);
  const sought = events.flatMap((event) => event.type === "partners_sought" ? [event.person.userId] : []);
  return accept(events, {
    messages,
    effects: sought.flatMap((userId) => {
      const search = searchOf(after, userId);
      return search === null ? [] : standingAwaited(search);
    }),
    timers: dueMs === null
      ? [{ kind: "clear", name: "due" }]
      : [{ kind: "set", name: "due", dueMs, command: { type: "matching_due" } }],
  });
}

function wishFault({ skills, size, notAgain, waitMs }: Wish): string | null {
  if (!Number.isInteger(size) || size < GROUP_SIZE_MIN || size > GROUP_SIZE_MAX) {
    return `A group has ${GROUP_SIZE_MIN} to ${GROUP_SIZE_MAX} learners.`;
  }
  if (skills.length > WISHED_SKILLS_MAX) return `A wish names at most ${WISHED_SKILLS_MAX} skills.`;
  if (notAgain.length > NOT_AGAIN_MAX) return `A wish names at most ${NOT_AGAIN_MAX} people.`;
  return waitMs >= WAIT_MS_MIN && waitMs <= WAIT_MS_MAX ? null : "A search waits between 10 seconds and 10 minutes.";
}

function seek(
  state: MatchingState,
  { person, wish }: Extract<MatchingCommand, { type: "seek_partners" }>,
  context: TurnContext,
): MatchingDecision {
  const fault = wishFault(wish);
  if (fault !== null) return reject("bad_plan", fault);
  if (searchOf(state, person.userId) !== null) return reject("already_seeking", "You look for partners already.");
  if (state.searches.length >= SEARCHES_MAX) {
    return reject("queue_full", `At most ${SEARCHES_MAX} learners of a class look for partners at a time.`);
  }
  const expiresAtMs = context.nowMs + wish.waitMs;
  return settle(state, { events: [{ type: "partners_sought", person, wish, expiresAtMs }], messages: [] }, context);
}

function withdraw(state: MatchingState, userId: string, context: TurnContext): MatchingDecision {
  const search = searchOf(state, userId);
  if (search === null) return reject("not_seeking", "You look for no partners now.");
  if (search.group !== null) return reject("not_seeking", "You have been matched; your room is on its way.");
  return settle(state, { events: [{ type: "search_withdrawn", userId }], messages: [] }, context);
}

/** The room of a group stands and lets its members in: now they may be told where to go. */
function roomOpened(state: MatchingState, context: TurnContext): MatchingDecision {
  const { origin } = context;
  const roomId = origin.kind === "actor" ? keyOf(origin.sender) : null;
  const search = state.searches.find(({ group }) => group?.roomId === roomId);
  if (search === undefined || search.group === null) return reject("late_result", "No such room is awaited.");
  const { group, wish: { courseId } } = search;
  return settle(state, { events: [{ type: "group_matched", group, courseId }], messages: [] }, context);
}

function isPermitted(command: MatchingCommand, origin: Origin): boolean {
  switch (command.type) {
    case "seek_partners":
    case "withdraw":
      return origin.kind === "client" && isEngine(origin.principal);
    case "standing_read":
      return origin.kind === "effect";
    case "room_opened":
      return origin.kind === "actor" && kindOf(origin.sender) === "room";
    case "matching_due":
      return origin.kind === "timer";
    default:
      return assertNever(command);
  }
}

export function decide(state: MatchingState, command: MatchingCommand, context: TurnContext): MatchingDecision {
  if (!isPermitted(command, context.origin)) return reject("forbidden", `${command.type} is not yours to send.`);
  switch (command.type) {
    case "seek_partners":
      return seek(state, command, context);
    case "withdraw":
      return withdraw(state, command.userId, context);
    case "standing_read": {
      // Read for a search that has ended since, or twice.
      if (searchOf(state, command.userId)?.ready !== null) return reject("late_result", "No standing is awaited.");
      return settle(state, { events: [command], messages: [] }, context);
    }
    case "room_opened":
      return roomOpened(state, context);
    case "matching_due":
      return settle(state, holdRounds(state, context), context);
    default:
      return assertNever(command);
  }
}
