/** A room over the real protocol: killed in mid-chat, told to stop in mid-turn; every word is there once, for everybody. */
import assert from "node:assert/strict";
import { z } from "zod";
import { type Channel, NeuroLearn } from "../../web/client/neurolearn.js";
import { SharedDocument } from "../../web/client/shared_document.js";
import { type ServerProcess, startServer } from "../support/server_process.ts";
import { demoTeacher, longerThanAwayMs, settingsIn } from "./live_lesson.ts";
import { call, enrol, joinClass, type Person } from "./people.ts";

const MEMBERS = ["ada", "ben", "cat"];
/** Of each member; below what one may write within a minute. */
const WORDS = 24;

const idSchema = z.looseObject({ id: z.string() });
const roomSchema = z.looseObject({ room_id: z.string() });
const messageSchema = z.looseObject({ message: z.number(), text: z.string() });
const pageSchema = z.object({ rows: z.array(messageSchema), next: z.string().nullable() });
const taskSchema = z.looseObject({ task: z.number(), turn_of: z.string(), due_at_ms: z.number() });

/** One person on the room's channel, with everything that they were told. */
class Listener {
  readonly #client: NeuroLearn;
  readonly channel: Channel;
  readonly #heard: { readonly type: string; readonly data: unknown; readonly atMs: number }[] = [];
  readonly #waiting: (() => void)[] = [];

  constructor(base: string, readonly person: Person, roomId: string) {
    this.#client = new NeuroLearn(`${base.replace("http", "ws")}/api/v1/socket`, () => person.token);
    this.channel = this.#client.channel(`room/${roomId}`);
    this.channel.on("*", (data, { event, at_ms }) => {
      if (event === undefined) return;
      this.#heard.push({ type: event, data, atMs: at_ms ?? 0 });
      for (const go of this.#waiting.splice(0)) go();
    });
  }

  /** The first so many events of this type, once they have come. */
  async told(type: string, times: number) {
    for (;;) {
      const found = this.#heard.filter((one) => one.type === type);
      if (found.length >= times) return found;
      await new Promise<void>((resolve) => void this.#waiting.push(resolve));
    }
  }

  close(): void {
    this.#client.close();
  }
}

interface Opened {
  readonly roomId: string;
  readonly teacher: Listener;
  readonly members: readonly Listener[];
}

async function open(server: ServerProcess, dataDir: string): Promise<Opened> {
  const base = server.url;
  const teacher = await demoTeacher(base, dataDir);
  const post = (path: string, body: object) =>
    call(base, path, { method: "POST", body: JSON.stringify(body) }, teacher.token);
  const classId = idSchema.parse(await post("/classes", { title: "Monday" })).id;
  const people: Person[] = [];
  for (const name of MEMBERS) {
    const person = await enrol(base, `${name}_in_room`);
    await joinClass(base, classId, teacher, person);
    people.push(person);
  }
  const room = await post("/rooms", {
    class_id: classId,
    title: "Lines",
    course_id: "elementary-algebra",
    turn_seconds: longerThanAwayMs(server) / 1_000,
    members: people.map(({ userId }) => userId),
  });
  const roomId = roomSchema.parse(room).room_id;
  return {
    roomId,
    teacher: new Listener(base, teacher, roomId),
    members: people.map((person) => new Listener(base, person, roomId)),
  };
}

/** All that was written, first to last, page by page. */
async function written(base: string, { person }: Listener, roomId: string): Promise<readonly string[]> {
  const texts: string[] = [];
  for (let cursor: string | null = ""; cursor !== null;) {
    const path: string = `/rooms/${roomId}/messages?limit=50${cursor === "" ? "" : `&cursor=${cursor}`}`;
    const page = pageSchema.parse(await call(base, path, {}, person.token));
    texts.unshift(...page.rows.map(({ text }) => text).reverse());
    cursor = page.next;
  }
  return texts;
}

/** I2: what everybody heard and what is kept are the same words in the same order, each once. */
async function checkWords(base: string, { roomId, teacher, members }: Opened, count: number): Promise<void> {
  const kept = await written(base, teacher, roomId);
  assert.equal(kept.length, count);
  assert.equal(new Set(kept).size, count, "nothing is there twice");
  for (const listener of [teacher, ...members]) {
    const heard = (await listener.told("message", count)).map(({ data }) => messageSchema.parse(data).text);
    assert.deepEqual(heard, kept);
  }
  for (const name of MEMBERS) {
    const own = kept.filter((text) => text.startsWith(name));
    assert.deepEqual(own, Array.from({ length: own.length }, (_, i) => `${name} ${i}`), "in the order of writing");
  }
}

/** I12: every sentence of everybody is in the notes once, and all have the same. */
async function checkNotes(notes: readonly SharedDocument[], sentences: readonly string[]): Promise<void> {
  const isWhole = (shared: SharedDocument) => {
    const text = shared.notes.toString();
    return shared.isSaved && sentences.every((sentence) => text.split(sentence).length === 2);
  };
  await Promise.all(notes.map(async (shared) => {
    while (!isWhole(shared)) {
      const changed = Promise.withResolvers<void>();
      const end = shared.onChange(() => changed.resolve());
      await changed.promise.finally(end);
    }
  }));
  const texts = notes.map((shared) => shared.notes.toString());
  assert.equal(new Set(texts).size, 1, texts.join(" | "));
  assert.equal(texts[0]?.length, sentences.join("").length);
}

const options = { sanitizeResources: false, sanitizeOps: false };

Deno.test(
  "[I2][I5][I12][T1][X1][R2] a room outlives kill -9 in mid-chat and SIGTERM in mid-turn",
  options,
  async () => {
    const dataDir = await Deno.makeTempDir({ prefix: "room_" });
    const settings = settingsIn(dataDir);
    let server: ServerProcess = await startServer(settings);
    const room = await open(server, dataDir);
    const { members } = room;
    const say = (from: number, to: number) =>
      members.flatMap(({ channel }, m) =>
        Array.from({ length: to - from }, (_, i) => channel.send("say", { text: `${MEMBERS[m]} ${from + i}` }))
      );

    const notes = members.map(({ channel }) => new SharedDocument(channel, "notes"));
    const sentences: string[] = [];
    const write = (when: string) =>
      notes.forEach((shared, m) => {
        const sentence = `${MEMBERS[m]} writes ${when}. `;
        sentences.push(sentence);
        shared.notes.insert(0, sentence);
      });

    await Promise.all(say(0, WORDS / 3));
    write("at first");
    const talk = say(WORDS / 3, WORDS);
    await talk[0];
    write("as it dies");
    await server.stop("SIGKILL");
    write("while it is down");
    server = await startServer(settings);
    await Promise.all(talk);
    await checkWords(server.url, room, MEMBERS.length * WORDS);
    await checkNotes(notes, sentences);

    await members[0]?.channel.send("start_task", { mode: "by_turn" });
    const [opened] = await room.teacher.told("task", 1);
    const { task, turn_of, due_at_ms } = taskSchema.parse(opened?.data);
    assert.equal(turn_of, members[0]?.person.userId);
    assert.equal(await server.stop("SIGTERM"), 0);
    server = await startServer(settings);
    const [passed] = await room.teacher.told("turn", 1);
    const lateMs = (passed?.atMs ?? 0) - due_at_ms;
    assert.ok(lateMs >= 0, `the turn passed ${-lateMs} ms before its time`);
    console.log(`the turn passed ${lateMs} ms after its time`);
    const next = taskSchema.parse(passed?.data);
    assert.deepEqual([next.task, next.turn_of], [task, members[1]?.person.userId]);
    await members[1]?.channel.send("pass", { task });
    await members[2]?.channel.send("pass", { task });
    await room.teacher.told("task_closed", 1);

    for (const shared of notes) shared.close();
    for (const listener of [room.teacher, ...members]) listener.close();
    assert.equal(await server.stop("SIGTERM"), 0);
    await Deno.remove(dataDir, { recursive: true });
  },
);
