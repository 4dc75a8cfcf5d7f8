/** Asks elsewhere for what the class is being asked: in a room and in a session of one's own, where it must not be told. */
import { z } from "zod";
import { type Channel, ClosedError, RefusedError } from "../../web/client/neurolearn.js";
import { pause } from "./gate.ts";
import { itemSchema, wrongAnswer } from "./item_seen.ts";
import type { Rest } from "./rest.ts";
import type { School } from "./school.ts";
import type { Student } from "./student.ts";

const idSchema = z.looseObject({ id: z.string() });
const roomSchema = z.looseObject({ room_id: z.string() });
const failedSchema = z.looseObject({ code: z.string() });
const taskSchema = z.looseObject({ task: z.number(), turn_of: z.string().nullish(), item: itemSchema });
const servedSchema = z.looseObject({ item_ref: z.number(), item: itemSchema });
const stateSchema = z.looseObject({ current_item: servedSchema.nullable() });
const SESSION_ITEMS = 3;
/** Nobody waits longer for what should not come. */
const WAIT_MS_MAX = 3_000;
/** Which of the wrong answers, of 0 to 1. */
const SLIP = 0.5;

export class KeyProbe {
  /** Times that a room was refused what the class was asked. */
  heldBack = 0;
  readonly #school: School;
  #room: { readonly id: string; readonly pair: readonly [Student, Student] } | null = null;

  constructor(school: School) {
    this.#school = school;
  }

  /** Both at once; whatever is told is in the frames that these students' devices hear. */
  async ask(students: readonly Student[], itemId: string): Promise<void> {
    const [first, second] = students;
    if (first === undefined || second === undefined) return;
    await Promise.all([this.#inRoom([first, second], itemId), this.#inSession(this.#school.rest, first, itemId)]);
  }

  async #inRoom(pair: readonly [Student, Student], itemId: string): Promise<void> {
    const room = this.#room ??= await this.#open(pair);
    const [asks] = room.pair;
    const name = `room/${room.id}`;
    const channel = asks.device.channel(name);
    const { promise, resolve } = Promise.withResolvers<void>();
    const ends = [
      channel.on("task_failed", (data) => {
        if (failedSchema.parse(data).code === "item_open") this.heldBack += 1;
        resolve();
      }),
      channel.on("task", (data) => {
        const { task, turn_of, item } = taskSchema.parse(data);
        const whose = room.pair.find(({ userId }) => userId === turn_of) ?? asks;
        const { response } = wrongAnswer(item, whose.parts.trait.index, SLIP);
        void sent(whose, whose.device.channel(name), "answer", { task, response }).then(resolve);
      }),
    ];
    await sent(asks, channel, "start_task", { item_id: itemId, mode: "by_turn" });
    await Promise.race([promise, pause(WAIT_MS_MAX)]);
    for (const end of ends) end();
  }

  /** A room of their own: outside the lesson. */
  async #open(pair: readonly [Student, Student]): Promise<{ id: string; pair: readonly [Student, Student] }> {
    const { rest, teacher, classId, courseId } = this.#school;
    const members = pair.map(({ userId }) => userId);
    const body = { class_id: classId, course_id: courseId, title: "Two by themselves", size_max: 2, members };
    const { room_id: id } = roomSchema.parse(await rest.ask("POST", "/rooms", teacher.token, body));
    await Promise.all(pair.map((student) => here(student.device.channel(`room/${id}`))));
    return { id, pair };
  }

  async #inSession(rest: Rest, student: Student, itemId: string): Promise<void> {
    const { account, courseId, trait } = student.parts;
    const [topic] = itemId.split("-");
    const wanted = { course_id: courseId, topic, target_items: SESSION_ITEMS };
    const { id } = idSchema.parse(await rest.ask("POST", "/sessions", account.token, wanted));
    const channel = student.device.channel(`session/${id}`);
    const met = new Set<number>();
    const { promise, resolve } = Promise.withResolvers<void>();
    const meet = ({ item_ref: item, item: seen }: z.infer<typeof servedSchema>) => {
      if (met.has(item)) return;
      met.add(item);
      void sent(student, channel, "answer", { item, response: wrongAnswer(seen, trait.index, SLIP).response });
    };
    channel.on("state", (data) => {
      const { current_item } = stateSchema.parse(data);
      if (current_item !== null) meet(current_item);
    });
    channel.on("lesson_update", (data) => meet(servedSchema.parse(data)));
    channel.on("completed", () => resolve());
    await Promise.race([promise, pause(WAIT_MS_MAX)]);
    channel.leave();
  }
}

async function here(channel: Channel): Promise<void> {
  await new Promise<void>((resolve) => channel.on("state", () => resolve()));
}

/** A refusal is what is hoped for. */
async function sent(student: Student, channel: Channel, command: string, args: Record<string, unknown>): Promise<void> {
  try {
    await student.device.send(channel, command, args);
  } catch (error) {
    if (!(error instanceof RefusedError || error instanceof ClosedError)) throw error;
  }
}
