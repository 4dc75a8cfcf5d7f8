/** Statistics for choices: fresh enough, shared while they are read, and never without an item of the course. */
import assert from "node:assert/strict";
import type { Course } from "../../src/domain/curriculum/course.ts";
import { course as aggregate } from "../../src/domain/course/aggregate.ts";
import type { ListedItem } from "../../src/domain/course/messages.ts";
import type { CourseState } from "../../src/domain/course/state.ts";
import type { Json } from "../../src/domain/json.ts";
import { type CourseDoor, STATISTICS_AGE_MS_MAX, StatisticsCache } from "../../src/effects/statistics_cache.ts";
import { chainCourse } from "../domain/adaptive/practice_course.ts";

/** A course's actor without the runtime around it. */
class CourseBehindDoor implements CourseDoor {
  reads = 0;
  isReachable = true;
  takesItems = true;
  state: CourseState = aggregate.initial("chain");

  read(): Promise<Json | null> {
    this.reads++;
    return Promise.resolve(this.isReachable ? aggregate.view(this.state, "engine", 0) : null);
  }

  list(_courseId: string, items: readonly ListedItem[]): Promise<boolean> {
    if (!this.takesItems) return Promise.resolve(this.takesItems);
    const place = { seq: this.state.version + 1, atMs: 1 };
    this.state = aggregate.evolve(this.state, { type: "items_listed", items }, place);
    return Promise.resolve(this.takesItems);
  }
}

const COURSE = chainCourse(["a"], 1, "fresh");

function cached(door: CourseDoor) {
  const clock = { nowMs: 0 };
  return { clock, cache: new StatisticsCache(door, () => clock.nowMs) };
}

Deno.test("[StatisticsCache] a course not met before is listed; then every item has its place", async () => {
  const door = new CourseBehindDoor();
  const { cache } = cached(door);
  const published = await cache.of(COURSE);
  assert.equal(published?.version, 1);
  for (const item of COURSE.items) assert.ok(published?.placeOf(item));
});

Deno.test("[B3] those who ask at once share a read, those who ask within the age share what it brought", async () => {
  const door = new CourseBehindDoor();
  const { cache, clock } = cached(door);
  await Promise.all([cache.of(COURSE), cache.of(COURSE), cache.of(COURSE)]);
  clock.nowMs = STATISTICS_AGE_MS_MAX - 1;
  await cache.of(COURSE);
  assert.equal(door.reads, 2, "one before listing, one after");
  clock.nowMs = STATISTICS_AGE_MS_MAX;
  await cache.of(COURSE);
  assert.equal(door.reads, 3);
});

Deno.test("[StatisticsCache] a new edition is not answered from the old one's statistics", async () => {
  const { cache } = cached(new CourseBehindDoor());
  await cache.of(COURSE);
  const edition: Course = chainCourse(["a", "b"], 1, "fresh");
  const published = await cache.of(edition);
  for (const item of edition.items) assert.ok(published?.placeOf(item), item.id);
});

Deno.test("[StatisticsCache] while the actor cannot be read old statistics stand in, where there are none nothing does", async () => {
  const door = new CourseBehindDoor();
  const { cache, clock } = cached(door);
  door.isReachable = false;
  assert.equal(await cache.of(COURSE), null);
  door.isReachable = true;
  door.takesItems = false;
  assert.equal(await cache.of(COURSE), null);
  door.takesItems = true;
  const published = await cache.of(COURSE);
  assert.ok(published);
  door.isReachable = false;
  clock.nowMs = STATISTICS_AGE_MS_MAX * 10;
  assert.equal(await cache.of(COURSE), published);
});
