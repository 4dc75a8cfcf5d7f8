/** A co-learning room as the runtime knows it. */
import type { Aggregate } from "../aggregate.ts";
import { assertNever } from "../assert_never.ts";
import { requireVersion } from "../schema_version.ts";
import { awaitedEffects } from "./awaited_effects.ts";
import { priorityOf } from "./command_rules.ts";
import { decide } from "./decide.ts";
import type { RoomEvent } from "./events.ts";
import { evolve } from "./evolve.ts";
import type { RoomCommand, RoomEffect } from "./messages.ts";
import { audienceName, audienceNamed, roomAudience } from "./permission.ts";
import { project } from "./project.ts";
import type { RoomState } from "./state.ts";
import { listing, view } from "./view.ts";

const SCHEMA_VERSION = 1;

/**
 * The room is told that its task failed; answers whose sightings cannot be read count without them; what cannot be
 * looked into tells nothing.
 */
function effectFailed(effect: RoomEffect, reason: string): RoomCommand {
  switch (effect.kind) {
    case "render_task":
      return { type: "task_failed", code: "failed", says: `The task could not be brought: ${reason}.` };
    case "look_into_task":
      return { type: "task_looked", task: effect.task, found: "asked" };
    case "sight_answers":
      return { type: "answers_sighted", task: effect.task, sightings: {} };
    default:
      return assertNever(effect);
  }
}

export const room: Aggregate<RoomState, RoomCommand, RoomEvent, RoomEffect> = {
  kind: "room",
  schemaVersion: SCHEMA_VERSION,
  initial: (key) => ({ status: "not_opened", roomId: key }),
  decide,
  evolve,
  // Who is here is known of the sockets alone, and told anew.
  durable: (state) => state.status === "not_opened" ? state : { ...state, attendance: {} },
  upcastState(version, stored) {
    requireVersion("room state", version, SCHEMA_VERSION);
    return stored as RoomState;
  },
  upcastEvent(version, type, stored) {
    requireVersion(`room event ${type}`, version, SCHEMA_VERSION);
    return stored as RoomEvent;
  },
  priorityOf,
  pendingEffects: awaitedEffects,
  effectFailed,
  audienceOf(state, principal) {
    const audience = state.status === "not_opened" ? null : roomAudience(state, principal);
    return audience === null ? null : audienceName(audience);
  },
  view: (state, audience) => view(state, audienceNamed(audience)),
  project: (event, audience) => project(event, audienceNamed(audience)),
  regroups: (event) => event.type === "member_left" ? [audienceName({ kind: "member", userId: event.userId })] : [],
  listing,
};
