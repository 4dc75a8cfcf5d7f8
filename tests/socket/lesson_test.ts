/** A whole learning session over one socket: the real rules, a small course, the shipped client. */
import assert from "node:assert/strict";
import { defineKind } from "../../src/actors/actor_kind.ts";
import type { Course, Item } from "../../src/domain/curriculum/course.ts";
import { createLearner } from "../../src/domain/learner/aggregate.ts";
import { session } from "../../src/domain/session/aggregate.ts";
import { sessionAddress } from "../../src/domain/session/messages.ts";
import { createSessionEffects } from "../../src/effects/session_effects.ts";
import { predictByElo } from "../../src/effects/elo_predictor.ts";
import { type Channel, NeuroLearn } from "../../web/client/neurolearn.js";
import { Peer } from "./peer.ts";
import { PlainProxy } from "./plain_proxy.ts";
import { ServedEdge } from "./served_edge.ts";

const learner = createLearner([]);

/** Neither answer nor explanation of this item stands in its prompt, so a leak of either can be searched for. */
function sum(a: number, b: number): Item {
  return {
    id: `sum-${a}-${b}`,
    skills: ["sums"],
    difficulty: 1,
    parameters: [],
    constraints: [],
    prompt: `Add ${a} and ${b}.`,
    answer: { kind: "number", value: `${a + b}`, tolerance: 0, unit: null, factors: {} },
    hints: ["Count on.", "Start from the larger number.", "Count on by tens, then by ones."],
    explanation: `Together they make ${a + b}.`,
    presentations: [],
  };
}

const COURSE: Course = {
  id: "sums",
  title: "Sums",
  description: "Adding two numbers.",
  language: "en",
  licence: "CC-BY-4.0",
  skills: [{ id: "sums", title: "Sums", description: "Adding.", prerequisites: [] }],
  items: [sum(612, 205), sum(133, 541), sum(404, 320)],
};

const sources = {
  courseById: () => Promise.resolve({ course: COURSE, version: 1 }),
  statisticsOf: () => Promise.resolve(null),
  readLearner: () => Promise.resolve(null),
  predict: predictByElo,
  nowMs: () => 0,
};
const runSessionEffect = createSessionEffects(
  { ...sources, askedOf: () => Promise.resolve([]) },
  null,
  () => Promise.resolve("taken"),
);

const KINDS = [
  defineKind(session, runSessionEffect),
  defineKind(learner, () => Promise.reject(new TypeError("learners have no effects"))),
];

interface Lesson {
  readonly item_ref: number;
  readonly item: { readonly prompt: string };
}

async function begun(served: ServedEdge): Promise<void> {
  const plan = {
    learnerId: "ada",
    courseId: "sums",
    classId: null,
    topic: null,
    learningObjectives: [],
    difficulty: null,
    targetItems: 2,
  };
  const from = {
    commandId: "create",
    origin: { kind: "client", principal: { userId: "ada", role: "student" } },
  } as const;
  const reply = await served.registry.tell(sessionAddress("one"), { type: "create", plan }, from);
  assert.equal(reply.kind, "done");
}

/** Lessons one after the other, whether the item was open at the join or came later. */
async function* lessons(channel: Channel): AsyncGenerator<Lesson> {
  const waiting: Lesson[] = [];
  let wake = () => {};
  const offer = (lesson: Lesson | null) => {
    if (lesson !== null) waiting.push(lesson);
    wake();
  };
  channel.on("state", (state) => offer((state as { current_item: Lesson | null }).current_item));
  channel.on("lesson_update", (lesson) => offer(lesson as Lesson));
  for (;;) {
    const lesson = waiting.shift();
    if (lesson !== undefined) yield lesson;
    else await new Promise<void>((resolve) => wake = resolve);
  }
}

/** Answers right until the session is complete; what was heard of answers and completion, in order. */
async function wholeLesson(live: NeuroLearn): Promise<readonly string[]> {
  const channel = live.channel("session/one");
  const heard: string[] = [];
  channel.on("*", (_data, place) => heard.push(place.event ?? place.type));
  const completed = new Promise((resolve) => channel.on("completed", resolve));
  let answered = 0;
  for await (const { item_ref, item } of lessons(channel)) {
    const [a = 0, b = 0] = (item.prompt.match(/\d+/g) ?? []).map(Number);
    const response = { kind: "number", value: a + b, unit: null };
    const graded = await channel.send("answer", { item: item_ref, response }) as { correct: boolean };
    assert.ok(graded.correct);
    answered += 1;
    if (answered === 2) break;
  }
  await completed;
  return heard.filter((event) => event === "answered" || event === "completed");
}

Deno.test("[E6] a session runs over the socket: lesson_update, answer, ack, and completion at the target", async () => {
  await using served = await ServedEdge.start({ kinds: KINDS });
  await begun(served);
  const live = new NeuroLearn(served.url, () => "student:ada");
  assert.deepEqual(await wholeLesson(live), ["answered", "answered", "completed"]);
  live.close();
});

Deno.test("[Z5] behind a proxy that forbids WebSocket the client completes a session over a stream", async () => {
  await using served = await ServedEdge.start({ kinds: KINDS });
  await using proxy = new PlainProxy(served.port);
  await begun(served);
  const live = new NeuroLearn(proxy.url, () => "student.ada");
  assert.deepEqual(await wholeLesson(live), ["answered", "answered", "completed"]);
  assert.equal(proxy.upgradesRefused, 1);
  assert.doesNotMatch(proxy.asked.join(" "), /ada/);
  live.close();
});

Deno.test("[E8] while an item is open no frame to its learner holds the key; strangers see nothing", async () => {
  await using served = await ServedEdge.start({ kinds: KINDS });
  await begun(served);
  const peer = await Peer.welcomed(served.url, "student:ada");
  const joined = await peer.join("session/one");
  const open = (joined.state as { current_item: Lesson | null }).current_item;
  const { item } = open ?? (await peer.next("event", ({ event }) => event === "lesson_update")).data as Lesson;
  const [a = 0, b = 0] = (item.prompt.match(/\d+/g) ?? []).map(Number);
  await peer.settled();
  assert.doesNotMatch(JSON.stringify([joined, item, peer.frames]), new RegExp(`\\b${a + b}\\b`));
  const stranger = await Peer.welcomed(served.url, "student:bo");
  stranger.send({ type: "join", channel: "session/one" });
  assert.equal((await stranger.next("refuse")).code, "not_found");
  stranger.send({ type: "join", channel: "session/none" });
  assert.equal((await stranger.next("refuse")).code, "not_found");
});

Deno.test("[E1] an answer to a closed item is refused over the socket, and a malformed one says what was expected", async () => {
  await using served = await ServedEdge.start({ kinds: KINDS });
  await begun(served);
  const peer = await Peer.welcomed(served.url, "student:ada");
  const joined = await peer.join("session/one");
  const open = (joined.state as { current_item: Lesson | null }).current_item;
  const { item_ref } = open ?? (await peer.next("event", ({ event }) => event === "lesson_update")).data as Lesson;
  const answer = (id: string, item: number, response: unknown) =>
    peer.send({ type: "command", id, channel: "session/one", command: "answer", args: { item, response } });
  answer("wrong-item", item_ref + 100, { kind: "number", value: 1, unit: null });
  assert.equal((await peer.next("refuse", ({ id }) => id === "wrong-item")).code, "item_closed");
  answer("wrong-shape", item_ref, { kind: "choice", option: "a" });
  const refusal = await peer.next("refuse", ({ id }) => id === "wrong-shape");
  assert.equal(refusal.code, "malformed_answer");
  assert.match(JSON.stringify(refusal.detail), /expected/);
});

Deno.test("[E9] a teacher's item comes to the learner's socket; a wish that cannot be met is told to the teacher alone", async () => {
  await using served = await ServedEdge.start({ kinds: KINDS });
  await begun(served);
  const [ada, tess] = [await Peer.welcomed(served.url, "student:ada"), await Peer.welcomed(served.url, "teacher:tess")];
  const wish = (item_id: string) => tess.does("session/one", "override_item", { item_id, reason: "Try this." });
  const isLesson = ({ event }: { readonly event: string }) => event === "lesson_update";
  const joined = await ada.join("session/one");
  const open = (joined.state as { current_item: Lesson | null }).current_item;
  const first = open ?? (await ada.next("event", isLesson)).data as Lesson;
  await tess.join("session/one");
  assert.deepEqual((await wish("nowhere")).body, { item_id: "nowhere", reason: "Try this.", comes: "next" });
  const refused = await tess.next("event", ({ event }) => event === "override_refused");
  assert.equal((refused.data as { code: string }).code, "item_unknown");
  await wish("sum-404-320");
  const skipped = await ada.next("event", ({ event }) => event === "skipped");
  assert.deepEqual(skipped.data, { item_ref: first.item_ref, cause: "overridden" });
  const lesson = (await ada.next("event", isLesson)).data as { readonly item: { item_id: string }; reason: string };
  assert.deepEqual([lesson.item.item_id, lesson.reason], ["sum-404-320", "Your teacher chose this for you: Try this."]);
  await assert.rejects(
    ada.does("session/one", "override_item", { item_id: "sum-404-320", reason: "Mine." }),
    /forbidden/,
  );
  assert.doesNotMatch(JSON.stringify(ada.frames), /override_refused|override_asked/);
});
