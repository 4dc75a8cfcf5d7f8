/** A learner's reviews, due and coming, a page at a time. */
import { ENGINE } from "../domain/engine.ts";
import { learnerAddress } from "../domain/learner/messages.ts";
import { type Review, reviewName, reviewsOf } from "../domain/memory/review_schedule.ts";
import { requireRead } from "./actor_answers.ts";
import type { ActorDoor } from "./actor_door.ts";
import { requireLearner } from "./learner_profiles.ts";
import type { Courses, Page } from "./ports.ts";
import { problem } from "./problem.ts";

/** Which of a learner's reviews are asked for. */
export interface ReviewWish {
  readonly learnerId: string;
  /** Null for all. */
  readonly courseId: string | null;
  readonly kind: Review["kind"];
}

export interface ReviewSources {
  readonly actors: ActorDoor;
  readonly courses: Pick<Courses, "byId">;
}

/** Tells whether a review is of something that its course has today; each course is looked up once. */
function taughtBy(courses: Pick<Courses, "byId">): (review: Review) => Promise<boolean> {
  const taught = new Map<string, ReadonlySet<string>>();
  const namesIn = async (courseId: string): Promise<ReadonlySet<string>> => {
    const course = (await courses.byId(courseId))?.course;
    if (course === undefined) return new Set();
    return new Set([...course.skills.map(({ id }) => `skill/${id}`), ...course.items.map(({ id }) => `item/${id}`)]);
  };
  return async ({ courseId, kind, id }) => {
    const names = taught.get(courseId) ?? await namesIn(courseId);
    taught.set(courseId, names);
    return names.has(`${kind}/${id}`);
  };
}

/** Where the last review of a page stands: its time, then its name. */
const CURSOR = /^(\d{1,16})~([A-Za-z0-9_.-]{1,64}\/(?:skill|item)\/[A-Za-z0-9_.-]{1,64})$/;

function isAfter(cursor: string): (review: Review) => boolean {
  const [, time, name] = cursor.match(CURSOR) ?? [];
  if (time === undefined || name === undefined) {
    throw problem("validation_failed", "Take the cursor from `next` of the page before.", {
      errors: [{ path: "cursor", message: "is none of this list's" }],
    });
  }
  const dueAtMs = Number(time);
  return (review) => review.dueAtMs > dueAtMs || (review.dueAtMs === dueAtMs && reviewName(review) > name);
}

/**
 * The reviews at `nowMs` of what the courses still have, soonest due first. One that is answered between two pages moves to its new time; the others
 * stay where they are.
 */
export async function reviewPage(
  { actors, courses }: ReviewSources,
  { learnerId, courseId, kind }: ReviewWish,
  nowMs: number,
  cursor: string | null,
  limit: number,
): Promise<Page<Review>> {
  const isNext = cursor === null ? () => true : isAfter(cursor);
  const { memory } = requireLearner(requireRead(await actors.read(learnerAddress(learnerId), ENGINE)));
  const reviews = reviewsOf(memory, nowMs).filter((review) =>
    review.kind === kind && (courseId === null || review.courseId === courseId) && isNext(review)
  );
  const isTaught = taughtBy(courses);
  const rows: Review[] = [];
  for (const review of reviews) {
    if (!await isTaught(review)) continue;
    const last = rows.at(-1);
    if (last !== undefined && rows.length === limit) return { rows, next: `${last.dueAtMs}~${reviewName(last)}` };
    rows.push(review);
  }
  return { rows, next: null };
}
