/** Reads what was known of an item for learners who have answered it, as a choice for each of them would have. */
import { encodeCandidates, knowledgeBasis, sightingOf } from "../domain/adaptive/knowledge_basis.ts";
import type { Sighting } from "../domain/adaptive/sighting.ts";
import type { Course, Item } from "../domain/curriculum/course.ts";
import { entryOf } from "../domain/entry_of.ts";
import type { ChoiceSources } from "./choice_basis.ts";

/** Learners read at a time. */
const READS_AT_ONCE_MAX = 16;

type SightingSources = Pick<ChoiceSources, "courseById" | "statisticsOf" | "readLearner" | "nowMs">;

export interface SightedAnswers {
  readonly courseId: string;
  readonly itemId: string;
  readonly userIds: readonly string[];
}

async function sightingFor(
  sources: SightingSources,
  course: Course,
  item: Item,
  userId: string,
): Promise<Sighting | null> {
  const [published, reading] = await Promise.all([sources.statisticsOf(course), sources.readLearner(userId)]);
  if (published === null || reading === null) return null;
  const known = entryOf(reading.learner.courses, course.id);
  const basis = knowledgeBasis(known, published, course, []);
  return sightingOf(basis, encodeCandidates(basis, [item], sources.nowMs()), 0);
}

/** By learner; null where it could not be read, none at all where course or item are not there any more. */
export async function sightAnswers(
  sources: SightingSources,
  { courseId, itemId, userIds }: SightedAnswers,
  signal: AbortSignal,
): Promise<{ readonly [userId: string]: Sighting | null }> {
  const edition = await sources.courseById(courseId);
  const item = edition?.course.items.find(({ id }) => id === itemId);
  const sightings: Record<string, Sighting | null> = {};
  if (edition === null || item === undefined) return sightings;
  for (let from = 0; from < userIds.length; from += READS_AT_ONCE_MAX) {
    signal.throwIfAborted();
    const some = userIds.slice(from, from + READS_AT_ONCE_MAX);
    const found = await Promise.all(some.map((userId) => sightingFor(sources, edition.course, item, userId)));
    some.forEach((userId, i) => sightings[userId] = found[i] ?? null);
  }
  return sightings;
}
