/** Abilities brought up to a session's own latest answers, which reach the learner's record a moment later. */
import type { Course } from "../curriculum/course.ts";
import { afterGraded, type Graded } from "./elo.ts";
import type { Abilities } from "./prediction.ts";

/** One item of the session's past, as far as abilities care. */
export interface AnsweredItem extends Graded {
  readonly itemId: string;
  readonly skills: readonly string[];
  /** Null when it was skipped. */
  readonly answeredAtMs: number | null;
}

/**
 * `abilities` after those answers of `history` that are newer than any they rest on. None is counted twice: an answer
 * that has been recorded is never newer than the record. Items no longer in the course are left out.
 */
export function caughtUp(abilities: Abilities, course: Course, history: readonly AnsweredItem[]): Abilities {
  const knownUntilMs = abilities.lastAnswerAtMs ?? -Infinity;
  return history.reduce((reached, answered) => {
    const { itemId, skills, answeredAtMs } = answered;
    if (answeredAtMs === null || answeredAtMs <= knownUntilMs) return reached;
    const item = course.items.find(({ id }) => id === itemId);
    if (item === undefined) return reached;
    return { ...afterGraded(reached, skills, item.difficulty, answered), lastAnswerAtMs: answeredAtMs };
  }, abilities);
}
