/** What a lesson's teachers see of the class: a row a student, the question, who needs help, skills, wrong answers. */
import type { Json } from "../json.ts";
import { roundShare } from "../session/tally.ts";
import { attendanceOf, deviceCount, hiddenSinceMs, isHere } from "./attendance.ts";
import { answerCounts } from "./decide_reveal.ts";
import { helpQueue } from "./help_queue.ts";
import { type ClassSkill, countingAnswers, type OpenedLesson, type Student, type WrongAnswer } from "./state.ts";
import { breakoutsForStaff } from "./breakouts_view.ts";
import { questionData } from "./question_view.ts";
import { answersData } from "./reveal_view.ts";

export type JsonObject = { readonly [key: string]: Json };

/** Wrong answers shown, the most frequent first. */
const WRONG_SHOWN = 50;

function iso(ms: number | null): Json {
  return ms === null ? null : new Date(ms).toISOString();
}

/** `away`: nothing is known since the lesson's server came back, or they were never here. */
function presenceOf(lesson: OpenedLesson, { userId }: Student): JsonObject {
  const attendance = attendanceOf(lesson, userId);
  if (attendance === null) return { state: "away", devices: 0, since: null };
  const devices = deviceCount(attendance);
  const hiddenMs = hiddenSinceMs(attendance);
  const state = devices === 0 ? "gone" : hiddenMs === null ? "here" : "background";
  return { state, devices, since: iso(hiddenMs ?? attendance.sinceMs) };
}

function workData({ work }: Student): Json {
  if (work === null) return null;
  const { sessionId, status, item, progress, answered, correct, behaviour, suggestion } = work;
  return {
    session_id: sessionId,
    status,
    item_id: item?.itemId ?? null,
    item_since: iso(item?.servedAtMs ?? null),
    progress,
    answered,
    correct,
    behaviour: behaviour.map(({ kind, sinceMs, says }) => ({ kind, since: iso(sinceMs), says })),
    suggestion,
  };
}

/** The mean change of the skills that moved in this lesson; null when none has. */
function masteryChange({ mastery }: Student): number | null {
  const spans = Object.values(mastery);
  if (spans.length === 0) return null;
  return roundShare(spans.reduce((sum, { first, now }) => sum + now - first, 0) / spans.length);
}

/** One student as the staff see them. How a face looked is not among it: a lesson is never told. */
export function studentRow(lesson: OpenedLesson, student: Student): JsonObject {
  const { userId, name, admission, sinceMs, handSinceMs, answered, correct, points, timeMultiplier } = student;
  const { question } = lesson;
  return {
    user_id: userId,
    name,
    admission,
    since: iso(sinceMs),
    presence: presenceOf(lesson, student),
    hand_since: iso(handSinceMs),
    time_multiplier: timeMultiplier,
    has_answered: question !== null && Object.hasOwn(question.answers, userId),
    answered,
    correct,
    points: roundShare(points),
    skills: Object.fromEntries(
      Object.entries(student.skills).map(([skill, count]) => [skill, [count.answered, count.correct]]),
    ),
    mastery: Object.fromEntries(Object.entries(student.mastery).map(([skill, { now }]) => [skill, now])),
    mastery_change: masteryChange(student),
    work: workData(student),
  };
}

/** The question with how the class has answered so far; what was right only once pens are down. */
export function questionForStaff(lesson: OpenedLesson): Json {
  const { question } = lesson;
  if (question === null) return null;
  const isShut = question.step.kind === "down" || question.step.kind === "revealed";
  const present = Object.keys(lesson.students).filter((userId) => isHere(lesson, userId));
  return {
    ...questionData(lesson, question, { kind: "teacher" }),
    answered: Object.keys(question.answers).length,
    present: present.length,
    answers: isShut ? answersData(answerCounts(question, question.answers), { kind: "teacher" }) : null,
    first_votes: isShut && question.firstVotes !== null
      ? answersData(answerCounts(question, countingAnswers(question)), { kind: "teacher" })
      : null,
  };
}

export function needsData(lesson: OpenedLesson, nowMs: number): Json {
  return helpQueue(lesson, nowMs).map(({ userId, kind, sinceMs, evidence, move }) => ({
    user_id: userId,
    kind,
    since: iso(sinceMs),
    evidence,
    move,
  }));
}

/** One skill of the class's heat map: right answers in this lesson, and the mean mastery of those whose it moved. */
export function skillData(skillId: string, { answered, correct, known, masterySum }: ClassSkill): JsonObject {
  return {
    skill_id: skillId,
    answered,
    correct,
    learners: known,
    mastery_mean: known === 0 ? null : roundShare(masterySum / known),
  };
}

export function wrongData({ itemId, group, words, count, userIds }: WrongAnswer): JsonObject {
  return { item_id: itemId, group, answer: words, count, user_ids: userIds };
}

export function wrongShown({ wrongAnswers }: OpenedLesson): readonly WrongAnswer[] {
  return [...wrongAnswers].sort((a, b) => b.count - a.count).slice(0, WRONG_SHOWN);
}

/** Who teaches the lesson, and who of them is here. */
export function staffData(lesson: OpenedLesson): Json {
  return Object.entries(lesson.staff).map(([userId, { name, part }]) => ({
    user_id: userId,
    name,
    part,
    here: isHere(lesson, userId),
  }));
}

/** What only the staff see of the whole. */
export function staffView(lesson: OpenedLesson, nowMs: number): JsonObject {
  const { students, asked, skills, notices } = lesson;
  return {
    question: questionForStaff(lesson),
    breakouts: breakoutsForStaff(lesson),
    asked: asked === null ? null : { item_id: asked.itemId, purpose: asked.purpose, limit_ms: asked.limitMs },
    staff: staffData(lesson),
    students: Object.values(students).map((student) => studentRow(lesson, student)),
    help: needsData(lesson, nowMs),
    skills: Object.entries(skills).map(([skillId, skill]) => skillData(skillId, skill)),
    wrong_answers: wrongShown(lesson).map(wrongData),
    messages: notices.map(({ number, userId, text, by, atMs }) => ({
      message: number,
      user_id: userId,
      text,
      by,
      at: iso(atMs),
    })),
  };
}
