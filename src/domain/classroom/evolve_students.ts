/** How events change what a lesson knows of each student, and of the class's skills. */
import type { EventPlace } from "../aggregate.ts";
import { entryOf } from "../entry_of.ts";
import type { ClassroomEvent } from "./events.ts";
import { SKILLS_MAX, WRONG_ANSWERS_MAX } from "./limits.ts";
import { ROSTER_MAX, type RosterEntry } from "./roster.ts";
import type { ClassSkill, OpenedLesson, SkillCount, Staff, Student, WrongAnswer } from "./state.ts";
import type { ProgressAnswer } from "./student_progress.ts";
import { withinBound } from "../within_bound.ts";

type EventOf<Type extends ClassroomEvent["type"]> = Extract<ClassroomEvent, { type: Type }>;

const NO_ANSWERS: SkillCount = { answered: 0, correct: 0 };
const NOTHING_KNOWN: ClassSkill = { ...NO_ANSWERS, known: 0, masterySum: 0 };
/** Learners named with a wrong answer; all are counted. */
const NAMED_MAX = 50;

function studentOf(entry: RosterEntry, before: Student | null): Student {
  const { userId, name, timeMultiplier, onLeaderboards } = entry;
  const kept = before ?? {
    admission: "expected" as const,
    sinceMs: null,
    handSinceMs: null,
    answered: 0,
    correct: 0,
    points: 0,
    wrongInARow: 0,
    skills: {},
    mastery: {},
    work: null,
  };
  return { ...kept, userId, name, timeMultiplier, onLeaderboards };
}

type People = Pick<OpenedLesson, "staff" | "students" | "departed">;

/** The lesson's people once `upserted` have come or changed and `removed` have left. Who comes again is as they were. */
export function withRoster(
  { staff, students, departed }: People,
  { upserted, removed }: Pick<EventOf<"roster_changed">, "upserted" | "removed">,
): People {
  const gone = new Set(removed);
  const teaching = new Map<string, Staff>(Object.entries(staff).filter(([id]) => !gone.has(id)));
  const learning = new Map<string, Student>(Object.entries(students).filter(([id]) => !gone.has(id)));
  for (const entry of upserted) {
    const { userId, name, part } = entry;
    if (part === "student") {
      teaching.delete(userId);
      learning.set(userId, studentOf(entry, entryOf(students, userId) ?? entryOf(departed, userId)));
    } else {
      learning.delete(userId);
      teaching.set(userId, { name, part });
    }
  }
  const leaving = Object.entries(students).map(([id, one]) => [id, { ...one, handSinceMs: null }] as const);
  const away = [...Object.entries(departed), ...leaving].filter(([id]) => !learning.has(id)).slice(-ROSTER_MAX);
  return {
    staff: Object.fromEntries(teaching),
    students: Object.fromEntries(learning),
    departed: Object.fromEntries(away),
  };
}

/** One student changed; somebody who is not in the lesson any more changes nothing. */
export function withStudent(
  lesson: OpenedLesson,
  userId: string,
  change: (student: Student) => Student,
): OpenedLesson {
  const student = entryOf(lesson.students, userId);
  if (student === null) return lesson;
  return { ...lesson, students: { ...lesson.students, [userId]: change(student) } };
}

/** They are in the lesson; `sinceMs` is when they first came. */
export function entered(student: Student, atMs: number): Student {
  return student.admission === "admitted" && student.sinceMs !== null
    ? student
    : { ...student, admission: "admitted", sinceMs: atMs };
}

/** Let in: those who wait come in now, the others once they come. */
export function withAdmitted(
  lesson: OpenedLesson,
  userIds: readonly string[],
  { atMs }: EventPlace,
): OpenedLesson {
  const admit = (reached: OpenedLesson, userId: string) =>
    withStudent(reached, userId, (student) => ({
      ...student,
      admission: "admitted",
      sinceMs: student.admission === "waiting" ? atMs : student.sinceMs,
    }));
  return userIds.reduce(admit, lesson);
}

function counted({ answered, correct }: SkillCount, isRight: boolean): SkillCount {
  return { answered: answered + 1, correct: correct + (isRight ? 1 : 0) };
}

/** One more answer on each of `skills`, in what is kept of one learner. */
export function withSkillAnswers(
  counts: { readonly [skillId: string]: SkillCount },
  skills: readonly string[],
  isRight: boolean,
): { readonly [skillId: string]: SkillCount } {
  const after = { ...counts };
  for (const skill of skills) after[skill] = counted(entryOf(after, skill) ?? NO_ANSWERS, isRight);
  return after;
}

/** The same in the class's; beyond the bound further skills are not counted. */
export function withClassAnswers(
  counts: OpenedLesson["skills"],
  skills: readonly string[],
  isRight: boolean,
): OpenedLesson["skills"] {
  const after = { ...counts };
  for (const skill of skills) {
    const before = entryOf(after, skill);
    if (before === null && Object.keys(after).length >= SKILLS_MAX) continue;
    after[skill] = { ...before ?? NOTHING_KNOWN, ...counted(before ?? NO_ANSWERS, isRight) };
  }
  return after;
}

/** One more learner with this wrong answer; beyond the bound the rarest are let go. */
export function withWrongAnswer(
  known: readonly WrongAnswer[],
  userId: string,
  itemId: string,
  { group, words }: { readonly group: string; readonly words: string },
): readonly WrongAnswer[] {
  const at = known.findIndex((one) => one.itemId === itemId && one.group === group);
  const before = known[at] ?? { itemId, group, words, count: 0, userIds: [] };
  const userIds = [...before.userIds.filter((id) => id !== userId), userId].slice(-NAMED_MAX);
  const after = { ...before, count: before.count + 1, userIds };
  if (at >= 0) return known.with(at, after);
  return withinBound([...known, after], WRONG_ANSWERS_MAX, ({ count }) => count);
}

function withProgressAnswer(lesson: OpenedLesson, userId: string, answer: ProgressAnswer): OpenedLesson {
  const { itemId, skills, correct, wrong } = answer;
  const known = withStudent(lesson, userId, (student) => ({
    ...student,
    skills: withSkillAnswers(student.skills, skills, correct),
  }));
  return {
    ...known,
    skills: withClassAnswers(lesson.skills, skills, correct),
    wrongAnswers: wrong === null ? lesson.wrongAnswers : withWrongAnswer(lesson.wrongAnswers, userId, itemId, wrong),
  };
}

/** What a learner's session has told. */
export function withProgress(
  lesson: OpenedLesson,
  { userId, progress }: EventOf<"student_progressed">,
  { atMs }: EventPlace,
): OpenedLesson {
  if (!Object.hasOwn(lesson.students, userId)) return lesson;
  const told = withStudent(lesson, userId, (student) => ({ ...entered(student, atMs), work: progress }));
  return progress.answer === null ? told : withProgressAnswer(told, userId, progress.answer);
}

/** A learner's mastery has moved: the class's mean with it. */
export function withMastery(lesson: OpenedLesson, { userId, skills }: EventOf<"mastery_moved">): OpenedLesson {
  const student = entryOf(lesson.students, userId);
  if (student === null) return lesson;
  const mastery = { ...student.mastery };
  const classSkills = { ...lesson.skills };
  for (const { skillId, before, after } of skills) {
    const span = entryOf(mastery, skillId);
    const total = entryOf(classSkills, skillId);
    if (span === null && Object.keys(mastery).length >= SKILLS_MAX) continue;
    mastery[skillId] = { first: span?.first ?? before, now: after };
    if (total === null) continue;
    const known = total.known + (span === null ? 1 : 0);
    classSkills[skillId] = { ...total, known, masterySum: total.masterySum - (span?.now ?? 0) + after };
  }
  return { ...withStudent(lesson, userId, (one) => ({ ...one, mastery })), skills: classSkills };
}
