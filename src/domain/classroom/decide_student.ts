/** Decides what concerns single students: a word to them, another item, a raised hand, what their session tells. */
import { keyOf } from "../address.ts";
import { entryOf } from "../entry_of.ts";
import { reject, tell, type TurnContext } from "../decision.ts";
import { isPlainLine } from "../plain_line.ts";
import { sessionAddress } from "../session/messages.ts";
import { MESSAGE_LENGTH_MAX } from "./limits.ts";
import type { EngineClassroomCommand, StudentCommand, TeacherCommand } from "./messages.ts";
import { isInside } from "./permission.ts";
import { type ClassroomDecision, settle } from "./settle.ts";
import type { OpenedLesson, Student } from "./state.ts";

type Teacher<Type extends TeacherCommand["type"]> = Extract<TeacherCommand, { type: Type }>;
type Engine<Type extends EngineClassroomCommand["type"]> = Extract<EngineClassroomCommand, { type: Type }>;

/** Told to the learner with an item for which the teacher gave no reason. */
const NO_REASON = "Your teacher wants you to try this one.";

/** The student's own session brings the item next, as if the teacher had asked it there. */
export function decideOverride(
  lesson: OpenedLesson,
  { userId, itemId, reason }: Teacher<"override_item">,
  by: string,
  context: TurnContext,
): ClassroomDecision {
  const work = entryOf(lesson.students, userId)?.work ?? null;
  if (work === null || work.status === "completed") {
    return reject("no_session", "This student is at work in no session of this lesson.");
  }
  const { sessionId } = work;
  const command = { type: "lesson_override", itemId, by, reason: reason ?? NO_REASON } as const;
  return settle(lesson, [{ type: "override_sent", userId, sessionId, itemId, by, reason }], context, {
    reply: { session_id: sessionId, item_id: itemId },
    messages: [tell(sessionAddress(sessionId), command)],
  });
}

export function decideMessage(
  lesson: OpenedLesson,
  { userId, text, reason }: Teacher<"send_message">,
  by: string,
  context: TurnContext,
): ClassroomDecision {
  if (userId !== null && !Object.hasOwn(lesson.students, userId)) {
    return reject("unknown_student", "No student of this lesson has this id.");
  }
  if (text.length > MESSAGE_LENGTH_MAX || !isPlainLine(text)) {
    const expected = `1 to ${MESSAGE_LENGTH_MAX} characters on one line, some of them visible`;
    return reject("malformed_message", `A message is ${expected}.`, { expected });
  }
  const number = context.seq + 1;
  return settle(lesson, [{ type: "message_sent", number, userId, text: text.trim(), by, reason }], context, {
    reply: { message: number },
  });
}

export function decideHand(
  lesson: OpenedLesson,
  student: Student,
  { raised }: Extract<StudentCommand, { type: "raise_hand" }>,
  context: TurnContext,
): ClassroomDecision {
  if (!isInside(lesson, student)) return reject("not_admitted", "Wait until your teacher lets you in.");
  const { userId, handSinceMs } = student;
  const isUp = handSinceMs !== null;
  return settle(lesson, isUp === raised ? [] : [{ type: "hand_raised", userId, raised }], context, {
    reply: { raised },
  });
}

/** What a session tells counts for its learner only, and not once the learner has left the class. */
export function decideProgress(
  lesson: OpenedLesson,
  { progress }: Engine<"student_progress">,
  context: TurnContext,
): ClassroomDecision {
  const { learnerId } = progress;
  if (!Object.hasOwn(lesson.students, learnerId)) return reject("unknown_student", "Nobody of this lesson.");
  return settle(lesson, [{ type: "student_progressed", userId: learnerId, progress }], context, {});
}

export function decideMastery(
  lesson: OpenedLesson,
  { skills }: Engine<"mastery_moved">,
  context: TurnContext,
): ClassroomDecision {
  const { origin } = context;
  const userId = origin.kind === "actor" ? keyOf(origin.sender) : null;
  if (userId === null || !Object.hasOwn(lesson.students, userId)) {
    return reject("unknown_student", "Nobody of this lesson.");
  }
  return settle(lesson, [{ type: "mastery_moved", userId, skills }], context, {});
}
