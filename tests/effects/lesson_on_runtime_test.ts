/** A lesson on the real runtime: choice, answer and knowledge go round, and a crash in between loses nothing. */
import assert from "node:assert/strict";
import { learnerAddress } from "../../src/domain/learner/messages.ts";
import { IDLE_MS_MAX } from "../../src/domain/session/limits.ts";
import { sessionAddress } from "../../src/domain/session/messages.ts";
import { chainCourse } from "../domain/adaptive/practice_course.ts";
import { PLAN } from "../domain/session/session_run.ts";
import { LessonWorld } from "./lesson_world.ts";

const COURSE = chainCourse(["a", "b"], 3, "fresh");
const CREATE = { type: "create", plan: { ...PLAN, courseId: COURSE.id, targetItems: 6 } } as const;
const GUESS = { kind: "number", value: 50, unit: null } as const;

Deno.test("[E1] [E6] [X2] a session runs to its target on the runtime, and the learner knows every answer once", async () => {
  const world = new LessonWorld(COURSE);
  await world.start();
  assert.equal((await world.tell("s1", CREATE)).kind, "done");
  await world.watch("s1");
  for (let answers = 0; answers < 6; answers++) {
    const { item_ref } = await world.openItem("s1");
    assert.equal((await world.tell("s1", { type: "answer", item: item_ref, response: GUESS })).kind, "done");
  }
  const view = await world.read(sessionAddress("s1"));
  assert.deepEqual([view.status, view.progress], ["completed", 1]);
  const types = world.heard.map(({ type }) => type);
  assert.equal(types.filter((type) => type === "answered").length, 6);
  assert.equal(types.at(-1), "completed");
  await world.until(() => world.store.tables.pending("only", 10).length === 0);
  assert.equal((await world.read(learnerAddress("ada"))).answered, 6);
});

Deno.test("[S7] [X1] [X2] a process that dies at any moment leaves a session that goes on", async () => {
  const world = new LessonWorld(COURSE);
  await world.start();
  await world.tell("s1", CREATE);
  for (let answers = 0; answers < 6; answers++) {
    world.kill();
    await world.start();
    const { item_ref } = await world.openItem("s1");
    const answer = { type: "answer", item: item_ref, response: GUESS } as const;
    const first = await world.tell("s1", answer, `answer-${answers}`);
    world.kill();
    await world.start();
    const again = await world.tell("s1", answer, `answer-${answers}`);
    assert.ok(first.kind === "done" && again.kind === "done");
    assert.deepEqual([again.repeated, again.body], [true, first.body]);
  }
  const view = await world.read(sessionAddress("s1"));
  assert.deepEqual([view.status, view.performance_metrics.answered], ["completed", 6]);
  await world.until(() => world.store.tables.pending("only", 10).length === 0);
  assert.equal((await world.read(learnerAddress("ada"))).answered, 6);
});

Deno.test("[T1] [E5] the idle deadline survives a crash and pauses the session once", async () => {
  const world = new LessonWorld(COURSE);
  await world.start();
  await world.tell("s1", CREATE);
  await world.openItem("s1");
  world.kill();
  await world.start();
  const fromMs = world.time.nowMs();
  await world.until(() => world.time.nowMs() > fromMs + IDLE_MS_MAX + 60_000);
  const view = await world.read(sessionAddress("s1"));
  assert.deepEqual([view.status, view.pause_cause], ["paused", "idle"]);
  assert.deepEqual(world.store.tables.timersOf(sessionAddress("s1")), []);
  const resumed = await world.tell("s1", { type: "resume" });
  assert.equal(resumed.kind, "done");
});

Deno.test("[B3] a course that is gone is tried again, then the session pauses and can be resumed", async () => {
  const world = new LessonWorld(COURSE);
  await world.start();
  await world.tell("s1", { type: "create", plan: { ...PLAN, courseId: "gone" } });
  await world.watch("s1");
  await world.until(() => world.heard.some(({ type }) => type === "paused"));
  const view = await world.read(sessionAddress("s1"));
  assert.equal(view.pause_cause, "choice_failed");
});
