/** A course as the runtime knows it: what all its learners' answers tell about its items and skills. */
import { kindOf } from "../address.ts";
import type { Aggregate } from "../aggregate.ts";
import { assertNever } from "../assert_never.ts";
import { accept, type Decision, reject, type TurnContext } from "../decision.ts";
import type { Principal } from "../principal.ts";
import { requireVersion } from "../schema_version.ts";
import type { CourseCommand, CourseEvent } from "./messages.ts";
import { type CourseState, newCourse, withListedItems, withObservation } from "./state.ts";
import { courseSummary, statisticsView } from "./view.ts";
import { CatalogueIndex } from "../adaptive/catalogue.ts";
import { isEngine } from "../engine.ts";

const SCHEMA_VERSION = 1;

type CourseDecision = Decision<CourseState, CourseEvent, never>;

function listItems(
  { counted }: CourseState,
  { items }: Extract<CourseCommand, { type: "list_items" }>,
  { origin }: TurnContext,
): CourseDecision {
  if (origin.kind !== "effect") return reject("forbidden", "Only the engine lists a course's items.");
  const index = new CatalogueIndex(counted.catalogue);
  const unlisted = items.filter((item) => index.placeOf(item) === null);
  const events: CourseEvent[] = unlisted.length === 0 ? [] : [{ type: "items_listed", items: unlisted }];
  return accept(events, { reply: { listed: unlisted.length } });
}

/** Answers come from learners alone; that each counts once is the runtime's promise (X2). */
function recordAnswer(
  { counted }: CourseState,
  { observation }: Extract<CourseCommand, { type: "record_answer" }>,
  { origin }: TurnContext,
): CourseDecision {
  if (origin.kind !== "actor" || kindOf(origin.sender) !== "learner") {
    return reject("forbidden", "Only a learner's record tells a course of answers.");
  }
  const { item, skills, skillSet } = observation.answered.place;
  const { items, skills: skillIds, skillSets } = counted.catalogue;
  const isKnown = item < items.length && skillSet < skillSets.length &&
    skills.every((skill) => skill < skillIds.length);
  if (!isKnown) return reject("unknown_item", "The answer's item has no number in this course.");
  return accept([{ type: "answer_recorded", observation }], { reply: { recorded: true } });
}

function decide(state: CourseState, command: CourseCommand, context: TurnContext): CourseDecision {
  switch (command.type) {
    case "list_items":
      return listItems(state, command, context);
    case "record_answer":
      return recordAnswer(state, command, context);
    default:
      return assertNever(command);
  }
}

function evolve(state: CourseState, event: CourseEvent, { seq }: { readonly seq: number }): CourseState {
  switch (event.type) {
    case "items_listed":
      return withListedItems(state, event.items, seq);
    case "answer_recorded":
      return withObservation(state, event.observation, seq);
    default:
      return assertNever(event);
  }
}

function audienceOf({ version }: CourseState, principal: Principal): string | null {
  if (isEngine(principal)) return "engine";
  // Where nothing has ever happened there is nothing to watch, whoever asks.
  if (version === 0) return null;
  return principal.role === "student" ? null : "staff";
}

export const course: Aggregate<CourseState, CourseCommand, CourseEvent, never> = {
  kind: "course",
  schemaVersion: SCHEMA_VERSION,
  initial: newCourse,
  decide,
  evolve,
  upcastState(version, stored) {
    requireVersion("course state", version, SCHEMA_VERSION);
    return stored as CourseState;
  },
  upcastEvent(version, type, stored) {
    requireVersion(`course event ${type}`, version, SCHEMA_VERSION);
    return stored as CourseEvent;
  },
  priorityOf: (command) => command.type === "list_items" ? "control" : "event",
  pendingEffects: () => [],
  effectFailed: (effect) => assertNever(effect),
  audienceOf,
  view: (state, audience) => audience === "engine" ? statisticsView(state) : courseSummary(state),
  /** Whoever watches a course sees what it is when they look: one frame an answer of a whole school would be a flood. */
  project: () => null,
  listing: () => null,
};
