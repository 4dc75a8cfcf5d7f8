/** A learner's reviews, due and coming, a page at a time. */
import { ENGINE } from "../domain/engine.ts";
import { learnerAddress } from "../domain/learner/messages.ts";
import { type Review, reviewName, reviewsOf } from "../domain/memory/review_schedule.ts";
import { requireRead } from "./actor_answers.ts";
import type { ActorDoor } from "./actor_door.ts";
import { requireLearner } from "./learner_profiles.ts";
import type { Page } from "./ports.ts";
import { problem } from "./problem.ts";

/** Which of a learner's reviews are asked for. */
export interface ReviewWish {
  readonly learnerId: string;
  /** Null for all. */
  readonly courseId: string | null;
  readonly kind: Review["kind"];
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
 * The reviews at `nowMs`, soonest due first. One that is answered between two pages moves to its new time; the others
 * stay where they are.
 */
export async function reviewPage(
  actors: ActorDoor,
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
  const rows = reviews.slice(0, limit);
  const last = rows.at(-1);
  return { rows, next: last !== undefined && reviews.length > limit ? `${last.dueAtMs}~${reviewName(last)}` : null };
}
