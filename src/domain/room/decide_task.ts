/** Decides a room's shared task: who begins it, answers, proposes, agrees, passes. */
import { assertNever } from "../assert_never.ts";
import { isCivil } from "../civility/civility.ts";
import { grade } from "../curriculum/grade.ts";
import type { Response } from "../curriculum/rendered_item.ts";
import { entryOf } from "../entry_of.ts";
import { reject, type Rejection, tell, type TurnContext } from "../decision.ts";
import { learnerAddress } from "../learner/messages.ts";
import { closed, looked, passed, shown } from "./follow_ups.ts";
import { TASKS_MAX } from "./limits.ts";
import type { EngineRoomCommand, TaskCommand } from "./messages.ts";
import { type RoomDecision, settle } from "./settle.ts";
import type { OpenedRoom } from "./state.ts";
import { openStepOf, type Task, type TurnsStep } from "./task.ts";
import { areEnough, nextInTurn } from "./task_turns.ts";

type Sent<Type extends TaskCommand["type"]> = Extract<TaskCommand, { type: Type }>;
type Engine<Type extends EngineRoomCommand["type"]> = Extract<EngineRoomCommand, { type: Type }>;

/** Asks for an item, drawn where none is named; the one before has to be over. */
export function decideStart(
  room: OpenedRoom,
  { itemId, mode }: Sent<"start_task">,
  by: string,
  context: TurnContext,
): RoomDecision {
  if (room.plan.courseId === null) return reject("no_course", "This room has no course to take a task from.");
  if (!areEnough(room)) return reject("too_few", "A task is for two at least: wait until somebody else is here.");
  const isBusy = room.asked !== null || (room.task !== null && room.task.step.kind !== "over");
  if (isBusy) return reject("task_open", "The room is at a task.");
  if (room.taskCount >= TASKS_MAX) return reject("too_many_tasks", "This room has done enough tasks.");
  if (itemId !== null && itemId === room.discussed?.itemId) {
    return reject("item_open", "The lesson asks this question: talk it over here, and answer it there.");
  }
  return settle(room, [{ type: "task_asked", by, itemId, mode }], context, { reply: { asked: true } });
}

/** The item has come, or there is none. */
export function decideRendered(
  room: OpenedRoom,
  command: Engine<"task_rendered" | "task_failed">,
  context: TurnContext,
): RoomDecision {
  const { origin, nowMs } = context;
  const basisSeq = origin.kind === "effect" ? origin.basisSeq : null;
  if (room.asked === null || room.phase.kind === "ended" || (basisSeq !== null && basisSeq < room.asked.askedSeq)) {
    return reject("late_result", "This task is not awaited any more.");
  }
  if (command.type === "task_failed") {
    return settle(room, [{ type: "task_failed", code: command.code, says: command.says }], context);
  }
  const { mode } = room.asked;
  const userId = nextInTurn(room, room.lastStarter);
  if (userId === null || !areEnough(room)) {
    return settle(room, [{ type: "task_failed", code: "failed", says: "A task is for two at least." }], context);
  }
  const dueMs = nowMs + room.plan.turnMs;
  const first = mode === "agreed" ? "alone" : "turns";
  return settle(
    room,
    [{ type: "task_opened", number: context.seq + 1, item: command.item, mode, graded: true, first, userId, dueMs }],
    context,
  );
}

/** The task that is meant; the refusal where it is not on. */
function openTask({ task }: OpenedRoom, number: number): Task | Rejection {
  const isOpen = openStepOf(task) !== null;
  if (task !== null && task.number === number && isOpen) return task;
  const open = task === null || !isOpen ? null : task.number;
  return reject("task_closed", `Task ${number} is not open.`, { open_task: open });
}

/** What the others will read has to be an answer to the item, and to insult nobody. */
function refusedResponse({ item }: Task, response: Response): Rejection | null {
  const words = response.kind === "text" ? response.text : response.kind === "number" ? String(response.value) : "";
  if (!isCivil(words)) return reject("uncivil", "This may hurt somebody; say it in other words.");
  const graded = grade(item.key, item.form, response);
  if (graded.kind === "graded") return null;
  const { expected } = graded;
  return reject("malformed_answer", `That is no answer to this item: expected ${expected}.`, { expected });
}

/** One's own, before the others' are shown; or the room's, by whose turn it is. */
function answer(
  room: OpenedRoom,
  task: Task,
  { response }: Sent<"answer">,
  userId: string,
  context: TurnContext,
): RoomDecision {
  const { step, number } = task;
  const malformed = refusedResponse(task, response);
  if (malformed !== null) return malformed;
  if (step.kind === "alone") {
    if (entryOf(task.answers, userId) !== null) return reject("already_answered", "Your answer stands.");
    return settle(room, [{ type: "task_answered", task: number, userId, response }], context, {
      reply: { task: number, answered: true },
    });
  }
  if (task.mode === "agreed") return reject("propose_instead", "The room agrees on its answer: propose one.");
  return settle(room, [closed(room, task, [userId], response)], context, { reply: { task: number, answered: true } });
}

function propose(
  room: OpenedRoom,
  task: Task,
  step: TurnsStep,
  { response }: Sent<"propose">,
  context: TurnContext,
): RoomDecision {
  if (task.mode === "by_turn") return reject("answer_instead", "Who has the turn answers for the room.");
  if (step.proposal !== null) return reject("already_proposed", "The others are to say whether they agree.");
  const malformed = refusedResponse(task, response);
  if (malformed !== null) return malformed;
  const dueMs = context.nowMs + room.plan.turnMs;
  const { userId } = step;
  return settle(room, [{ type: "answer_proposed", task: task.number, userId, response, dueMs }], context, {
    reply: { task: task.number, proposed: true },
  });
}

/** Who does not agree takes the turn on to the next one. */
function judge(
  room: OpenedRoom,
  task: Task,
  step: TurnsStep,
  { agrees }: Sent<"agree">,
  userId: string,
  context: TurnContext,
): RoomDecision {
  const { proposal } = step;
  if (proposal === null) return reject("nothing_proposed", "Nothing is proposed.");
  if (proposal.by === userId) return reject("own_proposal", "This is your own proposal.");
  if (proposal.agreed.includes(userId)) return reject("already_agreed", "You have agreed.");
  const judged = { type: "proposal_judged", task: task.number, userId, agrees } as const;
  const events = agrees ? [judged] : [judged, passed(room, task, step, "objected", context.nowMs)];
  return settle(room, events, context, { reply: { task: task.number, agrees } });
}

export function decideTask(
  room: OpenedRoom,
  command: Exclude<TaskCommand, { type: "start_task" }>,
  userId: string,
  context: TurnContext,
): RoomDecision {
  const task = openTask(room, command.task);
  if ("kind" in task) return task;
  const { step } = task;
  if (command.type === "answer" && step.kind === "alone") return answer(room, task, command, userId, context);
  if (step.kind !== "turns") return reject("not_yet", "First each answers alone.");
  if (command.type === "agree") return judge(room, task, step, command, userId, context);
  if (step.userId !== userId) return reject("not_your_turn", "It is not your turn.", { turn_of: step.userId });
  switch (command.type) {
    case "answer":
      return answer(room, task, command, userId, context);
    case "propose":
      return propose(room, task, step, command, context);
    case "pass":
      return settle(room, [passed(room, task, step, "passed", context.nowMs)], context, { reply: { passed: true } });
    default:
      return assertNever(command);
  }
}

/** Time is up: own answers are shown, what some have agreed to and nobody was against stands, or the turn goes on. */
export function decideTaskDeadline(room: OpenedRoom, context: TurnContext): RoomDecision {
  const { task } = room;
  const { nowMs } = context;
  const step = openStepOf(task);
  if (task === null || step === null || nowMs < step.dueMs) return reject("late_result", "No time of a task is up.");
  if (step.kind === "alone") return settle(room, [shown(room, task, nowMs)], context);
  const { proposal } = step;
  return proposal !== null && proposal.agreed.length > 0
    ? settle(room, [closed(room, task, [proposal.by, ...proposal.agreed], proposal.response)], context)
    : settle(room, [passed(room, task, step, "time", nowMs)], context);
}

/** The task is over, and tells what it may. */
export function decideLooked(
  room: OpenedRoom,
  { task: number, found }: Engine<"task_looked">,
  context: TurnContext,
): RoomDecision {
  const { task } = room;
  if (task === null || task.number !== number || task.step.kind !== "closing") {
    return reject("late_result", "This task does not wait to be looked into.");
  }
  return settle(room, [looked(number, task.step.outcome, found)], context);
}

/** Each whose answer it is has it on record, with what was known of the item for them before it. */
export function decideSighted(
  room: OpenedRoom,
  { task, sightings }: Engine<"answers_sighted">,
  context: TurnContext,
): RoomDecision {
  const { untold: [first], plan: { lessonId } } = room;
  if (first === undefined || first.task !== task) return reject("late_result", "These answers have been told.");
  const messages = first.userIds.map((userId) =>
    tell(learnerAddress(userId), {
      type: "record_answer",
      answer: { ...first.fact, sighting: entryOf(sightings, userId) },
      ...lessonId === null ? {} : { lessonId },
    })
  );
  return settle(room, [{ type: "answers_told", task }], context, { messages });
}
