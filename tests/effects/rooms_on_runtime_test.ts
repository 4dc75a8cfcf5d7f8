/** Rooms on the real runtime: chat and task outlive the process, clocks fall due at their time, answers reach records once. */
import assert from "node:assert/strict";
import type { Broadcast, ResumePoint } from "../../src/actors/envelope.ts";
import type { ActorId } from "../../src/domain/address.ts";
import type { RenderedItem } from "../../src/domain/curriculum/rendered_item.ts";
import { ENGINE } from "../../src/domain/engine.ts";
import { learnerAddress } from "../../src/domain/learner/messages.ts";
import type { Principal } from "../../src/domain/principal.ts";
import { roomAddress, type RoomCommand } from "../../src/domain/room/messages.ts";
import type { RoomPlan } from "../../src/domain/room/plan.ts";
import { rightAnswer } from "../../tools/month/keyed_answer.ts";
import { chainCourse } from "../domain/adaptive/practice_course.ts";
import { LessonWorld } from "./lesson_world.ts";

const ADDRESS = roomAddress("r1");
const LATE_MS_MAX = 100;
const SILENCE_MS = 20 * 60_000;
const COURSE = chainCourse(["a", "b"], 2, "fresh");
const PLAN: RoomPlan = {
  title: "Together",
  purpose: "study",
  classId: "7b",
  courseId: COURSE.id,
  skills: ["b"],
  sizeMax: 3,
  admission: "class",
  roles: "none",
  turnMs: 60_000,
  lessonId: null,
};
const as = (userId: string): Principal => ({ userId, role: "student" });
const TEACHER: Principal = { userId: "tea", role: "teacher" };

class RoomWorld extends LessonWorld {
  #sent = 0;

  async said(who: Principal, command: RoomCommand, commandId = `r${this.#sent++}`) {
    const origin = { kind: "client", principal: who } as const;
    const reply = await this.settled(this.registry.tell(ADDRESS, command, { commandId, origin }));
    assert.equal(reply.kind, "done", JSON.stringify(reply));
    return Object(reply.kind === "done" ? reply.body : null);
  }

  /** What this person hears from now on, or from `resume` on, with the time of each. */
  async follow(who: Principal, resume: ResumePoint | null = null) {
    const heard: (Broadcast & { readonly heardAtMs: number })[] = [];
    const deliver = (one: Broadcast) => void heard.push({ ...one, heardAtMs: this.time.nowMs() });
    const outcome = await this.settled(this.registry.watch(ADDRESS, who, resume, { deliver, lost: () => {} }));
    return { heard, outcome };
  }

  async view(who: Principal) {
    const outcome = await this.settled(this.registry.read(ADDRESS, who));
    assert.equal(outcome.kind, "read");
    return Object(outcome.kind === "read" ? outcome.state : null);
  }

  async eventsOf(actor: ActorId, type: string) {
    return (await this.store.journal.read(actor, 0, 1_000)).filter((event) => event.type === type);
  }

  /** The item as the room has it, key and all. */
  async item(): Promise<RenderedItem> {
    const [opened] = await this.eventsOf(ADDRESS, "task_opened");
    return Object(opened?.body).item;
  }

  async passTo(atMs: number): Promise<void> {
    this.time.in(Math.max(0, atMs - this.time.nowMs()), () => {});
    await this.until(() => this.time.nowMs() >= atMs);
  }

  static async opened(): Promise<RoomWorld> {
    const world = new RoomWorld(COURSE);
    await world.start();
    const members = ["ada", "ben", "cat"].map((userId) => ({ userId, name: userId }));
    await world.said(TEACHER, { type: "open_room", plan: PLAN, members });
    return world;
  }
}

Deno.test("[I2] [X1] [R2] a process that dies in mid-chat: every acknowledged word is there once, and who comes back hears what they missed", async () => {
  const world = await RoomWorld.opened();
  const { heard } = await world.follow(as("ben"));
  await world.said(as("ada"), { type: "say", text: "one" }, "word-1");
  await world.until(() => heard.some(({ type }) => type === "message"));
  const last = heard.at(-1);
  assert.ok(last);
  await world.said(as("ada"), { type: "say", text: "two" }, "word-2");
  world.kill();
  await world.start();
  // The answer was lost on the way, so the client says it again.
  await world.said(as("ada"), { type: "say", text: "two" }, "word-2");
  await world.said(as("cat"), { type: "say", text: "three" });
  const { outcome } = await world.follow(as("ben"), last);
  assert.ok(outcome.kind === "resumed");
  const missed = outcome.missed.filter(({ type }) => type === "message").map(({ data }) => Object(data).text);
  assert.deepEqual(missed, ["two", "three"]);
  const { messages } = await world.view(as("ben"));
  assert.deepEqual(messages.map(({ text }: { text: string }) => text), ["one", "two", "three"]);
});

Deno.test("[I5] [T1] a process that dies in mid-turn: the turn ends at its own time, and the agreed answer is on both records, once", async () => {
  const world = await RoomWorld.opened();
  await world.said(as("ada"), { type: "start_task", itemId: null, mode: "agreed" });
  while ((await world.eventsOf(ADDRESS, "task_opened")).length === 0) assert.ok(await world.time.step());
  const openedAtMs = world.time.nowMs();
  const item = await world.item();
  assert.deepEqual(item.skills, ["b"], "drawn among the room's skills");
  const { task: { task } } = await world.view(as("ada"));
  await world.said(as("ada"), { type: "answer", task, response: rightAnswer(item) });
  world.kill();
  await world.passTo(openedAtMs + 10_000);
  await world.start();
  const { heard } = await world.follow(as("ben"));
  await world.until(() => heard.some(({ type }) => type === "answers_shown"));
  const shown = heard.find(({ type }) => type === "answers_shown");
  assert.ok(Math.abs((shown?.heardAtMs ?? 0) - openedAtMs - PLAN.turnMs) <= LATE_MS_MAX);
  assert.deepEqual(Object(shown?.data).answers.map(({ user_id }: { user_id: string }) => user_id), ["ada"]);
  await world.said(as("ada"), { type: "propose", task, response: rightAnswer(item) });
  await world.said(as("ben"), { type: "agree", task, agrees: true });
  await world.said(as("cat"), { type: "agree", task, agrees: true }, "agree-cat");
  world.kill();
  await world.start();
  await world.said(as("cat"), { type: "agree", task, agrees: true }, "agree-cat");
  for (const who of ["ada", "ben", "cat"]) {
    while ((await world.eventsOf(learnerAddress(who), "answer_recorded")).length === 0) {
      assert.ok(await world.time.step(), `nothing reached ${who}`);
    }
  }
  await world.passTo(world.time.nowMs() + 120_000);
  for (const who of ["ada", "ben", "cat"]) {
    const recorded = await world.eventsOf(learnerAddress(who), "answer_recorded");
    assert.deepEqual(recorded.map(({ body }) => [Object(body).answer.correct, Object(body).answer.sessionId]), [[
      true,
      "r1",
    ]]);
  }
});

Deno.test("[I7] a room that nobody writes in ends by itself at its time, also when the process was away, and is on record", async () => {
  const world = await RoomWorld.opened();
  for (let i = 0; i < 3; i += 1) {
    await world.said(as("ada"), { type: "say", text: `Ada ${i}` });
    await world.said(as("ben"), { type: "say", text: `Ben ${i}` });
  }
  const saidAtMs = world.time.nowMs();
  world.kill();
  await world.passTo(saidAtMs + SILENCE_MS + 60_000);
  await world.start();
  while ((await world.eventsOf(ADDRESS, "room_ended")).length === 0) assert.ok(await world.time.step());
  assert.equal((await world.view(ENGINE)).ended_by, "silence");
  for (const who of ["ada", "ben"]) {
    while ((await world.eventsOf(learnerAddress(who), "activity_recorded")).length === 0) {
      assert.ok(await world.time.step(), `nothing reached ${who}`);
    }
  }
  assert.deepEqual(await world.eventsOf(learnerAddress("cat"), "activity_recorded"), []);
});
