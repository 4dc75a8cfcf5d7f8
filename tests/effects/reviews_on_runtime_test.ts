/** Due reviews on the real runtime: the timer outlives the process, fires once, and leaves who stays away alone. */
import assert from "node:assert/strict";
import type { Broadcast } from "../../src/actors/envelope.ts";
import { addressOf } from "../../src/domain/address.ts";
import { learnerAddress } from "../../src/domain/learner/messages.ts";
import { chainCourse } from "../domain/adaptive/practice_course.ts";
import { factOf } from "../domain/learner/learner_run.ts";
import { ADA, LessonWorld } from "./lesson_world.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const ADDRESS = learnerAddress("ada");

/** The process dies and comes back when `days` have passed. */
async function away(world: LessonWorld, days: number): Promise<void> {
  world.kill();
  const backAtMs = world.time.nowMs() + days * DAY_MS;
  world.time.in(days * DAY_MS, () => {});
  await world.until(() => world.time.nowMs() >= backAtMs);
  await world.start();
}

async function heardOf(world: LessonWorld): Promise<Broadcast[]> {
  const heard: Broadcast[] = [];
  const watcher = { deliver: (broadcast: Broadcast) => void heard.push(broadcast), lost: () => {} };
  const outcome = await world.settled(world.registry.watch(ADDRESS, ADA, { epoch: 1, seq: 1 }, watcher));
  if (outcome.kind === "resumed") heard.push(...outcome.missed);
  return heard;
}

Deno.test("[F3] [T1] a review that falls due while the process is away is told once when it is back, and never again", async () => {
  const world = new LessonWorld(chainCourse(["a"], 1, "fresh"));
  await world.start();
  const answer = factOf("algebra", world.time.nowMs());
  const origin = { kind: "actor", sender: addressOf("session", "s1"), seq: 1 } as const;
  await world.settled(world.registry.tell(ADDRESS, { type: "record_answer", answer }, { commandId: "a1", origin }));
  assert.deepEqual(world.store.tables.timersOf(ADDRESS).map(({ name }) => name), ["reviews"]);
  await away(world, 3);
  const heard = await heardOf(world);
  await world.until(() => world.store.tables.timersOf(ADDRESS).length === 0);
  await world.until(() => heard.some(({ type }) => type === "reviews_due"));
  assert.deepEqual(heard.filter(({ type }) => type === "reviews_due").map(({ data }) => data), [
    { courses: [{ course_id: "algebra", due: 1, skills: ["x"] }] },
  ]);
  await away(world, 60);
  const since = await heardOf(world);
  const backAtMs = world.time.nowMs();
  await world.until(() => world.time.nowMs() > backAtMs + HOUR_MS);
  assert.equal(since.filter(({ type }) => type === "reviews_due").length, 1);
  assert.deepEqual(world.store.tables.timersOf(ADDRESS), []);
});
