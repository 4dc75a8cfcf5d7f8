/** A debate's state: where the clock stands, what was said, and how it was judged. */
import type { NewStatement } from "./messages.ts";
import type { Side } from "./motion.ts";
import type { DebatePeople } from "./people.ts";
import type { DebatePlan } from "./plan.ts";
import type { Rubric, RubricScores } from "./rubric.ts";

export interface Statement extends NewStatement {
  /** From 1, in the order said. */
  readonly number: number;
  readonly side: Side;
  readonly atMs: number;
}

export interface HeldStatement {
  readonly userId: string;
  readonly turn: number;
  readonly text: string;
  readonly atMs: number;
}

export type DebatePhase =
  | { readonly kind: "waiting" }
  | { readonly kind: "running"; readonly turn: number; readonly dueMs: number }
  | { readonly kind: "paused"; readonly turn: number; readonly remainingMs: number; readonly reason: string }
  | { readonly kind: "ended"; readonly atMs: number; readonly stopped: string | null };

export type DraftState =
  | { readonly kind: "awaited" }
  | { readonly kind: "failed"; readonly reason: string }
  | { readonly kind: "made"; readonly rubric: Rubric };

export interface Judgement {
  readonly byRules: Rubric;
  readonly draft: DraftState;
  readonly confirmed: { readonly by: string; readonly scores: RubricScores; readonly comment: string } | null;
}

export interface OpenedDebate {
  readonly status: "opened";
  readonly debateId: string;
  readonly plan: DebatePlan;
  readonly openedBy: string;
  readonly openedAtMs: number;
  readonly people: DebatePeople;
  readonly phase: DebatePhase;
  readonly statements: readonly Statement[];
  readonly held: readonly HeldStatement[];
  readonly judgements: { readonly [userId: string]: Judgement };
}

export type DebateState = { readonly status: "not_opened"; readonly debateId: string } | OpenedDebate;
export type RunningDebate = OpenedDebate & { readonly phase: Extract<DebatePhase, { kind: "running" }> };

export function isRunning(debate: OpenedDebate): debate is RunningDebate {
  return debate.phase.kind === "running";
}
