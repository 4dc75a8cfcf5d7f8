/** A task that a room works on together, and its steps. */
import type { RenderedItem, Response } from "../curriculum/rendered_item.ts";

/**
 * `by_turn`: who has the turn answers for the room. `agreed`: each answers alone, unseen by the others; then all is
 * shown, who has the turn proposes, and what all the others agree to is the room's answer.
 */
export type TaskMode = "by_turn" | "agreed";

/** Responses that members gave alone. */
export interface OwnAnswers {
  readonly [userId: string]: Response;
}

export interface Proposal {
  readonly by: string;
  readonly response: Response;
  /** Who has agreed. */
  readonly agreed: readonly string[];
}

/** How a task ended; a null response: the room gave none. */
export interface TaskOutcome {
  /** Whose answer it is: who gave or proposed it, then who agreed. */
  readonly by: readonly string[];
  readonly response: Response | null;
  /** The response in words. */
  readonly answer: string | null;
  /** Null where it is not graded. */
  readonly grade: { readonly correct: boolean; readonly score: number } | null;
  /** Told to all once it is over; null where it is not graded. */
  readonly solution: { readonly correctAnswer: string; readonly explanation: string } | null;
}

export type TaskStep =
  | { readonly kind: "alone"; readonly dueMs: number }
  | {
    readonly kind: "turns";
    /** From 1. */
    readonly turn: number;
    readonly userId: string;
    readonly dueMs: number;
    readonly proposal: Proposal | null;
  }
  /** The outcome is told once it is known that no lesson asks this very item now. */
  | { readonly kind: "closing"; readonly sinceSeq: number; readonly outcome: TaskOutcome }
  | { readonly kind: "over"; readonly atMs: number; readonly outcome: TaskOutcome };

/** A step in which somebody has something to do. */
export type OpenStep = Exclude<TaskStep, { kind: "closing" | "over" }>;

export interface Task {
  /** Of the event that opened it. */
  readonly number: number;
  readonly item: RenderedItem;
  readonly mode: TaskMode;
  /** Not where it is the question of a lesson, which is answered there. */
  readonly graded: boolean;
  /** Whose turn is the first. */
  readonly first: string;
  readonly answers: OwnAnswers;
  readonly step: TaskStep;
}

/** Null once its members have done with it. */
export function openStepOf(task: Task | null): OpenStep | null {
  return task === null || task.step.kind === "closing" || task.step.kind === "over" ? null : task.step;
}

export type TurnsStep = Extract<TaskStep, { kind: "turns" }>;
