/** Courses and learners that no author meant: what becomes of a lesson, on the real runtime. */
import assert from "node:assert/strict";
import type { Course } from "../../src/domain/curriculum/course.ts";
import { learnerAddress } from "../../src/domain/learner/messages.ts";
import { HISTORY_MAX } from "../../src/domain/session/limits.ts";
import { sessionAddress } from "../../src/domain/session/messages.ts";
import { chainCourse } from "../domain/adaptive/practice_course.ts";
import { PLAN } from "../domain/session/session_run.ts";
import { LessonWorld } from "./lesson_world.ts";

/** To items of {@link chainCourse}: right where they are fixed, wrong where they are drawn. */
const ANSWER = { kind: "number", value: 2, unit: null } as const;

async function lessonIn(course: Course, topic: string | null, targetItems: number): Promise<LessonWorld> {
  const world = new LessonWorld(course);
  await world.start();
  const plan = { ...PLAN, courseId: course.id, topic, targetItems };
  assert.equal((await world.tell("s1", { type: "create", plan })).kind, "done");
  return world;
}

async function answerNext(world: LessonWorld): Promise<void> {
  const { item_ref } = await world.openItem("s1");
  assert.equal((await world.tell("s1", { type: "answer", item: item_ref, response: ANSWER })).kind, "done");
}

async function ended(world: LessonWorld) {
  await world.until(() => world.store.tables.pending("only", 10).length === 0);
  for (;;) {
    const view = await world.read(sessionAddress("s1"));
    if (view.status === "completed") return view;
    assert.ok(await world.time.step(), "the session does not end");
  }
}

Deno.test("[N12] a topic that the course does not have any more means the whole course", async () => {
  const world = await lessonIn(chainCourse(["a", "b"], 2, "fresh"), "gone", 3);
  for (let answers = 0; answers < 3; answers++) await answerNext(world);
  assert.equal((await ended(world)).completion_cause, "target_reached");
});

Deno.test("[N12] a session in a course without items ends at once and says so", async () => {
  const world = await lessonIn(chainCourse([], 0, "fixed"), null, 3);
  const { completion_cause, progress } = await ended(world);
  assert.deepEqual([completion_cause, progress], ["no_item_left", 0]);
});

Deno.test("[N12] prerequisites that go in a circle hold no lesson up, with a topic and without", async () => {
  const chain = chainCourse(["a", "b", "c"], 2, "fresh");
  const circle = {
    ...chain,
    skills: chain.skills.map((skill, i) => i === 0 ? { ...skill, prerequisites: ["c"] } : skill),
  };
  for (const topic of [null, "b"]) {
    const world = await lessonIn(circle, topic, 12);
    for (let answers = 0; answers < 12; answers++) await answerNext(world);
    assert.equal((await ended(world)).completion_cause, "target_reached");
  }
});

Deno.test("[N12] once every fixed item was answered right nothing is left, and the session ends", async () => {
  const world = await lessonIn(chainCourse(["a"], 1, "fixed"), null, 50);
  for (let answers = 0; answers < 5; answers++) await answerNext(world);
  const { completion_cause, performance_metrics } = await ended(world);
  assert.deepEqual([completion_cause, performance_metrics.answered], ["no_item_left", 5]);
});

Deno.test("[N12] a session longer than what it remembers of its items asks none again that was answered right", async () => {
  const skills = Array.from({ length: 11 }, (_, i) => `s${i}`);
  const course = chainCourse(skills, 1, "fixed");
  assert.ok(course.items.length > HISTORY_MAX);
  const world = await lessonIn(course, null, 500);
  for (let answers = 0; answers < course.items.length; answers++) await answerNext(world);
  const { completion_cause, performance_metrics } = await ended(world);
  assert.deepEqual([completion_cause, performance_metrics.correct], ["no_item_left", course.items.length]);
});

Deno.test("[N12] items that were all seen, and not all answered right, come again", async () => {
  const world = await lessonIn(chainCourse(["a"], 1, "fresh"), null, 20);
  for (let answers = 0; answers < 20; answers++) await answerNext(world);
  assert.equal((await ended(world)).performance_metrics.answered, 20);
});

Deno.test("[N12] a course and a skill named like a property of every object are taught like any other", async () => {
  const course = { ...chainCourse(["constructor", "b"], 2, "fresh"), id: "constructor" };
  const world = await lessonIn(course, null, 6);
  for (let answers = 0; answers < 6; answers++) await answerNext(world);
  const { performance_metrics } = await ended(world);
  assert.ok(Number.isInteger(performance_metrics.skills.constructor.answered));
  const learner = await world.read(learnerAddress("ada"));
  assert.equal(learner.answered, 6);
  for (const { ability } of Object.values<{ ability: number }>(learner.skills)) assert.ok(Number.isFinite(ability));
  const stored = await world.settled(world.store.journal.read(sessionAddress("s1"), 0, 500));
  const served = stored.filter(({ type }) => type === "item_served").map(({ body }) => Object(body).receipt);
  assert.ok(
    served.every(({ considered }) =>
      considered.every(({ probability }: { probability: unknown }) => typeof probability === "number")
    ),
  );
});
