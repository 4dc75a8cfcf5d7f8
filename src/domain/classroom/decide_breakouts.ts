/** Decides who goes to which room, what the rooms are told, and when everybody comes back. */
import { keyOf } from "../address.ts";
import { assertNever } from "../assert_never.ts";
import { reject, type Rejection, tell, type TurnContext } from "../decision.ts";
import { entryOf } from "../entry_of.ts";
import { isPlainLine } from "../plain_line.ts";
import { TITLE_LENGTH_MAX } from "../room/limits.ts";
import { roomAddress } from "../room/messages.ts";
import { responseInWords } from "./answer_group.ts";
import { openBreakouts, roomIdOf, talkable } from "./breakouts.ts";
import { notRunning, questionAt, within } from "./decide_question.ts";
import type { ClassroomEvent } from "./events.ts";
import { groupsAtRandom, groupsByDifference } from "./group_by_difference.ts";
import {
  LIMIT_MS_MAX,
  LIMIT_MS_MIN,
  MESSAGE_LENGTH_MAX,
  RECALL_IN_MS_MAX,
  ROOM_SIZE_MAX,
  ROOM_SIZE_MIN,
} from "./limits.ts";
import type { BreakoutPlan, EngineClassroomCommand, TeacherCommand } from "./messages.ts";
import { isInside } from "./permission.ts";
import { type ClassroomDecision, outcomeOf, settle } from "./settle.ts";
import type { Breakouts, OpenedLesson, Question } from "./state.ts";

type Teacher<Type extends TeacherCommand["type"]> = Extract<TeacherCommand, { type: Type }>;
export type BreakoutCommand = Teacher<
  "preview_breakouts" | "form_breakouts" | "move_student" | "tell_rooms" | "recall_rooms"
>;
type Formed = Extract<ClassroomEvent, { type: "breakouts_formed" }>;
type Groups = readonly (readonly string[])[];

const NONE_OPEN = reject("no_breakouts", "Nobody is in a room.");

/** The question whose answers stand and can be talked over. */
function discussable({ question }: OpenedLesson): Question | null {
  return question?.step.kind === "down" || question?.step.kind === "revealed" ? question : null;
}

function faultOfGiven(lesson: OpenedLesson, groups: Groups): Rejection | null {
  const people = groups.flat();
  const unknown = people.find((userId) => {
    const student = entryOf(lesson.students, userId);
    return student === null || !isInside(lesson, student);
  });
  if (unknown !== undefined) return reject("unknown_student", `"${unknown}" is no student in this lesson.`);
  if (new Set(people).size < people.length) return reject("seated_twice", "Everybody sits in one room.");
  const fits = groups.length > 0 && groups.every(({ length }) => within(length, ROOM_SIZE_MIN, ROOM_SIZE_MAX));
  return fits ? null : reject("bad_size", `A room has ${ROOM_SIZE_MIN} to ${ROOM_SIZE_MAX} members.`);
}

/** Who is to talk with whom; those who are not here are seated with the others by the rules of late-comers. */
function groupsFor(lesson: OpenedLesson, { how, size, groups }: BreakoutPlan, seed: number): Groups | Rejection {
  if (how === "given") return faultOfGiven(lesson, groups) ?? groups;
  if (!within(size, ROOM_SIZE_MIN, ROOM_SIZE_MAX)) {
    return reject("bad_size", `A room has ${ROOM_SIZE_MIN} to ${ROOM_SIZE_MAX} members.`);
  }
  const people = talkable(lesson);
  if (people.length < ROOM_SIZE_MIN) return reject("too_few", "Too few are here to talk to each other.");
  if (how === "random") return groupsAtRandom(people, size, seed);
  const question = questionAt(lesson, ["down", "revealed"]);
  if ("kind" in question) return question;
  if (Object.keys(question.answers).length === 0) return reject("no_answers", "Nobody has answered the question.");
  return groupsByDifference(people, (userId) => entryOf(question.answers, userId), size, seed);
}

/** The event that forms the rooms, or why there can be none. */
function formation(
  lesson: OpenedLesson,
  command: Teacher<"preview_breakouts" | "form_breakouts">,
  by: string,
  { seq, nowMs, seed: fresh }: TurnContext,
): Formed | Rejection {
  if (openBreakouts(lesson) !== null) return reject("breakouts_open", "Call everybody back first.");
  const { task, limitMs } = command.type === "form_breakouts" ? command : { task: null, limitMs: null };
  if (task !== null && (task.length > TITLE_LENGTH_MAX || !isPlainLine(task))) {
    return reject("malformed_task", `A task is one line of at most ${TITLE_LENGTH_MAX} characters.`);
  }
  if (limitMs !== null && !within(limitMs, LIMIT_MS_MIN, LIMIT_MS_MAX)) {
    return reject("bad_limit", `Rooms last ${LIMIT_MS_MIN} to ${LIMIT_MS_MAX} ms, or until you call everybody back.`);
  }
  const seed = command.seed ?? fresh;
  const groups = groupsFor(lesson, command, seed);
  if ("kind" in groups) return groups;
  const number = seq + 1;
  return {
    type: "breakouts_formed",
    number,
    how: command.how,
    seed,
    question: discussable(lesson)?.number ?? null,
    task,
    rooms: groups.map((members, i) => ({
      roomId: roomIdOf(lesson.lessonId, number, i + 1),
      number: i + 1,
      members,
    })),
    recallAtMs: limitMs === null ? null : nowMs + limitMs,
    by,
    reason: command.reason,
  };
}

/** What the teacher is shown of rooms that are not formed yet: who would sit there, and what they answered. */
function previewData(lesson: OpenedLesson, { rooms }: Breakouts) {
  const question = discussable(lesson);
  return rooms.map(({ number, members }) => ({
    number,
    members: members.map((userId) => {
      const answer = question === null ? null : entryOf(question.answers, userId);
      if (question === null || answer === null) return { user_id: userId, answer: null, correct: null };
      return { user_id: userId, answer: responseInWords(answer.response, question.item.form), correct: answer.correct };
    }),
  }));
}

function form(
  lesson: OpenedLesson,
  command: Teacher<"preview_breakouts" | "form_breakouts">,
  by: string,
  context: TurnContext,
): ClassroomDecision {
  const formed = notRunning(lesson) ?? formation(lesson, command, by, context);
  if ("kind" in formed) return formed;
  const { after } = outcomeOf(lesson, [formed], context);
  if (after.status !== "opened" || after.breakouts === null) return NONE_OPEN;
  const { number, rooms } = after.breakouts;
  if (command.type === "form_breakouts") {
    return settle(lesson, [formed], context, { reply: { breakouts: number, seed: formed.seed, rooms: rooms.length } });
  }
  return settle(lesson, [], context, { reply: { seed: formed.seed, rooms: previewData(lesson, after.breakouts) } });
}

function move(
  lesson: OpenedLesson,
  breakouts: Breakouts,
  { userId, roomId, reason }: Teacher<"move_student">,
  by: string,
  context: TurnContext,
): ClassroomDecision {
  const student = entryOf(lesson.students, userId);
  if (student === null || !isInside(lesson, student)) {
    return reject("unknown_student", "No student in this lesson has this id.");
  }
  const room = breakouts.rooms.find((one) => one.roomId === roomId);
  if (room === undefined) return reject("unknown_room", "These breakouts have no such room.");
  const reply = { user_id: userId, room_id: roomId };
  if (room.members.includes(userId)) return settle(lesson, [], context, { reply });
  if (room.report?.status === "ended") return reject("room_ended", "This room is over.");
  if (room.members.length === 0) return reject("room_empty", "Nobody is in this room any more.");
  if (room.members.length >= ROOM_SIZE_MAX) return reject("room_full", "There is no place left in this room.");
  const seats = [{ userId, roomId, number: room.number }];
  return settle(lesson, [{ type: "students_seated", seats, act: { by, reason } }], context, { reply });
}

function tellRooms(
  lesson: OpenedLesson,
  breakouts: Breakouts,
  { roomId, text, reason }: Teacher<"tell_rooms">,
  by: string,
  context: TurnContext,
): ClassroomDecision {
  if (text.length > MESSAGE_LENGTH_MAX || !isPlainLine(text)) {
    const expected = `1 to ${MESSAGE_LENGTH_MAX} characters on one line, some of them visible`;
    return reject("malformed_message", `A message is ${expected}.`, { expected });
  }
  const rooms = breakouts.rooms.filter((room) => roomId === null || room.roomId === roomId);
  if (rooms.length === 0) return reject("unknown_room", "These breakouts have no such room.");
  const words = text.trim();
  return settle(lesson, [{ type: "rooms_told", roomId, text: words, by, reason }], context, {
    reply: { rooms: rooms.length },
    messages: rooms.map((room) => tell(roomAddress(room.roomId), { type: "lesson_told", by, text: words })),
  });
}

function recall(
  lesson: OpenedLesson,
  { inMs, reason }: Teacher<"recall_rooms">,
  by: string,
  context: TurnContext,
): ClassroomDecision {
  if (!within(inMs, 0, RECALL_IN_MS_MAX)) return reject("bad_delay", `Back in 0 to ${RECALL_IN_MS_MAX} ms.`);
  const recallAtMs = context.nowMs + inMs;
  return settle(lesson, [{ type: "rooms_recalled", recallAtMs, by, reason }], context, {
    reply: { recall_at_ms: recallAtMs },
  });
}

/** Does what a teacher wants of the rooms. */
export function decideBreakouts(
  lesson: OpenedLesson,
  command: BreakoutCommand,
  by: string,
  context: TurnContext,
): ClassroomDecision {
  if (command.type === "preview_breakouts" || command.type === "form_breakouts") {
    return form(lesson, command, by, context);
  }
  const breakouts = openBreakouts(lesson);
  if (breakouts === null) return NONE_OPEN;
  switch (command.type) {
    case "move_student":
      return move(lesson, breakouts, command, by, context);
    case "tell_rooms":
      return tellRooms(lesson, breakouts, command, by, context);
    case "recall_rooms":
      return recall(lesson, command, by, context);
    default:
      return assertNever(command);
  }
}

/** Everybody is back. */
export function decideRecallDeadline(lesson: OpenedLesson, context: TurnContext): ClassroomDecision {
  const dueMs = openBreakouts(lesson)?.recallAtMs ?? null;
  // Moved since it was set: it is set again where it now is.
  if (dueMs === null || context.nowMs < dueMs) return settle(lesson, [], context, {});
  return settle(lesson, [{ type: "rooms_over" }], context, {});
}

/** A room says how it stands; also when all are back, for what was on its way. */
export function decideReport(
  lesson: OpenedLesson,
  { report }: Extract<EngineClassroomCommand, { type: "room_report" }>,
  context: TurnContext,
): ClassroomDecision {
  const { origin } = context;
  const roomId = origin.kind === "actor" ? keyOf(origin.sender) : null;
  const room = lesson.breakouts?.rooms.find((one) => one.roomId === roomId);
  if (room === undefined) return reject("late_result", "These breakouts are not looked at any more.");
  const { number, report: before } = room;
  const known = new Set(before?.members.map(({ userId }) => userId));
  const letIn = report.members.map(({ userId }) => userId).filter((userId) => !known.has(userId));
  const reported = { type: "room_reported", roomId: room.roomId, number, report, letIn } as const;
  return settle(lesson, [reported], context, {});
}
