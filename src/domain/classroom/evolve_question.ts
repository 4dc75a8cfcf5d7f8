/** How events change the question before the class. */
import type { EventPlace } from "../aggregate.ts";
import type { AnswerFact } from "../learner/messages.ts";
import { UNTOLD_ANSWER } from "../learner/messages.ts";
import { entryOf } from "../entry_of.ts";
import { answerGroup, responseInWords } from "./answer_group.ts";
import type { ClassroomEvent } from "./events.ts";
import { entered, withClassAnswers, withSkillAnswers, withStudent, withWrongAnswer } from "./evolve_students.ts";
import { ASKED_MAX } from "./limits.ts";
import { type CountedAnswer, countingAnswers, type OpenedLesson, type Question, type Student } from "./state.ts";

type EventOf<Type extends ClassroomEvent["type"]> = Extract<ClassroomEvent, { type: Type }>;

/** A question that has just been opened. */
export function opened(lesson: OpenedLesson, event: EventOf<"question_opened">): OpenedLesson {
  const { number, item, purpose, openedAtMs, limitMs, allowances } = event;
  const question: Question = {
    number,
    item,
    purpose,
    round: 1,
    openings: 0,
    openedAtMs,
    limitMs,
    allowances,
    pausedMs: 0,
    extraMs: {},
    step: { kind: "open" },
    closedTo: [],
    answers: {},
    firstVotes: null,
  };
  return { ...lesson, asked: null, question, askedItems: [...lesson.askedItems, item.itemId].slice(-ASKED_MAX) };
}

/** Open again: a second vote starts empty and keeps the first. */
export function reopened(question: Question, event: EventOf<"question_reopened">): Question {
  const { round, openedAtMs, limitMs, allowances } = event;
  const again = {
    ...question,
    round,
    openings: question.openings + 1,
    openedAtMs,
    limitMs,
    allowances,
    pausedMs: 0,
    extraMs: {},
    step: { kind: "open" },
  } as const;
  return round === question.round ? again : { ...again, firstVotes: question.answers, answers: {} };
}

export function answered(
  lesson: OpenedLesson,
  question: Question,
  event: EventOf<"answer_counted">,
  { atMs }: EventPlace,
): OpenedLesson {
  const { userId, response, answeredAtMs, correct, score } = event;
  const answer: CountedAnswer = { response, answeredAtMs, correct, score, opening: question.openings };
  const counted = { ...lesson, question: { ...question, answers: { ...question.answers, [userId]: answer } } };
  // An answer is a sign of life: who gives one has come.
  return withStudent(counted, userId, (student) => entered(student, atMs));
}

export function extended(question: Question, { userId, byMs }: EventOf<"time_extended">): Question {
  if (userId !== null) {
    const extraMs = { ...question.extraMs, [userId]: (entryOf(question.extraMs, userId) ?? 0) + byMs };
    return { ...question, extraMs };
  }
  return question.limitMs === null ? question : { ...question, limitMs: question.limitMs + byMs };
}

/** The pause has given back to everybody what was left of their time, and of an announced close. */
export function delayed(question: Question, byMs: number): Question {
  const { step, pausedMs } = question;
  const later = step.kind === "closing" ? { ...step, cutoffMs: step.cutoffMs + byMs } : step;
  return { ...question, pausedMs: pausedMs + byMs, step: later };
}

/** An answer to the class's question as the learner's own record keeps it. Its pace was the class's, so it says nothing. */
function factOf(lesson: OpenedLesson, { item }: Question, answer: CountedAnswer): AnswerFact {
  return {
    ...UNTOLD_ANSWER,
    sessionId: lesson.lessonId,
    courseId: lesson.plan.courseId,
    itemId: item.itemId,
    skills: item.skills,
    difficulty: item.difficulty,
    correct: answer.correct,
    score: answer.score,
    hintsUsed: 0,
    responseMs: null,
    atMs: answer.answeredAtMs,
    presentations: [...new Set(item.presentations.map(({ modality }) => modality))],
  };
}

/** The student with one more result of a question that practises `skills`. */
function withResult(student: Student, { correct, score }: CountedAnswer, skills: readonly string[]): Student {
  return {
    ...student,
    answered: student.answered + 1,
    correct: student.correct + (correct ? 1 : 0),
    points: student.points + score,
    wrongInARow: correct ? 0 : student.wrongInARow + 1,
    skills: withSkillAnswers(student.skills, skills, correct),
  };
}

/** Once a question is revealed or left, its answers count for the scores, and wait to be told to the learners' records. */
export function scored(lesson: OpenedLesson, question: Question, { seq }: EventPlace): OpenedLesson {
  const { item, number } = question;
  const answers = Object.entries(countingAnswers(question));
  if (answers.length === 0) return lesson;
  // One copy for all: a class answers together.
  const students = { ...lesson.students };
  const departed = { ...lesson.departed };
  let { skills, wrongAnswers } = lesson;
  for (const [userId, answer] of answers) {
    const student = entryOf(students, userId);
    const gone = entryOf(departed, userId);
    if (gone !== null) departed[userId] = withResult(gone, answer, item.skills);
    if (student === null) continue;
    students[userId] = withResult(student, answer, item.skills);
    skills = withClassAnswers(skills, item.skills, answer.correct);
    if (answer.correct) continue;
    const wrong = { group: answerGroup(answer.response), words: responseInWords(answer.response, item.form) };
    wrongAnswers = withWrongAnswer(wrongAnswers, userId, item.itemId, wrong);
  }
  const facts = Object.fromEntries(answers.map(([userId, one]) => [userId, factOf(lesson, question, one)]));
  const untold = [...lesson.untold, { question: number, sinceSeq: seq, itemId: item.itemId, facts }];
  return { ...lesson, students, departed, skills, wrongAnswers, untold };
}

/** The learners' records have been told of `question`; the next one's turn begins with this event. */
export function told(lesson: OpenedLesson, question: number, { seq }: EventPlace): OpenedLesson {
  const [next, ...rest] = lesson.untold.filter((one) => one.question !== question);
  return { ...lesson, untold: next === undefined ? [] : [{ ...next, sinceSeq: seq }, ...rest] };
}
