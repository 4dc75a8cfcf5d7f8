/** What happened in a simulated lesson, as those outside the actor saw it and as its journal has it. */
import type { StoredEvent } from "../../../src/actors/ports.ts";
import type { Response } from "../../../src/domain/curriculum/rendered_item.ts";

/** One answer that a learner gave: sent once or again until somebody answered it. */
export interface Attempt {
  readonly userId: string;
  readonly commandId: string;
  readonly question: number;
  readonly round: number;
  readonly response: Response;
  /** When it was given, by the learner's estimate of the server's clock. */
  readonly stampMs: number;
  /** It is sent with a stamp from before the question. */
  readonly isLie: boolean;
  /** How many devices the learner has. */
  readonly devices: number;
  /** When the device on which it was given was cut off before that; null: not since the last kill. */
  readonly cutAtMs: number | null;
  /** Each time that it came to a node that was alive, and since when that had heard what brought it without a gap. */
  readonly arrivals: { readonly atMs: number; readonly heardSinceMs: number }[];
  /** When it was first sent on its way. */
  sentAtMs: number | null;
  /** When it last came to a node that was alive. */
  arrivedAtMs: number | null;
  /** Between stamp and arrival the device, or the node, was away: it came back as something new, or had been missed. */
  wasCutOff: boolean;
  /** How the device came back that was cut off meanwhile, such as beside its dead half; null: it was not. */
  cameBack: string | null;
  /** Null while nobody has answered. */
  outcome: { readonly kind: "counted" } | { readonly kind: "refused"; readonly code: string } | null;
}

/** One line of chat: sent once or again until somebody answered it. */
export interface Word extends Pick<Attempt, "userId" | "commandId"> {
  readonly roomId: string;
  /** Nobody else's, and this learner's but once. */
  readonly text: string;
  /** When it last came to a node that was alive. */
  arrivedAtMs: number | null;
  /** The learner or the node was away meanwhile. */
  wasCutOff: boolean;
  outcome: Attempt["outcome"];
}

/** One room of the lesson, as its journal has it and as those who sat in it last are shown it. */
export interface RoomHistory {
  readonly roomId: string;
  readonly events: readonly StoredEvent[];
  /** What the room's view shows each of its last members. */
  readonly shown: readonly { readonly userId: string; readonly view: string }[];
}

export interface FinalScore {
  readonly userId: string;
  readonly answered: number;
  readonly correct: number;
  readonly points: number;
  /** Answers in the learner's own record. */
  readonly recorded: number;
}

export interface LessonHistory {
  readonly events: readonly StoredEvent[];
  readonly attempts: readonly Attempt[];
  readonly scores: readonly FinalScore[];
  readonly words: readonly Word[];
  readonly rooms: readonly RoomHistory[];
  readonly offlineMsMax: number;
  readonly kills: number;
}
