/** What a lesson's teachers are told of the class between two looks: only what changed, however many answered. */
import type { Digest, Projection } from "../aggregate.ts";
import { entryOf } from "../entry_of.ts";
import type { Json } from "../json.ts";
import { breakoutsChanged } from "./breakouts_view.ts";
import type { ClassroomState, OpenedLesson } from "./state.ts";
import {
  needsData,
  questionForStaff,
  skillData,
  staffData,
  studentRow,
  wrongData,
  wrongShown,
} from "./teacher_view.ts";

/** At most four a second. */
const DIGEST_MS = 250;
/** Who has been away, silent or alone for long enough is known by the clock alone. */
const AGAIN_MS = 5_000;

/** Rows of students of whom something is new; answering the question counts, since the row says so. */
function changedRows(before: OpenedLesson, after: OpenedLesson): readonly Json[] {
  const answeredBefore = before.question?.answers ?? {};
  const answeredAfter = after.question?.answers ?? {};
  const isNewQuestion = before.question?.number !== after.question?.number;
  return Object.values(after.students)
    .filter((student) => {
      const { userId } = student;
      return before.students[userId] !== student ||
        before.attendance[userId] !== after.attendance[userId] ||
        (isNewQuestion
          ? Object.hasOwn(answeredBefore, userId) || Object.hasOwn(answeredAfter, userId)
          : Object.hasOwn(answeredBefore, userId) !== Object.hasOwn(answeredAfter, userId));
    })
    .map((student) => studentRow(after, student));
}

function goneIds(before: OpenedLesson, after: OpenedLesson): readonly string[] {
  if (before.students === after.students) return [];
  return Object.keys(before.students).filter((userId) => !Object.hasOwn(after.students, userId));
}

function changedSkills(before: OpenedLesson, after: OpenedLesson): readonly Json[] {
  if (before.skills === after.skills) return [];
  return Object.entries(after.skills)
    .filter(([skillId, skill]) => entryOf(before.skills, skillId) !== skill)
    .map(([skillId, skill]) => skillData(skillId, skill));
}

/** Both were made by the same code, so equal texts are equal data. */
function isSame(a: Json, b: Json): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The members that changed; a list that stands for a whole, such as `help`, replaces the one before. */
function difference(
  before: OpenedLesson,
  after: OpenedLesson,
  nowMs: number,
  beforeMs: number,
): { readonly [key: string]: Json } {
  const students = changedRows(before, after);
  const gone = goneIds(before, after);
  const skills = changedSkills(before, after);
  const question = questionForStaff(after);
  const breakouts = breakoutsChanged(before, after);
  const help = needsData(after, nowMs);
  const staff = staffData(after);
  return {
    ...students.length === 0 ? {} : { students },
    ...gone.length === 0 ? {} : { gone },
    ...skills.length === 0 ? {} : { skills },
    ...isSame(question, questionForStaff(before)) ? {} : { question },
    ...breakouts === null ? {} : { breakouts },
    ...isSame(staff, staffData(before)) ? {} : { staff },
    ...isSame(help, needsData(before, beforeMs)) ? {} : { help },
    ...before.wrongAnswers === after.wrongAnswers ? {} : { wrong_answers: wrongShown(after).map(wrongData) },
  };
}

export const classDigest: Digest<ClassroomState> = {
  everyMs: DIGEST_MS,
  againMs: AGAIN_MS,
  tells: (audience) => audience === "teacher",
  of(before, after, _audience, nowMs, beforeMs): Projection | null {
    if (before.status === "not_opened" || after.status === "not_opened") return null;
    const data = difference(before, after, nowMs, beforeMs);
    return Object.keys(data).length === 0 ? null : { type: "class_update", data };
  },
};
