/** The quest board: counts, over all learners, of what became of the quests of each template. */
import { kindOf } from "../address.ts";
import type { Aggregate } from "../aggregate.ts";
import { assertNever } from "../assert_never.ts";
import { accept, reject } from "../decision.ts";
import { isEngine } from "../engine.ts";
import { type Json, plainJson } from "../json.ts";
import { type EngagementBoard, withEngagement } from "../quests/engagement.ts";
import { requireVersion } from "../schema_version.ts";
import type { QuestBoardCommand, QuestBoardEvent } from "./messages.ts";

const SCHEMA_VERSION = 1;

/** Grows with templates times level bands, which are the deployment's own. */
interface QuestBoardState {
  readonly counts: EngagementBoard;
}

function isBoard(view: unknown): view is QuestBoardState {
  return typeof view === "object" && view !== null && "counts" in view;
}

/** The counts out of the board's view; null when `view` is not the engine's. */
export function boardFromView(view: Json): EngagementBoard | null {
  return isBoard(view) ? view.counts : null;
}

export const questBoard: Aggregate<QuestBoardState, QuestBoardCommand, QuestBoardEvent, never> = {
  kind: "quests",
  schemaVersion: SCHEMA_VERSION,
  initial: () => ({ counts: {} }),
  decide(_state, { engagements }, { origin }) {
    if (origin.kind !== "actor" || kindOf(origin.sender) !== "learner") {
      return reject("forbidden", "Only a learner's record tells of what became of quests.");
    }
    return accept([{ type: "engagement_recorded", engagements }]);
  },
  evolve: ({ counts }, { engagements }) => ({ counts: engagements.reduce(withEngagement, counts) }),
  upcastState(version, stored) {
    requireVersion("quest board state", version, SCHEMA_VERSION);
    return stored as QuestBoardState;
  },
  upcastEvent(version, type, stored) {
    requireVersion(`quest board event ${type}`, version, SCHEMA_VERSION);
    return stored as QuestBoardEvent;
  },
  priorityOf: () => "event",
  pendingEffects: () => [],
  effectFailed: (effect) => assertNever(effect),
  audienceOf: (_state, principal) => isEngine(principal) || principal.role !== "student" ? "staff" : null,
  view: (state) => plainJson(state),
  project: () => null,
  listing: () => null,
};
