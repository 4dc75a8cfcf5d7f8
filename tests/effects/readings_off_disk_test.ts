/** What a face showed on the real runtime: it steers the lesson from memory, and the store never gets to hold it. */
import assert from "node:assert/strict";
import { type EmotionObservation, EMOTIONS } from "../../src/domain/affect/observation.ts";
import { session } from "../../src/domain/session/aggregate.ts";
import { learnerAddress } from "../../src/domain/learner/messages.ts";
import { sessionAddress } from "../../src/domain/session/messages.ts";
import { chainCourse } from "../domain/adaptive/practice_course.ts";
import { PLAN } from "../domain/session/session_run.ts";
import { LessonWorld } from "./lesson_world.ts";

const COURSE = chainCourse(["a", "b"], 3, "fresh");
const CREATE = { type: "create", plan: { ...PLAN, courseId: COURSE.id, targetItems: 6 } } as const;
const GUESS = { kind: "number", value: 50, unit: null } as const;
const S1 = sessionAddress("s1");

function sadFace(capturedAtMs: number): EmotionObservation {
  const probabilities = EMOTIONS.map((name) => name === "sad" ? 0.88 : 0.02);
  return {
    capturedAtMs,
    model: "test",
    source: "server",
    reading: { kind: "face", probabilities, confident: true, faces: 1 },
  };
}

/** A session whose camera saw `readings` faces, the last after an answer. */
async function watchedLesson(readings: number): Promise<LessonWorld> {
  const world = new LessonWorld(COURSE);
  await world.start();
  await world.tell("s1", CREATE);
  const { item_ref } = await world.openItem("s1");
  await world.tell("s1", { type: "answer", item: item_ref, response: GUESS });
  await world.openItem("s1");
  for (let i = 0; i < readings; i++) {
    const reply = await world.tell("s1", { type: "observe_emotion", observation: sadFace(i) });
    assert.equal(reply.kind, "done");
  }
  return world;
}

Deno.test("[M6] after readings and a drain nothing that is stored holds any of them", async () => {
  const world = await watchedLesson(8);
  assert.equal((await world.read(S1)).affect.readings, 8, "the lesson itself knows them");
  await world.settled(world.registry.drain(5_000));
  const { tables } = world.store;
  const snapshot = tables.load(S1);
  assert.ok(snapshot, "a drain stores a snapshot");
  assert.ok(snapshot.seq === tables.lastSeq(S1));
  for (const actor of tables.actors()) {
    const stored = JSON.stringify([tables.load(actor), tables.read(actor, 0, 1_000), tables.listingOf(actor)]);
    assert.doesNotMatch(stored, /probabilities|capturedAtMs/, actor);
  }
});

Deno.test("[S4] [M6] a session with readings comes back from its snapshot as from its journal, without them", async () => {
  const world = await watchedLesson(8);
  await world.settled(world.registry.drain(5_000));
  const { tables } = world.store;
  const whole = tables.read(S1, 0, 1_000).reduce(
    (state, { version, type, body, seq, atMs }) =>
      session.evolve(state, session.upcastEvent(version, type, body), { seq, atMs }),
    session.initial("s1"),
  );
  assert.deepEqual(Object(tables.load(S1)?.body).state, whole);
  world.kill();
  await world.start();
  const view = await world.read(S1);
  assert.deepEqual([view.status, view.affect], ["active", null]);
  await world.tell("s1", { type: "observe_emotion", observation: sadFace(9) });
  assert.equal((await world.read(S1)).affect.readings, 1);
});

/**
 * Three wrong answers, 25 s each, a frame a second with the camera on; suggestion `stopped` stopped, where one is named;
 * consent taken back, and a drain.
 */
async function strainedLesson(camera: "on" | "off", stopped: number | null): Promise<LessonWorld> {
  const world = new LessonWorld(COURSE);
  await world.start();
  await world.tell("s1", CREATE, "create");
  await world.watch("s1");
  for (let answers = 0; answers < 3; answers++) {
    const { item_ref } = await world.openItem("s1");
    for (let second = 0; second < 25; second++) {
      await world.settled(new Promise<void>((resolve) => world.time.in(1_000, resolve)));
      if (camera === "off") continue;
      await world.tell("s1", { type: "observe_emotion", observation: sadFace(world.time.nowMs()) });
    }
    await world.tell("s1", { type: "answer", item: item_ref, response: GUESS }, `answer-${answers}`);
  }
  await world.openItem("s1");
  if (stopped !== null) {
    const reply = await world.tell("s1", { type: "intervention_reply", id: stopped, reply: "stop" }, "stop");
    assert.equal(reply.kind, "done");
    await world.until(() => world.store.tables.read(learnerAddress("ada"), 0, 1_000).length > 0);
  }
  await world.tell("s1", { type: "forget_emotion" }, "forget");
  await world.settled(world.registry.drain(5_000));
  return world;
}

/** All that the store holds; ids that are drawn afresh in each process are told apart by nothing else. */
function stored({ store: { tables } }: LessonWorld): string {
  const rows = tables.actors().toSorted().map((actor) => [
    tables.load(actor),
    tables.read(actor, 0, 1_000),
    tables.listingOf(actor),
  ]);
  return JSON.stringify(rows).replaceAll(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g, "drawn");
}

Deno.test("[M6] [M25] a lesson in which a face called help stores what the same lesson without a camera stores", async () => {
  const [seen, unseen] = [await strainedLesson("on", null), await strainedLesson("off", null)];
  const told = seen.heard.filter(({ type }) => type === "intervention");
  assert.ok(told.length > 0, "the learner hears of it");
  assert.ok(JSON.stringify(told).includes("stress_level"), "and of the face's part in it");
  assert.equal(stored(seen), stored(unseen));
  assert.doesNotMatch(stored(seen), /camera|stress|hypothes|"valence"/);
  const id = Object(told[0]?.data).id;
  const [stopped, unasked] = [await strainedLesson("on", id), await strainedLesson("off", id)];
  assert.match(stored(stopped), /suggestions_stopped/);
  assert.equal(stored(stopped), stored(unasked), "a stop is taken and stored alike where no face called anything");
});

Deno.test("[M24] [X2] a stop in one session holds in the next, on the runtime", async () => {
  const world = new LessonWorld(COURSE);
  await world.start();
  await world.tell("s1", CREATE);
  for (let answers = 0; answers < 3; answers++) {
    const { item_ref } = await world.openItem("s1");
    await world.settled(new Promise<void>((resolve) => world.time.in(25_000, resolve)));
    await world.tell("s1", { type: "answer", item: item_ref, response: GUESS });
  }
  const { id } = (await world.read(S1)).intervention;
  assert.equal((await world.tell("s1", { type: "intervention_reply", id, reply: "stop" })).kind, "done");
  const { tables } = world.store;
  const stoppedIn = (session: ReturnType<typeof sessionAddress>) =>
    tables.read(session, 0, 1_000).some(({ type }) => type === "suggestions_stopped");
  await world.until(() => tables.read(learnerAddress("ada"), 0, 1_000).some(({ type }) => type === "profile_set"));
  await world.tell("s2", CREATE);
  await world.openItem("s2");
  assert.deepEqual([stoppedIn(S1), stoppedIn(sessionAddress("s2"))], [false, true]);
  await world.settled(world.registry.drain(5_000));
});
