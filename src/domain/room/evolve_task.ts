/** The state of a room after an event of its task. */
import type { EventPlace } from "../aggregate.ts";
import { assertNever } from "../assert_never.ts";
import { type AnswerFact, UNTOLD_ANSWER } from "../learner/messages.ts";
import { ImpossibleEventError } from "../impossible_event.ts";
import type { RoomEvent, TaskEvent } from "./events.ts";
import { TASKS_KEPT } from "./limits.ts";
import { heard, type OpenedRoom, withContribution } from "./state.ts";
import type { Task, TaskOutcome, TaskStep } from "./task.ts";

type EventOf<Type extends RoomEvent["type"]> = Extract<RoomEvent, { type: Type }>;

function taskOf({ task }: OpenedRoom): Task {
  if (task === null) throw new ImpossibleEventError("an event of a task while there was none");
  return task;
}

function withStep(room: OpenedRoom, step: TaskStep): OpenedRoom {
  return { ...room, task: { ...taskOf(room), step } };
}

function opened(room: OpenedRoom, event: EventOf<"task_opened">): OpenedRoom {
  const { number, item, mode, graded, first, userId, dueMs } = event;
  const step: TaskStep = first === "alone"
    ? { kind: "alone", dueMs }
    : { kind: "turns", turn: 1, userId, dueMs, proposal: null };
  const task: Task = { number, item, mode, graded, first: userId, answers: {}, step };
  return {
    ...room,
    asked: null,
    task,
    taskCount: room.taskCount + 1,
    pastTasks: room.task === null ? room.pastTasks : [...room.pastTasks, room.task].slice(-TASKS_KEPT),
    askedItems: [...room.askedItems, item.itemId],
    lastStarter: userId,
    // A new task, new parts.
    rotation: room.taskCount === 0 ? room.rotation : room.rotation + 1,
  };
}

/** The room's answer as the record of each whose answer it is keeps it; the pace was the room's. */
function factOf(room: OpenedRoom, { item }: Task, { grade }: TaskOutcome, atMs: number): AnswerFact | null {
  const { courseId } = room.plan;
  if (courseId === null || grade === null) return null;
  return {
    ...UNTOLD_ANSWER,
    sessionId: room.roomId,
    courseId,
    itemId: item.itemId,
    skills: item.skills,
    difficulty: item.difficulty,
    ...grade,
    hintsUsed: 0,
    responseMs: null,
    atMs,
    presentations: [...new Set(item.presentations.map(({ modality }) => modality))],
  };
}

function over(room: OpenedRoom, { outcome }: EventOf<"task_closed">, { seq, atMs }: EventPlace): OpenedRoom {
  const task = taskOf(room);
  const fact = factOf(room, task, outcome, atMs);
  const untold = fact === null
    ? room.untold
    : [...room.untold, { task: task.number, sinceSeq: seq, userIds: outcome.by, fact }];
  const counted = task.step.kind === "closing" ? room : contributed(room, outcome, atMs);
  return withStep({ ...counted, untold }, { kind: "over", atMs, outcome });
}

/** By those whose answer it is; the room has heard of them. */
function contributed(room: OpenedRoom, { by }: TaskOutcome, atMs: number): OpenedRoom {
  return by.length === 0 ? room : heard(by.reduce(withContribution, room), atMs);
}

export function evolveTask(room: OpenedRoom, event: TaskEvent, place: EventPlace): OpenedRoom {
  const { seq, atMs } = place;
  switch (event.type) {
    case "task_asked": {
      const { itemId, mode } = event;
      return heard({ ...room, asked: { askedSeq: seq, itemId, mode } }, atMs);
    }
    case "task_failed":
      return { ...room, asked: null };
    case "task_opened":
      return opened(room, event);
    case "task_answered": {
      const task = taskOf(room);
      const answers = { ...task.answers, [event.userId]: event.response };
      return withContribution(heard({ ...room, task: { ...task, answers } }, atMs), event.userId);
    }
    case "answers_shown": {
      const { userId, dueMs } = event;
      return withStep(room, { kind: "turns", turn: 1, userId, dueMs, proposal: null });
    }
    case "turn_passed": {
      const { turn, userId, dueMs } = event;
      const passed = withStep(room, { kind: "turns", turn, userId, dueMs, proposal: null });
      return event.cause === "passed" || event.cause === "objected" ? heard(passed, atMs) : passed;
    }
    case "answer_proposed": {
      const { step } = taskOf(room);
      if (step.kind !== "turns") throw new ImpossibleEventError("a proposal without a turn");
      const { userId, response, dueMs } = event;
      return heard(withStep(room, { ...step, dueMs, proposal: { by: userId, response, agreed: [] } }), atMs);
    }
    case "proposal_judged": {
      const { step } = taskOf(room);
      if (step.kind !== "turns" || step.proposal === null) throw new ImpossibleEventError("nothing was proposed");
      if (!event.agrees) return heard(room, atMs);
      const { proposal } = step;
      return heard(
        withStep(room, { ...step, proposal: { ...proposal, agreed: [...proposal.agreed, event.userId] } }),
        atMs,
      );
    }
    case "task_closing": {
      const { outcome } = event;
      return withStep(contributed(room, outcome, atMs), { kind: "closing", sinceSeq: seq, outcome });
    }
    case "task_closed":
      return over(room, event, place);
    case "answers_told":
      return told(room, event.task, place);
    default:
      return assertNever(event);
  }
}

/** The learners' records have been told of `task`; the next one's turn begins with this event. */
function told(room: OpenedRoom, task: number, { seq }: EventPlace): OpenedRoom {
  const [next, ...rest] = room.untold.filter((one) => one.task !== task);
  return { ...room, untold: next === undefined ? [] : [{ ...next, sinceSeq: seq }, ...rest] };
}
