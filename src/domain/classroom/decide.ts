/** Every command to a lesson, sent to the rules that decide it. */
import { assertNever } from "../assert_never.ts";
import { reject, type TurnContext } from "../decision.ts";
import { entryOf } from "../entry_of.ts";
import { decideAnswer } from "./decide_answer.ts";
import { decideBreakouts, decideRecallDeadline, decideReport } from "./decide_breakouts.ts";
import { decideLesson, decideLessonDeadline, decideOpening } from "./decide_lesson.ts";
import { decideQuestion, decideQuestionDeadline, decideRendered, decideVoteAgain } from "./decide_question.ts";
import { decideReveal, decideSighted, decideSpotlight } from "./decide_reveal.ts";
import { decideAdmission, decideAttendance, decideAttention, decideEntry, decideRoster } from "./decide_roster.ts";
import { decideHand, decideMastery, decideMessage, decideOverride, decideProgress } from "./decide_student.ts";
import type { ClassroomCommand, EngineClassroomCommand, StudentCommand, TeacherCommand } from "./messages.ts";
import { isTeacherCommand, refuseOrigin, refuseReason, senderOf } from "./permission.ts";
import type { ClassroomDecision } from "./settle.ts";
import type { ClassroomState, OpenedLesson } from "./state.ts";

function decideByTeacher(
  lesson: OpenedLesson,
  command: TeacherCommand,
  by: string,
  context: TurnContext,
): ClassroomDecision {
  const refused = refuseReason(command);
  if (refused !== null) return refused;
  switch (command.type) {
    case "start":
    case "pause":
    case "resume":
    case "close_lesson":
    case "reopen_lesson":
      return decideLesson(lesson, command, by, context);
    case "next":
    case "close_question":
    case "end_wait":
    case "reopen_question":
    case "extend_time":
      return decideQuestion(lesson, command, by, context);
    case "vote_again":
      return decideVoteAgain(lesson, command, by, context);
    case "preview_breakouts":
    case "form_breakouts":
    case "move_student":
    case "tell_rooms":
    case "recall_rooms":
      return decideBreakouts(lesson, command, by, context);
    case "reveal":
      return decideReveal(lesson, command, by, context);
    case "spotlight":
      return decideSpotlight(lesson, command, by, context);
    case "override_item":
      return decideOverride(lesson, command, by, context);
    case "send_message":
      return decideMessage(lesson, command, by, context);
    case "admit":
    case "turn_away":
      return decideAdmission(lesson, command, by, context);
    default:
      return assertNever(command);
  }
}

function decideByStudent(
  lesson: OpenedLesson,
  command: StudentCommand,
  userId: string,
  context: TurnContext,
): ClassroomDecision {
  if (command.type === "attention") return decideAttention(lesson, userId, command, context);
  const student = entryOf(lesson.students, userId);
  if (student === null) return reject("forbidden", "You are no student of this lesson.");
  switch (command.type) {
    case "enter":
      return decideEntry(lesson, student, context);
    case "answer":
      return decideAnswer(lesson, student, command, context);
    case "raise_hand":
      return decideHand(lesson, student, command, context);
    default:
      return assertNever(command);
  }
}

function decideByEngine(
  lesson: OpenedLesson,
  command: EngineClassroomCommand,
  context: TurnContext,
): ClassroomDecision {
  switch (command.type) {
    case "open_lesson":
      return decideOpening(lesson, command, context);
    case "roster_changed":
      return decideRoster(lesson, command, context);
    case "attendance":
      return decideAttendance(lesson, command, context);
    case "question_rendered":
    case "question_failed":
      return decideRendered(lesson, command, context);
    case "answers_sighted":
      return decideSighted(lesson, command, context);
    case "student_progress":
      return decideProgress(lesson, command, context);
    case "mastery_moved":
      return decideMastery(lesson, command, context);
    case "room_report":
      return decideReport(lesson, command, context);
    case "recall_deadline":
      return decideRecallDeadline(lesson, context);
    case "question_deadline":
    case "barrier_deadline":
      return decideQuestionDeadline(lesson, command.type, context);
    case "lesson_deadline":
      return decideLessonDeadline(lesson, context);
    default:
      return assertNever(command);
  }
}

/** Decides one command; an expected refusal is an answer, never an exception. */
export function decide(state: ClassroomState, command: ClassroomCommand, context: TurnContext): ClassroomDecision {
  if (state.status === "not_opened") {
    if (command.type === "open_lesson") return decideOpening(state, command, context);
    return reject("not_opened", "There is no such lesson.");
  }
  const refused = refuseOrigin(state, command, context.origin);
  if (refused !== null) return refused;
  const userId = senderOf(context.origin)?.userId ?? "";
  if (isTeacherCommand(command)) return decideByTeacher(state, command, userId, context);
  switch (command.type) {
    case "enter":
    case "answer":
    case "raise_hand":
    case "attention":
      return decideByStudent(state, command, userId, context);
    case "open_lesson":
    case "roster_changed":
    case "attendance":
    case "question_rendered":
    case "question_failed":
    case "answers_sighted":
    case "student_progress":
    case "mastery_moved":
    case "room_report":
    case "recall_deadline":
    case "question_deadline":
    case "barrier_deadline":
    case "lesson_deadline":
      return decideByEngine(state, command, context);
    default:
      return assertNever(command);
  }
}
