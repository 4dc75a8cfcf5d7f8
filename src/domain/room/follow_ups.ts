/** What follows in a room's task from where it stands: answers shown, turns passed, the end. */
import { answerInWords } from "../curriculum/answer_in_words.ts";
import { grade } from "../curriculum/grade.ts";
import type { Response } from "../curriculum/rendered_item.ts";
import { responseInWords } from "../classroom/answer_group.ts";
import { roundShare } from "../session/tally.ts";
import type { PassCause, RoomEvent } from "./events.ts";
import { memberOf, type OpenedRoom } from "./state.ts";
import { openStepOf, type Task, type TaskOutcome, type TurnsStep } from "./task.ts";
import { allAgreed, allAnswered, areTogether, inTurn, nextInTurn, turnsAreOver } from "./task_turns.ts";

function outcomeOf(
  room: OpenedRoom,
  { item, graded }: Task,
  by: readonly string[],
  response: Response | null,
): TaskOutcome {
  const { key, form, explanation } = item;
  const found = response === null ? null : grade(key, form, response);
  const isGraded = graded && found !== null && found.kind === "graded" && areTogether(room, by);
  return {
    by,
    response,
    answer: response === null ? null : responseInWords(response, form),
    grade: isGraded ? { correct: found.correct, score: roundShare(found.score) } : null,
    solution: graded ? { correctAnswer: answerInWords(key, form), explanation } : null,
  };
}

/**
 * A null grade keeps the answer of one whom the others have left off the record. A task that is graded tells its key in
 * the end, which is looked into first.
 */
export function closed(room: OpenedRoom, task: Task, by: readonly string[], response: Response | null): RoomEvent {
  const type = task.graded ? "task_closing" : "task_closed";
  return { type, task: task.number, outcome: outcomeOf(room, task, by, response) };
}

/** The end of a task that was looked into: of what a lesson asks nothing is told, and nothing goes on record. */
export function looked(number: number, outcome: TaskOutcome, found: "asked" | "free"): RoomEvent {
  const told = found === "free" ? outcome : { ...outcome, grade: null, solution: null };
  return { type: "task_closed", task: number, outcome: told };
}

/** The turn goes to the next one; the task ends where there is none. */
export function passed(room: OpenedRoom, task: Task, step: TurnsStep, cause: PassCause, nowMs: number): RoomEvent {
  const userId = nextInTurn(room, step.userId);
  if (userId === null || turnsAreOver(room, task, step)) return closed(room, task, [], null);
  const dueMs = nowMs + room.plan.turnMs;
  return { type: "turn_passed", task: task.number, turn: step.turn + 1, userId, dueMs, cause };
}

/** Everybody's own answer is shown to the others, and the first one has the turn. */
export function shown(room: OpenedRoom, task: Task, nowMs: number): RoomEvent {
  const userId = inTurn(room, task.first);
  if (userId === null) return closed(room, task, [], null);
  const dueMs = nowMs + room.plan.turnMs;
  return { type: "answers_shown", task: task.number, answers: task.answers, userId, dueMs };
}

/** Event `number`, which follows from the state alone; null when the room waits for its members or the clock. */
export function followUp(room: OpenedRoom, number: number, nowMs: number): RoomEvent | null {
  const { task, discussed } = room;
  if (room.phase.kind === "ended") {
    return task === null || openStepOf(task) === null ? null : closed(room, task, [], null);
  }
  if (task === null) {
    const userId = nextInTurn(room, null);
    if (discussed === null || userId === null || room.taskCount > 0) return null;
    const dueMs = nowMs + room.plan.turnMs;
    const how = { mode: "agreed", graded: false, first: "turns" } as const;
    return { type: "task_opened", number, item: discussed, ...how, userId, dueMs };
  }
  const step = openStepOf(task);
  if (step === null) return null;
  if (step.kind === "alone") return allAnswered(room, task) ? shown(room, task, nowMs) : null;
  const { userId, proposal } = step;
  if (proposal !== null && allAgreed(room, proposal)) {
    return closed(room, task, [proposal.by, ...proposal.agreed], proposal.response);
  }
  return memberOf(room, userId)?.standing === "in" ? null : passed(room, task, step, "left", nowMs);
}
