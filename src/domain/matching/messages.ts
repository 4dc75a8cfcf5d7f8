/** What a class's matching is told, what it asks for, and what it records. */
import { type Address, addressOf } from "../address.ts";
import type { RoomPerson } from "../room/plan.ts";
import type { SkillStanding } from "./search.ts";

/** What a learner looks for. */
export interface Wish {
  readonly courseId: string;
  /** Skills of the course to work on; empty: whatever suits. */
  readonly skills: readonly string[];
  /** Learners in the room, themselves included, at most. */
  readonly size: number;
  /** People with whom they will not be put together. */
  readonly notAgain: readonly string[];
  readonly waitMs: number;
}

/** Sent by the edge in the engine's name, which has seen that the learner is a student of the class. */
export type EdgeMatchingCommand =
  | { readonly type: "seek_partners"; readonly person: RoomPerson; readonly wish: Wish }
  /** By themselves, or because they have left the class. */
  | { readonly type: "withdraw"; readonly userId: string };

export type MatchingCommand =
  | EdgeMatchingCommand
  /** Empty where nothing could be read: they are then matched by their wishes alone. */
  | { readonly type: "standing_read"; readonly userId: string; readonly standing: readonly SkillStanding[] }
  /** By the room of a group, once it stands and lets them in. */
  | { readonly type: "room_opened" }
  | { readonly type: "matching_due" };

export interface MatchedGroup {
  readonly roomId: string;
  readonly members: readonly RoomPerson[];
  /** To each member, in words that tell nothing of the others. */
  readonly reasons: { readonly [userId: string]: string };
}

export type MatchingEvent =
  | {
    readonly type: "partners_sought";
    readonly person: RoomPerson;
    readonly wish: Wish;
    readonly expiresAtMs: number;
  }
  | { readonly type: "standing_read"; readonly userId: string; readonly standing: readonly SkillStanding[] }
  | { readonly type: "search_withdrawn"; readonly userId: string }
  | { readonly type: "search_timed_out"; readonly userId: string }
  /** Put together; nobody is told before there is a room for them. */
  | { readonly type: "group_formed"; readonly group: MatchedGroup; readonly courseId: string }
  /** Their room stands and lets them in. */
  | { readonly type: "group_matched"; readonly group: MatchedGroup; readonly courseId: string }
  /** Everybody ready in the course, but for those whom the bound left out, was looked at; who was not matched waits on. */
  | {
    readonly type: "round_held";
    readonly courseId: string;
    readonly considered: readonly string[];
    readonly seed: number;
  };

/** Reads how a learner stands in the skills of a course. */
export interface ReadStandingEffect {
  readonly kind: "read_standing";
  readonly userId: string;
  readonly courseId: string;
  readonly skills: readonly string[];
}

export function matchingAddress(classId: string): Address<MatchingCommand> {
  return addressOf<MatchingCommand>("matching", classId);
}
