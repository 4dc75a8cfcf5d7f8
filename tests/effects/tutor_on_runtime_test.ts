/** The tutor on the real runtime: pieces to who watches, an answer that outlives a crash, a lesson that never waits. */
import assert from "node:assert/strict";
import type { LanguageModel, LlmOutcome, LlmQuestion } from "../../src/domain/llm/language_model.ts";
import { chainCourse } from "../domain/adaptive/practice_course.ts";
import { PLAN } from "../domain/session/session_run.ts";
import { LessonWorld } from "./lesson_world.ts";

const COURSE = chainCourse(["a", "b"], 3, "fresh");
const CREATE = { type: "create", plan: { ...PLAN, courseId: COURSE.id, targetItems: 6 } } as const;

/** Writes when the test says so. */
class HandModel implements LanguageModel {
  readonly asked: LlmQuestion[] = [];
  say: (piece: string) => void = () => assert.fail("nobody has asked");
  end: (outcome: LlmOutcome) => void = () => assert.fail("nobody has asked");

  ask(question: LlmQuestion, onText: (piece: string) => void): Promise<LlmOutcome> {
    const { promise, resolve } = Promise.withResolvers<LlmOutcome>();
    this.asked.push(question);
    this.say = onText;
    this.end = resolve;
    return promise;
  }
}

async function lesson(model: LanguageModel | null) {
  const world = new LessonWorld(COURSE);
  world.languageModel = model;
  await world.start();
  await world.tell("s1", CREATE);
  await world.watch("s1");
  const { item_ref } = await world.openItem("s1");
  return { world, item: item_ref as number };
}

function named(world: LessonWorld, type: string) {
  return world.heard.filter((broadcast) => broadcast.type === type).map(({ data }) => Object(data));
}

Deno.test("[U11] whole sentences reach who watches while the model still writes, and the end is an event", async () => {
  const model = new HandModel();
  const { world, item } = await lesson(model);
  await world.tell("s1", { type: "tutor_ask", item, words: "How?", help: "same" });
  await world.until(() => model.asked.length === 1);
  model.say("Read it once more. What ");
  await world.until(() => named(world, "tutor_text").length === 1);
  assert.equal(named(world, "tutor_text")[0].text, "Read it once more. ");
  const text = "Read it once more. What is asked?";
  model.end({ kind: "answered", text, model: "hand", isCut: false });
  await world.until(() => named(world, "tutor_said").length === 1);
  assert.deepEqual([named(world, "tutor_said")[0].text, named(world, "tutor_said")[0].by], [text, "ai"]);
});

Deno.test("[S7] [U11] a question to the tutor outlives the process: it is asked again and answered once", async () => {
  const model = new HandModel();
  const { world, item } = await lesson(model);
  await world.tell("s1", { type: "tutor_ask", item, words: "How?", help: "same" });
  await world.until(() => model.asked.length === 1);
  world.kill();
  await world.start();
  const { tutor } = await world.openItem("s1");
  assert.equal(tutor.awaited.words, "How?");
  await world.until(() => model.asked.length === 2);
  assert.deepEqual(model.asked[1], model.asked[0]);
  model.end({ kind: "answered", text: "What is asked?", model: "hand", isCut: false });
  await world.until(() => world.store.tables.pending("only", 10).length === 0);
  for (;;) {
    const { tutor: now } = await world.openItem("s1");
    if (now.awaited === null) {
      assert.deepEqual(now.turns.map(({ text }: { text: string }) => text), ["What is asked?"]);
      return;
    }
    assert.ok(await world.time.step(), "no answer comes");
  }
});

Deno.test("[U9] a model that never answers holds nothing up: the item can be answered, and an author's words come", async () => {
  const model = new HandModel();
  const { world, item } = await lesson(model);
  await world.tell("s1", { type: "tutor_ask", item, words: "How?", help: "more" });
  await world.until(() => named(world, "tutor_said").length === 1);
  const [said] = named(world, "tutor_said");
  assert.deepEqual([said.by, said.rung], ["author", 1]);
  const reply = await world.tell("s1", {
    type: "answer",
    item,
    response: { kind: "number", value: 50, unit: null },
  });
  assert.equal(reply.kind, "done");
});

Deno.test("[U9] without a model the author's words come at once", async () => {
  const { world, item } = await lesson(null);
  const fromMs = world.time.nowMs();
  await world.tell("s1", { type: "tutor_ask", item, words: "How?", help: "more" });
  await world.until(() => named(world, "tutor_said").length === 1);
  assert.equal(named(world, "tutor_said")[0].because, "no_model");
  assert.ok(world.time.nowMs() - fromMs < 1_000);
});
