/** Deadlines of many lessons at once through kill -9 and SIGTERM, by the server's own stamps. */
import assert from "node:assert/strict";
import { z } from "zod";
import { type ServerProcess, startServer } from "../support/server_process.ts";
import type { Channel } from "../../web/client/neurolearn.js";
import { type Attendee, type Heard, holdLesson, questionSchema, settingsIn } from "./live_lesson.ts";
import { call } from "./people.ts";

/** In ms: the first one is the sign to end the server, the next two pass while it is down. */
const SHORT_MS: readonly number[] = [5_000, 5_250, 5_500];
/** Lessons whose deadlines come when it is back, a second apart. */
const LONG = 5;

/** Time limits, by how long a server needs to start on this machine now. */
function limitsAfter(startMs: number): readonly number[] {
  return [...SHORT_MS, ...Array.from({ length: LONG }, (_, i) => Math.round(6_000 + 2 * startMs + i * 1_000))];
}

const idSchema = z.looseObject({ id: z.string() });
const upSchema = z.looseObject({ at: z.string() });

/** One lesson, as its teacher steers it and a student hears it: who teaches is given the present state when they return. */
interface Timed {
  readonly teacher: Channel;
  readonly student: Heard;
}

/** Opens further lessons of the class of this one, as many as there are limits. */
async function lessons(
  base: string,
  teacher: Attendee,
  student: Attendee,
  lessonId: string,
): Promise<readonly Timed[]> {
  const { token } = teacher.person;
  const { class_id } = z.looseObject({ class_id: z.string() }).parse(
    await call(base, `/lessons/${lessonId}`, {}, token),
  );
  const plan = { course_id: "elementary-algebra", title: "Lines", mode: "teacher_paced", offline_ms_max: 0 };
  const all: Timed[] = [{ teacher: teacher.lesson.channel, student: student.lesson }];
  while (all.length < SHORT_MS.length + LONG) {
    const body = JSON.stringify({ ...plan, question_limit_ms: 60_000 });
    const opened = await call(base, `/classes/${class_id}/lessons`, { method: "POST", body }, token);
    const name = `classroom/${idSchema.parse(opened).id}`;
    all.push({ teacher: teacher.open(name).channel, student: student.open(name) });
  }
  for (const one of all) await one.teacher.send("start");
  return all;
}

interface Kept {
  /** By how much each deadline was late that came when the server was up. */
  readonly up: readonly number[];
  /** How long after the server was up those were kept that had passed while it was down. */
  readonly down: readonly number[];
}

/** Asks every lesson a question, ends the server with `signal` at the first deadline, and starts it again. */
async function round(
  all: readonly Timed[],
  number: number,
  limits: readonly number[],
  restart: () => Promise<ServerProcess>,
): Promise<{ readonly server: ServerProcess; readonly kept: Kept }> {
  for (const [i, one] of all.entries()) await one.teacher.send("next", { limit_ms: limits[i] });
  const [sign] = all;
  assert.ok(sign !== undefined);
  await sign.student.told("question_closing", number);
  const server = await restart();
  const { at } = upSchema.parse(await server.logged(({ message }) => message === "listening"));
  const upMs = Date.parse(at);
  const up: number[] = [];
  const down: number[] = [];
  for (const { student } of all.slice(1)) {
    const { deadline_ms } = questionSchema.parse((await student.told("question", number)).data);
    const { atMs } = await student.told("question_closing", number);
    const dueMs = deadline_ms ?? 0;
    assert.ok(atMs >= dueMs, `closed ${dueMs - atMs} ms before its deadline`);
    // One that came before the old server had died was kept by that.
    if (dueMs > upMs || atMs < upMs) up.push(atMs - dueMs);
    else down.push(atMs - upMs);
  }
  for (const { student } of all) {
    await student.told("pens_down", number);
    assert.equal(student.all.filter(({ type }) => type === "question_closing").length, number, "closed once each");
  }
  return { server, kept: { up, down } };
}

const options = { sanitizeResources: false, sanitizeOps: false };

Deno.test(
  "[T1][T3] deadlines outlive kill -9 and SIGTERM: each is kept, once, and none before its moment",
  options,
  async () => {
    const dataDir = await Deno.makeTempDir({ prefix: "deadlines_" });
    const settings = settingsIn(dataDir);
    let server = await startServer(settings);
    const limits = limitsAfter(server.startedInMs);
    const { teacher, students, lessonId } = await holdLesson(server.url, dataDir, 1, { question_limit_ms: 60_000 });
    const [student] = students;
    assert.ok(student !== undefined);
    const all = await lessons(server.url, teacher, student, lessonId);
    for (const [i, signal] of (["SIGKILL", "SIGTERM"] as const).entries()) {
      const { server: next, kept: { up, down } } = await round(all, i + 1, limits, async () => {
        await server.stop(signal);
        return await startServer(settings);
      });
      server = next;
      // How late says as much about the machine as about the server; virtual time shows that it adds nothing.
      console.log(`after ${signal}: ${up.join(", ")} ms late when up; kept ${down.join(", ")} ms after the start`);
    }
    for (const one of [teacher, ...students]) one.close();
    assert.equal(await server.stop("SIGTERM"), 0);
    await Deno.remove(dataDir, { recursive: true });
  },
);
