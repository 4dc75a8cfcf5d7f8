/** Lessons with the knowledge model on the real runtime: course, learner and choice learn from one another. */
import assert from "node:assert/strict";
import type { AskModel } from "../../src/domain/adaptive/model_question.ts";
import { courseAddress } from "../../src/domain/course/messages.ts";
import { statisticsFromView } from "../../src/domain/course/view.ts";
import { ENGINE } from "../../src/domain/engine.ts";
import { learnerFromView, type LearnerState } from "../../src/domain/learner/knowledge.ts";
import { learnerAddress } from "../../src/domain/learner/messages.ts";
import { sessionAddress } from "../../src/domain/session/messages.ts";
import { CATALOGUE_ELO_MODEL } from "../../src/effects/knowledge_predictor.ts";
import { startBackend } from "../../src/ml/backend.ts";
import { answerQuestions } from "../../src/ml/knowledge/answer_questions.ts";
import { chainCourse } from "../domain/adaptive/practice_course.ts";
import { PLAN } from "../domain/session/session_run.ts";
import { smallModel } from "../ml/knowledge/model_folder.ts";
import { LessonWorld } from "./lesson_world.ts";

await startBackend("wasm");
const MODEL = smallModel();

const COURSE = chainCourse(["a", "b"], 3, "fresh");
const CREATE = { type: "create", plan: { ...PLAN, courseId: COURSE.id, targetItems: 6 } } as const;
const GUESS = { kind: "number", value: 50, unit: null } as const;

class NoAnswerError extends Error {}

const ask: AskModel = async (question) => {
  const [answer] = await answerQuestions(MODEL, [question]);
  if (answer === undefined) throw new NoAnswerError("no answer");
  return answer;
};

async function learnerOf(world: LessonWorld): Promise<LearnerState> {
  const outcome = await world.settled(world.registry.read(learnerAddress("ada"), ENGINE));
  const learner = outcome.kind === "read" ? learnerFromView(outcome.state) : null;
  assert.ok(learner);
  return learner;
}

async function statisticsOf(world: LessonWorld) {
  const outcome = await world.settled(world.registry.read(courseAddress(COURSE.id), ENGINE));
  const published = outcome.kind === "read" ? statisticsFromView(outcome.state) : null;
  assert.ok(published);
  return published;
}

/** How many answers the course has counted, over all its items. */
async function answersCounted(world: LessonWorld): Promise<number> {
  const { statistics, placeOf } = await statisticsOf(world);
  return COURSE.items.reduce((sum, item) => {
    const place = placeOf(item);
    return place === null ? sum : sum + statistics.itemAnswers(place.item);
  }, 0);
}

async function answerOnce(world: LessonWorld, sessionId: string): Promise<void> {
  const { item_ref } = await world.openItem(sessionId);
  assert.equal((await world.tell(sessionId, { type: "answer", item: item_ref, response: GUESS })).kind, "done");
}

/** Receipts of the items served so far, as the journal holds them. */
async function receiptsOf(world: LessonWorld, sessionId: string) {
  const events = await world.settled(world.store.journal.read(sessionAddress(sessionId), 0, 500));
  return events.filter(({ type }) => type === "item_served").map(({ body }) => Object(body).receipt);
}

Deno.test("[E6] [X2] each answer reaches learner and course once, the network reads it, receipts name what they rest on", async () => {
  const world = new LessonWorld(COURSE, ask);
  await world.start();
  await world.tell("s1", CREATE);
  for (let answers = 0; answers < 6; answers++) await answerOnce(world, "s1");
  await world.until(() => world.store.tables.pending("only", 10).length === 0);
  const { courses } = await learnerOf(world);
  const known = courses[COURSE.id];
  assert.deepEqual([known?.knowledge.answers, known?.knowledge.hidden?.model], [6, MODEL.id]);
  assert.equal(await answersCounted(world), 6);
  const receipts = await receiptsOf(world, "s1");
  assert.equal(receipts.length, 6);
  for (const { model, prior, statisticsVersion, sighting } of receipts) {
    assert.deepEqual([model, prior], [MODEL.id, false]);
    assert.ok(statisticsVersion >= 1 && sighting !== null);
  }
});

Deno.test("[S7] [X2] a process that dies after every answer leaves course and network with each answer once", async () => {
  const world = new LessonWorld(COURSE, ask);
  await world.start();
  await world.tell("s1", CREATE);
  for (let answers = 0; answers < 6; answers++) {
    await answerOnce(world, "s1");
    world.kill();
    await world.start();
  }
  await world.until(() => world.store.tables.pending("only", 10).length === 0);
  await learnerOf(world);
  for (let unread = 1; unread > 0;) {
    unread = (await learnerOf(world)).courses[COURSE.id]?.unread.length ?? 0;
    if (unread > 0) assert.ok(await world.time.step(), "the network never catches up");
  }
  assert.equal((await learnerOf(world)).courses[COURSE.id]?.knowledge.answers, 6);
  assert.equal(await answersCounted(world), 6);
});

Deno.test("[N4] two sessions of one learner at once move one knowledge", async () => {
  const world = new LessonWorld(COURSE, ask);
  await world.start();
  for (const id of ["s1", "s2"]) await world.tell(id, CREATE);
  for (let turn = 0; turn < 6; turn++) for (const id of ["s1", "s2"]) await answerOnce(world, id);
  await world.until(() => world.store.tables.pending("only", 10).length === 0);
  const learner = await learnerOf(world);
  assert.deepEqual([learner.answered, learner.courses[COURSE.id]?.knowledge.answers], [12, 12]);
  assert.equal(await answersCounted(world), 12);
});

Deno.test("[N10] a model that is missing or fails leaves the lesson running on a prior that the receipt names", async () => {
  for (const absent of [null, () => Promise.reject(new NoAnswerError("late"))]) {
    const world = new LessonWorld(COURSE, absent);
    await world.start();
    await world.tell("s1", CREATE);
    for (let answers = 0; answers < 6; answers++) await answerOnce(world, "s1");
    await world.until(() => world.store.tables.pending("only", 10).length === 0);
    for (const { model, prior } of await receiptsOf(world, "s1")) {
      assert.deepEqual([model, prior], [CATALOGUE_ELO_MODEL, true]);
    }
    const known = (await learnerOf(world)).courses[COURSE.id];
    assert.deepEqual([known?.knowledge.answers, known?.knowledge.hidden], [6, null]);
    assert.equal(known?.unread.length, 6);
  }
});
