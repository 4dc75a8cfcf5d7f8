/** Shared documents of a room on the real runtime: what was acknowledged outlives the process, for all who come back. */
import assert from "node:assert/strict";
import type { Broadcast } from "../../src/actors/envelope.ts";
import type { Principal } from "../../src/domain/principal.ts";
import { roomAddress, type RoomCommand } from "../../src/domain/room/messages.ts";
import type { RoomPlan } from "../../src/domain/room/plan.ts";
import { chainCourse } from "../domain/adaptive/practice_course.ts";
import { Page } from "../domain/shared_document/page.ts";
import { LessonWorld } from "./lesson_world.ts";

const ADDRESS = roomAddress("r1");
const TEACHER: Principal = { userId: "tea", role: "teacher" };
const as = (userId: string): Principal => ({ userId, role: "student" });
const PLAN: RoomPlan = {
  title: "Fractions",
  purpose: "study",
  classId: "7b",
  courseId: null,
  skills: [],
  sizeMax: 3,
  admission: "class",
  roles: "none",
  turnMs: 60_000,
  lessonId: null,
};

class RoomWorld extends LessonWorld {
  #sent = 0;

  constructor() {
    super(chainCourse(["a"], 1, "fresh"));
  }

  async said(who: Principal, command: RoomCommand, commandId = `r${this.#sent++}`) {
    const origin = { kind: "client", principal: who } as const;
    return await this.settled(this.registry.tell(ADDRESS, command, { commandId, origin }));
  }

  /** The answer to a command that has to be done. */
  async done(who: Principal, command: RoomCommand, commandId?: string) {
    const reply = await this.said(who, command, commandId);
    assert.equal(reply.kind, "done", JSON.stringify(reply));
    return Object(reply.kind === "done" ? reply.body : null);
  }

  async refused(who: Principal, command: RoomCommand): Promise<string> {
    const reply = await this.said(who, command);
    assert.equal(reply.kind, "rejected", JSON.stringify(reply));
    return reply.kind === "rejected" ? reply.code : "";
  }

  /** What this person hears from now on. */
  async heardBy(who: Principal): Promise<Broadcast[]> {
    const heard: Broadcast[] = [];
    const watcher = { deliver: (one: Broadcast) => void heard.push(one), lost: () => {} };
    const outcome = await this.settled(this.registry.watch(ADDRESS, who, null, watcher));
    assert.notEqual(outcome.kind, "forbidden");
    return heard;
  }

  /** Brings page and room into step, as a client does when it comes back. */
  async sync(page: Page): Promise<void> {
    const who = as(page.userId);
    const command = { type: "document_sync", document: page.name, stateVector: page.stateVector } as const;
    const { update, state_vector } = await this.done(who, command);
    page.hear(update);
    await this.done(who, { type: "document_update", document: page.name, update: page.beyond(state_vector) });
  }

  async send(page: Page, commandId?: string) {
    const command = { type: "document_update", document: page.name, update: page.lastUpdate() } as const;
    return await this.done(as(page.userId), command, commandId);
  }

  static async opened(): Promise<RoomWorld> {
    const world = new RoomWorld();
    await world.start();
    const members = ["ada", "ben"].map((userId) => ({ userId, name: userId }));
    await world.done(TEACHER, { type: "open_room", plan: PLAN, members });
    return world;
  }
}

Deno.test("[I12] [D4] a process that dies in mid-writing: nothing acknowledged is lost, and all who come back have the same", async () => {
  const world = await RoomWorld.opened();
  const [ada, ben] = [new Page("ada", 11), new Page("ben", 12)];
  for (const [i, word] of ["A half", " is ", "two quarters"].entries()) {
    ada.edit(1, word);
    await world.send(ada, `word-${i}`);
  }
  await world.sync(ben);
  assert.equal(ben.text, "A half is two quarters");
  ben.edit(1, ", says Ben");
  const lost = ben.lastUpdate();
  world.kill();
  // Meanwhile both write on, unheard.
  ada.edit(0, "Note: ");
  ben.edit(1, ".");
  await world.start();
  assert.equal(
    (await world.said(as("ben"), { type: "document_update", document: "notes", update: lost })).kind,
    "done",
  );
  await world.send(ada, "word-2");
  for (const page of [ada, ben, ada]) await world.sync(page);
  assert.equal(ada.text, "Note: A half is two quarters, says Ben.");
  assert.equal(ben.text, ada.text);
});

Deno.test("[I12] what one writes is told to the others and to those who teach, who only read; where one is, is told and not kept", async () => {
  const world = await RoomWorld.opened();
  const ada = new Page("ada", 11, "board");
  const [ben, teacher] = [await world.heardBy(as("ben")), await world.heardBy(TEACHER)];
  ada.draw("s1", { kind: "ellipse", x: 1, y: 2, width: 3, height: 3 });
  assert.deepEqual(await world.send(ada), { changed: true });
  assert.deepEqual(await world.send(ada), { changed: false }, "a second time it brings nothing");
  await world.done(as("ada"), { type: "cursor", document: "board", at: { x: 4, y: 5 } });
  await world.until(() => teacher.length >= 2 && ben.length >= 2);
  const told = (heard: readonly Broadcast[]) => heard.map((one) => `${one.class} ${one.type}`);
  assert.deepEqual(told(ben), ["event document_update", "ephemeral cursor"]);
  assert.deepEqual(told(teacher), told(ben));
  assert.deepEqual(ben.map(({ data }) => Object(data).by ?? Object(data).user_id), ["ada", "ada"]);
  const copy = new Page("tea", 13, "board");
  copy.hear((await world.done(TEACHER, { type: "document_sync", document: "board", stateVector: "" })).update);
  assert.equal(copy.stateVector, ada.stateVector);
  copy.draw("s2", { kind: "line" });
  const written = { type: "document_update", document: "board", update: copy.lastUpdate() } as const;
  assert.equal(await world.refused(TEACHER, written), "forbidden");
});

Deno.test("[I12] who is muted, a stranger, and a room that is over: nobody writes; what was written stays to be read", async () => {
  const world = await RoomWorld.opened();
  const [ada, ben, eve] = [new Page("ada", 11), new Page("ben", 12), new Page("eve", 13)];
  for (const page of [ada, ben, eve]) page.edit(0, page.userId);
  await world.send(ada);
  const write = (page: Page) => ({ type: "document_update", document: "notes", update: page.lastUpdate() }) as const;
  const sync = { type: "document_sync", document: "notes", stateVector: "" } as const;
  await world.done(TEACHER, { type: "mute_member", userId: "ben", muted: true, reason: "Please calm down" });
  assert.equal(await world.refused(as("ben"), write(ben)), "muted");
  assert.equal(await world.refused(as("eve"), write(eve)), "forbidden");
  assert.equal(await world.refused(as("eve"), sync), "forbidden");
  assert.equal(await world.refused(as("ada"), { ...write(ada), update: "AA" }), "malformed_update");
  await world.done(TEACHER, { type: "end_room", reason: "The bell rings" });
  ada.edit(1, " again");
  assert.equal(await world.refused(as("ada"), write(ada)), "room_ended");
  ben.hear((await world.done(as("ada"), sync)).update);
  assert.match(ben.text, /ada/);
});
