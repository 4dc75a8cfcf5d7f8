/** What a lesson asks is no task of the class's rooms, on the real engine. */
import assert from "node:assert/strict";
import type { Broadcast } from "../../src/actors/envelope.ts";
import type { Address } from "../../src/domain/address.ts";
import { classroomAddress } from "../../src/domain/classroom/messages.ts";
import type { Principal } from "../../src/domain/principal.ts";
import { roomAddress } from "../../src/domain/room/messages.ts";
import { API } from "./access_row.ts";
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
  const [teacher, ada, ben] = [
    await edge.signUp("teacher"),
    await edge.signUp("student"),
    await edge.signUp("student"),
  ];
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
