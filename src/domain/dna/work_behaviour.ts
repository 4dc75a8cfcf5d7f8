/** Behaviour that a session's own journal tells of, kept beside the answers given meanwhile. */
import type { BehaviourKind } from "../affect/behaviour.ts";

/** A tab that was hidden is told live and stored nowhere. */
export type WorkBehaviour = Exclude<BehaviourKind, "off_task">;

export const WORK_BEHAVIOURS = [
  "rapid_guessing",
  "hint_abuse",
  "unproductive_struggle",
  "idle",
] as const satisfies readonly WorkBehaviour[];
