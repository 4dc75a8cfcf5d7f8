/** A class in rooms over the real protocol: killed in mid-discussion, told to stop in the recall; no word is lost. */
import assert from "node:assert/strict";
import { z } from "zod";
import { RefusedError } from "../../web/client/neurolearn.js";
import { startServer } from "../support/server_process.ts";
import {
  type Attendee,
  type Heard,
  holdLesson,
  type LiveLesson,
  longerThanAwayMs,
  questionSchema,
  settingsIn,
} from "./live_lesson.ts";
import { call } from "./people.ts";

const STUDENTS = 7;
const LAST_WORDS = "Two more minutes";

const seatSchema = z.looseObject({ room_id: z.string(), room: z.number() });
const previewSchema = z.object({
  seed: z.number(),
  rooms: z.array(z.looseObject({ members: z.array(z.looseObject({ user_id: z.string() })) })),
});
const formedSchema = z.looseObject({
  rooms: z.array(z.looseObject({ room_id: z.string(), members: z.array(z.string()) })),
});
const recalledSchema = z.looseObject({ recall_at_ms: z.number() });
const roomSchema = z.looseObject({
  status: z.string(),
  messages: z.array(z.looseObject({ user_id: z.string(), text: z.string().nullable() })),
});
const rowsSchema = z.array(z.looseObject({ room_id: z.string(), status: z.string(), written: z.number() }));
const lessonSchema = z.looseObject({ breakouts: z.looseObject({ recall_at_ms: z.number(), rooms: rowsSchema }) });
/** The lesson's state and its digests tell of rooms alike. */
const toldRoomsSchema = z.looseObject({ breakouts: z.looseObject({ rooms: rowsSchema }) });
const revealedSchema = z.looseObject({ room_gains: z.array(z.looseObject({ room_id: z.string() })) });

/** A student in a room, and what they have said there that was acknowledged. */
interface Talker {
  readonly student: Attendee;
  readonly roomId: string;
  readonly room: Heard;
  readonly said: string[];
}

async function seated(student: Attendee, times: number): Promise<Talker> {
  const { room_id: roomId } = seatSchema.parse((await student.lesson.told("seated", times)).data);
  const room = student.open(`room/${roomId}`);
  await room.told("state", 1);
  return { student, roomId, room, said: [] };
}

async function say({ room, said }: Talker, text: string): Promise<void> {
  await room.channel.send("say", { text });
  said.push(text);
}

/** The room outlasts the recall by seconds only, which a busy machine may take. */
async function sayWhileOpen(talker: Talker, text: string): Promise<void> {
  try {
    await say(talker, text);
  } catch (error) {
    if (!(error instanceof RefusedError && error.code === "room_ended")) throw error;
  }
}

/** J15: in every room each acknowledged word stands once, in its speaker's mouth, for members and the teacher alike. */
async function checkWords(base: string, teacher: Attendee, talkers: readonly Talker[]): Promise<void> {
  for (const { roomId, student } of talkers) {
    const read = async ({ person }: Attendee) =>
      roomSchema.parse(await call(base, `/rooms/${roomId}`, {}, person.token)).messages;
    const messages = await read(student);
    assert.deepEqual(messages, await read(teacher));
    for (const other of talkers) {
      if (other.roomId !== roomId) continue;
      const { userId } = other.student.person;
      const own = messages.filter((message) => message.user_id === userId).map(({ text }) => text);
      for (const text of other.said) {
        assert.equal(own.filter((one) => one === text).length, 1, `"${text}" of ${userId}`);
      }
    }
  }
}

/** J16: the lesson's teachers are told how much was said in each room, and that it has ended. */
async function checkReports(base: string, { teacher, lessonId }: LiveLesson, recallAtMs: number): Promise<void> {
  const { breakouts } = lessonSchema.parse(await call(base, `/lessons/${lessonId}`, {}, teacher.person.token));
  assert.equal(breakouts.recall_at_ms, recallAtMs, "the stored moment, through the restart");
  for (const { room_id, status, written } of breakouts.rooms) {
    const { messages } = roomSchema.parse(await call(base, `/rooms/${room_id}`, {}, teacher.person.token));
    assert.deepEqual([status, written], ["ended", messages.length], room_id);
  }
}

/** The rooms' own reports have come to the lesson: that they are over, and with that all that was said in them. */
async function allReported({ teacher }: LiveLesson, roomIds: readonly string[]): Promise<void> {
  await Promise.all(roomIds.map((roomId) =>
    teacher.lesson.first(({ data }) => {
      const told = toldRoomsSchema.safeParse(data);
      return told.success &&
        told.data.breakouts.rooms.some(({ room_id, status }) => room_id === roomId && status === "ended");
    })
  ));
}

/** The class asks a vote, votes, and is sent to the rooms that the teacher has looked at before. */
async function sentToRooms({ teacher, students }: LiveLesson, voters: readonly Attendee[]) {
  for (const student of voters) await student.send("enter");
  await teacher.send("start");
  await teacher.send("next", { purpose: "vote" });
  const vote = questionSchema.parse((await teacher.lesson.told("question", 1)).data);
  const allVote = (round: number) =>
    Promise.all(voters.map((one) => one.answer({ ...vote, round }, students.indexOf(one) / STUDENTS)));
  await allVote(1);
  await teacher.send("close_question");
  await teacher.lesson.told("pens_down", 1);
  const preview = previewSchema.parse(await teacher.send("preview_breakouts", { size: 3 }));
  await teacher.send("form_breakouts", { size: 3, seed: preview.seed });
  const { rooms } = formedSchema.parse((await teacher.lesson.told("breakouts", 1)).data);
  const shown = preview.rooms.map(({ members }) => members.map(({ user_id }) => user_id));
  assert.deepEqual(rooms.map(({ members }) => members), shown, "as it was previewed");
  return { rooms, allVote };
}

const options = { sanitizeResources: false, sanitizeOps: false };

Deno.test(
  "[J13][J14][J15][T1] rooms outlive kill -9 in mid-discussion and SIGTERM in the recall",
  options,
  async () => {
    const dataDir = await Deno.makeTempDir({ prefix: "breakouts_" });
    const settings = settingsIn(dataDir);
    let server = await startServer(settings);
    const recallInMs = longerThanAwayMs(server);
    const lesson = await holdLesson(server.url, dataDir, STUDENTS, { question_limit_ms: 60_000 });
    const { teacher, students } = lesson;
    const [late, ...early] = students;
    const [mover] = early;
    assert.ok(late !== undefined && mover !== undefined);
    const { rooms, allVote } = await sentToRooms(lesson, early);
    const talkers = await Promise.all(early.map((student) => seated(student, 1)));
    await Promise.all(talkers.map((one, i) => say(one, `${i} begins`)));
    const underWay = talkers.flatMap((one, i) => [say(one, `${i} goes on`), say(one, `${i} asks why`)]);
    await server.stop("SIGKILL");
    server = await startServer(settings);
    await Promise.all(underWay);

    await late.send("enter");
    talkers.push(await seated(late, 1));
    const from = talkers.find(({ student }) => student === mover);
    const into = rooms.find(({ room_id }) => room_id !== from?.roomId);
    assert.ok(into !== undefined);
    await teacher.send("move_student", { user_id: mover.person.userId, room_id: into.room_id });
    const moved = await seated(mover, 2);
    assert.equal(moved.roomId, into.room_id);
    await say(moved, "somebody new");
    const inRooms = [...talkers.filter((one) => one !== from), moved];
    await teacher.send("tell_rooms", { text: LAST_WORDS });
    await Promise.all(inRooms.map(({ room }) => room.first(({ data }) => JSON.stringify(data).includes(LAST_WORDS))));
    await checkWords(server.url, teacher, inRooms);

    await teacher.send("recall_rooms", { in_ms: recallInMs });
    const { recall_at_ms } = recalledSchema.parse((await late.lesson.told("rooms_recalled", 1)).data);
    assert.equal(await server.stop("SIGTERM"), 0);
    server = await startServer(settings);
    // A student is told every event that they missed; who teaches is given the present state when they return.
    const over = await late.lesson.told("rooms_over", 1);
    assert.ok(over.atMs >= recall_at_ms, `the recall came ${recall_at_ms - over.atMs} ms before its time`);
    await sayWhileOpen(moved, "what was on its way");
    await Promise.all(inRooms.map(({ room }) => room.told("room_ended", 1)));
    await assert.rejects(say(moved, "too late"), { code: "room_ended" });
    await checkWords(server.url, teacher, [...talkers, moved]);

    await teacher.send("vote_again");
    await allVote(2);
    await teacher.send("close_question");
    await teacher.lesson.told("pens_down", 2);
    await teacher.send("reveal");
    await allReported(lesson, rooms.map(({ room_id }) => room_id));
    await checkReports(server.url, lesson, recall_at_ms);
    const { room_gains } = revealedSchema.parse((await teacher.lesson.told("question_revealed", 1)).data);
    assert.deepEqual(room_gains.map(({ room_id }) => room_id), rooms.map(({ room_id }) => room_id));
    for (const one of [teacher, ...students]) one.close();
    assert.equal(await server.stop("SIGTERM"), 0);
    await Deno.remove(dataDir, { recursive: true });
  },
);
