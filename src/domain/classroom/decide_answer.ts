/** Decides whether an answer to the class's question counts. */
import { grade } from "../curriculum/grade.ts";
import { entryOf } from "../entry_of.ts";
import { reject, type Rejection, type TurnContext } from "../decision.ts";
import { roundShare } from "../session/tally.ts";
import { believedAnswerMs, cutoffOf } from "./deadlines.ts";
import type { StudentCommand } from "./messages.ts";
import { connectionOf, isInside } from "./permission.ts";
import { type ClassroomDecision, settle } from "./settle.ts";
import type { OpenedLesson, Question, Student } from "./state.ts";

type AnswerCommand = Extract<StudentCommand, { type: "answer" }>;

/** Why this is no time to answer this question; null when it is. */
function refusedQuestion({ question }: OpenedLesson, { question: number, round }: AnswerCommand): Question | Rejection {
  const open = question === null ? null : question.number;
  if (question === null || question.number !== number) {
    return reject("question_closed", `Question ${number} is not open.`, { open_question: open });
  }
  // What was given before the discussion, and comes late, says nothing of what was thought after it. Who names no round
  // knows of one alone.
  const isOfNow = (round ?? 1) === question.round;
  if (isOfNow && (question.step.kind === "open" || question.step.kind === "closing")) return question;
  return reject("pens_down", "Pens are down: no answer to this question counts any more.", { open_question: null });
}

/** The first answer stands, unless the lesson lets answers change: then the latest one given in time does. */
function refusedChange(
  { plan }: OpenedLesson,
  question: Question,
  userId: string,
  answeredAtMs: number,
): Rejection | null {
  const before = entryOf(question.answers, userId);
  if (before === null) return null;
  if (!plan.answersMayChange || before.opening < question.openings) {
    return reject("already_answered", "Your answer has been counted; the first one stands.", {
      answered_at_ms: before.answeredAtMs,
    });
  }
  if (answeredAtMs >= before.answeredAtMs) return null;
  return reject("already_answered", "A later answer of yours has been counted.", {
    answered_at_ms: before.answeredAtMs,
  });
}

/** An answer counts when it was given before the learner's time was up, and came before pens were down. */
export function decideAnswer(
  lesson: OpenedLesson,
  student: Student,
  command: AnswerCommand,
  context: TurnContext,
): ClassroomDecision {
  const { userId } = student;
  if (!isInside(lesson, student)) return reject("not_admitted", "Wait until your teacher lets you in.");
  const question = refusedQuestion(lesson, command);
  if ("kind" in question) return question;
  if (question.closedTo.includes(userId)) {
    return reject("not_admitted", "You were out of the class during this question; you may answer the next one.");
  }
  const { response, answeredAtMs } = command;
  const answer = { answeredAtMs, connection: connectionOf(context.origin) };
  const believedMs = believedAnswerMs(lesson, question, answer, context.nowMs);
  // Before the deadline, which the pause moves.
  if (lesson.phase.kind === "paused" && believedMs > lesson.phase.sinceMs) {
    return reject("lesson_paused", "The lesson is paused; answer when it goes on.");
  }
  const deadlineMs = cutoffOf(question, userId);
  if (believedMs > deadlineMs) {
    return reject("too_late", "Your time for this question was up.", { deadline_ms: deadlineMs });
  }
  const refused = refusedChange(lesson, question, userId, believedMs);
  if (refused !== null) return refused;
  const graded = grade(question.item.key, question.item.form, response);
  if (graded.kind === "malformed") {
    return reject("malformed_answer", `That is no answer to this item: expected ${graded.expected}.`, {
      expected: graded.expected,
    });
  }
  const { correct } = graded;
  const { number, round } = question;
  const counted = { userId, response, answeredAtMs: believedMs, correct, score: roundShare(graded.score) };
  return settle(lesson, [{ type: "answer_counted", question: number, round, ...counted }], context, {
    // Right or wrong is told to all at once, when the teacher reveals it.
    reply: { question: number, round, counted: true, answered_at_ms: believedMs },
  });
}
