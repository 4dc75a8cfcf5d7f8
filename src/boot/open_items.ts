/** What the lessons of a class ask now, read from the lessons themselves. */
import type { Registry } from "../actors/registry.ts";
import { keyOf, parseActorId } from "../domain/address.ts";
import { classroom } from "../domain/classroom/aggregate.ts";
import { classroomAddress } from "../domain/classroom/messages.ts";
import { openItemFromView } from "../domain/classroom/open_item.ts";
import { ENGINE } from "../domain/engine.ts";
import type { RoomSources } from "../effects/room_effects.ts";
import type { Listings } from "../http/ports.ts";

/** More lessons than this of one class are not under way at a time. */
const LESSONS_MAX = 100;

/** A lesson is listed and cannot be read. */
export class UnreadLessonError extends Error {
  override readonly name = "UnreadLessonError";
}

/** Ids of the class's lessons in which something may be asked. */
export async function lessonsUnderWay(listings: Pick<Listings, "list">, classId: string): Promise<readonly string[]> {
  const pages = await Promise.all(
    ["open", "running", "paused"].map((status) => listings.list(classId, classroom.kind, status, null, LESSONS_MAX)),
  );
  const actors = pages.flatMap(({ rows }) => rows.map(({ actor }) => parseActorId(actor)));
  return actors.flatMap((actor) => actor === null ? [] : [keyOf(actor)]);
}

/** Its function rejects with {@link UnreadLessonError} rather than miss a lesson. */
export function openItems(
  registry: () => Registry,
  underWay: (classId: string) => Promise<readonly string[]>,
): RoomSources["openItems"] {
  return async (classId, courseId) => {
    const items = (await underWay(classId)).map(async (lessonId) => {
      const outcome = await registry().read(classroomAddress(lessonId), ENGINE);
      if (outcome.kind !== "read") throw new UnreadLessonError(`lesson ${lessonId}: ${outcome.kind}`);
      return openItemFromView(outcome.state, courseId);
    });
    return (await Promise.all(items)).filter((itemId) => itemId !== null);
  };
}
