/** What a learner's session tells the lesson that it belongs to. */
import type { BehaviourKind } from "../affect/behaviour.ts";
import type { InterventionKind } from "../affect/intervention.ts";

/** One answer, as the class's heat map and its misconceptions count it. */
export interface ProgressAnswer {
  readonly itemId: string;
  readonly skills: readonly string[];
  readonly correct: boolean;
  /** Answers that come to the same have the same; null for a right one. */
  readonly wrong: { readonly group: string; readonly words: string } | null;
}

/** How a session stands after something changed: the whole, so that the latest is enough. */
export interface StudentProgress {
  readonly sessionId: string;
  readonly learnerId: string;
  readonly status: "active" | "paused" | "completed";
  /** Null while none is open. */
  readonly item: { readonly itemId: string; readonly servedAtMs: number } | null;
  /** 0 to 1. */
  readonly progress: number;
  readonly answered: number;
  readonly correct: number;
  readonly behaviour: readonly { readonly kind: BehaviourKind; readonly sinceMs: number; readonly says: string }[];
  /** What the session suggested last and the learner has not answered yet. */
  readonly suggestion: InterventionKind | null;
  /** Given just now; null when something else changed. */
  readonly answer: ProgressAnswer | null;
}
