/** When what a learner remembers is due to be refreshed, and when they are told so. */
import type { DueReview } from "../adaptive/due_review.ts";
import { dueAtMsOf, retrievabilityAt, SITTING_S_MAX } from "./card.ts";
import { entryOf } from "../entry_of.ts";
import type { CourseMemory, Remembered } from "./course_memory.ts";

/** By course id. */
export interface LearnerMemory {
  readonly [courseId: string]: CourseMemory;
}

/** One card as its learner sees it. */
export interface Review {
  readonly courseId: string;
  readonly kind: "skill" | "item";
  readonly id: string;
  readonly dueAtMs: number;
  /** Probability that it is still remembered, 0 to 1. */
  readonly retrievability: number;
}

/** That reviews of a course are due, as it is told to the learner. */
export interface ReviewNotice {
  readonly courseId: string;
  readonly due: number;
  /** Most overdue first, at most {@link SKILLS_TOLD_MAX}. */
  readonly skills: readonly string[];
}

const SKILLS_TOLD_MAX = 10;
const HOUR_MS = 3_600_000;
/** A course's learner is told at most once in this time. */
const NOTICE_EVERY_MS = 24 * HOUR_MS;

function soonestFirst(a: { readonly dueAtMs: number }, b: { readonly dueAtMs: number }): number {
  return a.dueAtMs - b.dueAtMs;
}

/** The course's skills whose review is due at `nowMs`, most overdue first. */
export function dueReviews(memory: LearnerMemory, courseId: string, nowMs: number): readonly DueReview[] {
  const skills = entryOf(memory, courseId)?.skills ?? [];
  return skills
    .map(({ id, card }) => ({ skillId: id, card, dueAtMs: dueAtMsOf(card) }))
    .filter(({ dueAtMs }) => dueAtMs <= nowMs)
    .sort(soonestFirst)
    .map(({ skillId, card, dueAtMs }) => ({ skillId, retrievability: retrievabilityAt(card, nowMs), dueAtMs }));
}

/** Every card of every course, due and coming, soonest first; equal times in the order of their names. */
export function reviewsOf(memory: LearnerMemory, nowMs: number): readonly Review[] {
  const reviewOf = (courseId: string, kind: Review["kind"], { id, card }: Remembered): Review => ({
    courseId,
    kind,
    id,
    dueAtMs: dueAtMsOf(card),
    retrievability: retrievabilityAt(card, nowMs),
  });
  const reviews = Object.entries(memory).flatMap(([courseId, { skills, items }]) => [
    ...skills.map((skill) => reviewOf(courseId, "skill", skill)),
    ...items.map((item) => reviewOf(courseId, "item", item)),
  ]);
  return reviews.sort((a, b) => soonestFirst(a, b) || (reviewName(a) < reviewName(b) ? -1 : 1));
}

/** A review's place among those due at the same time; unique, since no id holds a slash. */
export function reviewName({ courseId, kind, id }: Review): string {
  return `${courseId}/${kind}/${id}`;
}

/**
 * When the course's learner is to be told, on the hour: a review is due, the sitting is over, the last notice is a day
 * ago. Null when nothing waits, and after a notice until the learner has answered again: who stays away is left alone.
 */
function courseNoticeMs({ skills, lastAnswerAtMs, toldAtMs }: CourseMemory): number | null {
  if (skills.length === 0 || (toldAtMs !== null && toldAtMs >= lastAnswerAtMs)) return null;
  const firstDueMs = skills.reduce((first, { card }) => Math.min(first, dueAtMsOf(card)), Number.POSITIVE_INFINITY);
  const afterSittingMs = lastAnswerAtMs + SITTING_S_MAX * 1000;
  const afterNoticeMs = toldAtMs === null ? 0 : toldAtMs + NOTICE_EVERY_MS;
  return Math.ceil(Math.max(firstDueMs, afterSittingMs, afterNoticeMs) / HOUR_MS) * HOUR_MS;
}

/** The next time at which {@link noticesAt} has something to tell; null when the learner has to answer first. */
export function nextNoticeMs(memory: LearnerMemory): number | null {
  const times = Object.values(memory).flatMap((course) => courseNoticeMs(course) ?? []);
  return times.length === 0 ? null : times.reduce((next, time) => Math.min(next, time));
}

/** What is to be told at `nowMs`; empty when it is too soon. */
export function noticesAt(memory: LearnerMemory, nowMs: number): readonly ReviewNotice[] {
  return Object.entries(memory).flatMap(([courseId, course]): ReviewNotice[] => {
    const noticeMs = courseNoticeMs(course);
    if (noticeMs === null || noticeMs > nowMs) return [];
    const due = dueReviews(memory, courseId, nowMs);
    return [{ courseId, due: due.length, skills: due.slice(0, SKILLS_TOLD_MAX).map(({ skillId }) => skillId) }];
  });
}

/** The memory once the learner was told `notices` at `toldAtMs`. */
export function withNoticesTold(
  memory: LearnerMemory,
  notices: readonly ReviewNotice[],
  toldAtMs: number,
): LearnerMemory {
  const told = notices.flatMap(({ courseId }): [string, CourseMemory][] => {
    const course = entryOf(memory, courseId);
    return course === null ? [] : [[courseId, { ...course, toldAtMs }]];
  });
  return { ...memory, ...Object.fromEntries(told) };
}
