/** What a lesson asks is told neither in rooms nor in sessions of its students, on the real engine. */
import assert from "node:assert/strict";
import type { Broadcast } from "../../src/actors/envelope.ts";
import type { Address } from "../../src/domain/address.ts";
import { classroomAddress } from "../../src/domain/classroom/messages.ts";
import { ENGINE } from "../../src/domain/engine.ts";
import type { Principal } from "../../src/domain/principal.ts";
import { roomAddress } from "../../src/domain/room/messages.ts";
import { sessionAddress } from "../../src/domain/session/messages.ts";
import { AskedDoor } from "../../src/http/asked_door.ts";
import { API } from "./access_row.ts";
import { smallCourse } from "./small_course.ts";
import { EngineWorld } from "./engine_world.ts";

const world = await EngineWorld.open();
Deno.test.afterAll(() => world.close());

/** A channel as one person has it: what they send, and what they were told since they came. */
class Channel<Command> {
  readonly #heard: Broadcast[] = [];
  #told = Promise.withResolvers<void>();
  #commands = 0;

  constructor(private readonly address: Address<Command>, private readonly principal: Principal) {}

  async watch(): Promise<void> {
    const deliver = (broadcast: Broadcast) => {
      this.#heard.push(broadcast);
      this.#told.resolve();
      this.#told = Promise.withResolvers();
    };
    await world.registry.watch(this.address, this.principal, null, { deliver, lost: () => {} });
  }

  async send(command: Command): Promise<void> {
    const from = { commandId: `${++this.#commands}`, origin: { kind: "client", principal: this.principal } } as const;
    const reply = await world.registry.tell(this.address, command, from);
    assert.equal(reply.kind, "done", JSON.stringify(reply));
  }

  /** The next broadcast of one of these types that was not taken yet. */
  async next(...types: readonly string[]) {
    for (;;) {
      const at = this.#heard.findIndex(({ type }) => types.includes(type));
      const [found] = at < 0 ? [] : this.#heard.splice(at, 1);
      if (found !== undefined) return { type: found.type, data: Object(found.data) };
      await this.#told.promise;
    }
  }
}

Deno.test("[I5] [J3] a student's own room takes no task of what a lesson asks, by its id or drawn, until it is revealed", async () => {
  const edge = await world.serve();
  const [teacher, ada, ben] = await edge.signUpAll("teacher", "student", "student");
  const classId = await edge.classOf(teacher, ada, ben);
  const { body: { id: lessonId } } = await edge.ask("POST", `${API}/classes/${classId}/lessons`, {
    token: teacher.token,
    body: { course_id: "doubling", title: "Twice", mode: "teacher_paced", leaderboard: true },
  });
  const { body: { room_id: roomId } } = await edge.ask("POST", `${API}/rooms`, {
    token: ada.token,
    body: { class_id: classId, title: "Two of us", course_id: "doubling", size_max: 2 },
  });
  assert.equal((await edge.ask("PUT", `${API}/rooms/${roomId}/members/${ben.id}`, ben)).status, 200);
  const lesson = new Channel(classroomAddress(lessonId), { userId: teacher.id, role: "teacher" });
  const room = new Channel(roomAddress(roomId), { userId: ada.id, role: "student" });
  await Promise.all([lesson.watch(), room.watch()]);
  await lesson.send({ type: "start", reason: null });
  await lesson.send({ type: "next", itemId: null, purpose: "question", limitMs: null, reason: null });
  const itemId: string = (await lesson.next("question")).data.item.item_id;
  const task = { type: "start_task", mode: "by_turn" } as const;
  const outcome = async (wanted: string | null) => {
    await room.send({ ...task, itemId: wanted });
    return await room.next("task", "task_failed");
  };
  const refused = await outcome(itemId);
  assert.deepEqual([refused.type, refused.data.code], ["task_failed", "item_open"]);
  await lesson.send({ type: "pause", reason: null });
  assert.equal((await outcome(itemId)).data.code, "item_open", "a pause reveals nothing");
  await lesson.send({ type: "resume", reason: null });
  const drawn = await outcome(null);
  assert.equal(drawn.type, "task");
  assert.notEqual(drawn.data.item.item_id, itemId, "the other item of the two");
  await room.send({ type: "answer", task: drawn.data.task, response: { kind: "number", value: 1, unit: null } });
  await lesson.send({ type: "close_question", inMs: 0, reason: null });
  await lesson.next("pens_down");
  await lesson.send({ type: "reveal", reason: null });
  const shown = await outcome(itemId);
  assert.deepEqual([shown.type, shown.data.item.item_id], ["task", itemId]);
});

Deno.test("[J19] [E8] a session that has open what a lesson asks takes no answer to it until the reveal, then it does", async () => {
  const { edgeWorld: { store, nowMs }, registry } = world;
  const { items, ...course } = smallCourse("fixed");
  const fives = items.map((item) => ({
    ...item,
    parameters: [{ kind: "integer" as const, name: "a", min: 5, max: 5, step: 1, exclude: [] }],
  }));
  await store.courses.create({ ...course, items: fives }, null, nowMs);
  const edge = await world.serve();
  const [teacher, ada] = await edge.signUpAll("teacher", "student");
  const classId = await edge.classOf(teacher, ada);
  const principal = { userId: ada.id, role: "student" } as const;
  const { body: { id: sessionId } } = await edge.ask("POST", `${API}/sessions`, {
    token: ada.token,
    body: { course_id: "fixed" },
  });
  const address = sessionAddress(sessionId);
  const session = new Channel(address, principal);
  await session.watch();
  const outcome = await registry.read(address, ENGINE);
  const served = outcome.kind === "read" ? Object(outcome.state).current_item : null;
  const { item_ref, item } = served ?? (await session.next("lesson_update")).data;
  const { body: { id: lessonId } } = await edge.ask("POST", `${API}/classes/${classId}/lessons`, {
    token: teacher.token,
    body: { course_id: "fixed", title: "Twice five", mode: "mixed" },
  });
  const lesson = new Channel(classroomAddress(lessonId), { userId: teacher.id, role: "teacher" });
  await lesson.watch();
  await lesson.send({ type: "start", reason: null });
  await lesson.send({ type: "next", itemId: item.item_id, purpose: "question", limitMs: null, reason: null });
  await lesson.next("question");
  const door = new AskedDoor(registry, (userIds) => world.asked.of(userIds), { write: () => {} });
  const answer = { type: "answer", item: item_ref, response: { kind: "number", value: 3, unit: null } } as const;
  const tell = (commandId: string) => door.tell(address, answer, { commandId, origin: { kind: "client", principal } });
  const refused = await tell("early");
  assert.equal(refused.kind === "rejected" && refused.code, "item_asked", JSON.stringify(refused));
  await lesson.send({ type: "close_question", inMs: 0, reason: null });
  await lesson.next("pens_down");
  const down = await tell("between");
  assert.equal(down.kind === "rejected" && down.code, "item_asked", "pens are down, and nothing is revealed");
  await lesson.send({ type: "reveal", reason: null });
  assert.equal((await tell("late")).kind, "done");
});
