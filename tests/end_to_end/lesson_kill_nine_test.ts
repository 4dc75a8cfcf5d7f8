/** A class's lesson over the real protocol: killed in mid-question, told to stop in mid-vote; it goes on, scores agree. */
import assert from "node:assert/strict";
import { z } from "zod";
import { type Channel, NeuroLearn } from "../../web/client/neurolearn.js";
import { type ServerProcess, startServer } from "../support/server_process.ts";
import { call, enrol, type Person, signIn } from "./people.ts";
import { guess, lessonSchema } from "./student.ts";

const STUDENTS = 12;
/** Longer than the server needs to come back. */
const LIMIT_MS = 40_000;
/** The clock closes a question this soon after its deadline, on a machine that does other things too. */
const TIMER_MS_MAX = 1_000;

const questionSchema = z.looseObject({
  question: z.number(),
  round: z.number(),
  deadline_ms: z.number().nullable(),
  item: lessonSchema.shape.item,
});
type Question = z.infer<typeof questionSchema>;
const idSchema = z.looseObject({ id: z.string() });
const viewSchema = z.looseObject({ answered: z.number(), correct: z.number(), points: z.number() });
const resultSchema = z.looseObject({ your_result: z.object({ correct: z.boolean(), score: z.number() }).nullable() });

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

/** One person on the lesson's channel, with everything that they were told. */
class Attendee {
  readonly #client: NeuroLearn;
  readonly channel: Channel;
  readonly heard: { readonly type: string; readonly data: unknown; readonly atMs: number }[] = [];
  readonly #waiting: (() => void)[] = [];

  constructor(base: string, readonly person: Person, lessonId: string) {
    this.#client = new NeuroLearn(`${base.replace("http", "ws")}/api/v1/socket`, () => person.token);
    this.channel = this.#client.channel(`classroom/${lessonId}`);
    this.channel.on("*", (data, { event, at_ms }) => {
      if (event === undefined) return;
      this.heard.push({ type: event, data, atMs: at_ms ?? 0 });
      for (const go of this.#waiting.splice(0)) go();
    });
  }

  nowMs(): number {
    return this.#client.serverNowMs();
  }

  async told(type: string, times: number) {
    for (;;) {
      const found = this.heard.filter((one) => one.type === type);
      const last = found[times - 1];
      if (last !== undefined) return last;
      await new Promise<void>((resolve) => void this.#waiting.push(resolve));
    }
  }

  close(): void {
    this.#client.close();
  }
}

interface Held {
  readonly teacher: Attendee;
  readonly students: readonly Attendee[];
  readonly lessonId: string;
}

async function hold(base: string, dataDir: string): Promise<Held> {
  const passwords = z.record(z.string(), z.string()).parse(
    JSON.parse(await Deno.readTextFile(`${dataDir}/demo-accounts.json`)),
  );
  const teacher = await signIn(base, "teacher", passwords.teacher ?? "");
  const post = async (path: string, body: object) =>
    idSchema.parse(await call(base, path, { method: "POST", body: JSON.stringify(body) }, teacher.token)).id;
  const classId = await post("/classes", { title: "Monday" });
  const people: Person[] = [];
  for (let i = 0; i < STUDENTS; i += 1) {
    people.push(await enrol(base, `pupil_${i}`));
    const body = JSON.stringify({ login: `pupil_${i}` });
    await call(base, `/classes/${classId}/members`, { method: "POST", body }, teacher.token);
  }
  const plan = { course_id: "elementary-algebra", title: "Lines", mode: "teacher_paced", question_limit_ms: LIMIT_MS };
  const lessonId = await post(`/classes/${classId}/lessons`, { ...plan, offline_ms_max: 120_000 });
  const students = people.map((person) => new Attendee(base, person, lessonId));
  return { teacher: new Attendee(base, teacher, lessonId), students, lessonId };
}

/** What one student answers: by their number alone, so that right ones and wrong ones come. */
async function answer(student: Attendee, number: number, { question, item }: Question): Promise<void> {
  const response = guess(item.form, number / STUDENTS);
  await student.channel.send("answer", { question, response, answered_at_ms: student.nowMs() });
}

/** J5, J9: everybody's answer was acknowledged, counts, and is worth what they were told. */
async function checkScores(base: string, { students, lessonId }: Held, questions: number): Promise<void> {
  for (const { person, heard } of students) {
    const told = heard.filter(({ type }) => type === "question_revealed").map(({ data }) => resultSchema.parse(data));
    const results = told.flatMap(({ your_result }) => your_result ?? []);
    const view = viewSchema.parse(await call(base, `/lessons/${lessonId}`, {}, person.token));
    assert.equal(results.length, questions, "each was told each result");
    assert.equal(view.answered, questions);
    assert.equal(view.correct, results.filter(({ correct }) => correct).length);
    assert.ok(Math.abs(view.points - results.reduce((sum, { score }) => sum + score, 0)) < 1e-3);
  }
}

const options = { sanitizeResources: false, sanitizeOps: false };

Deno.test("[J1][J5][J9][T1] a lesson outlives kill -9 in mid-question and SIGTERM in mid-vote", options, async () => {
  const dataDir = await Deno.makeTempDir({ prefix: "lesson_" });
  const settings = {
    PORT: String(freePort()),
    DATA_DIR: dataDir,
    RATE_LIMITS: "off",
    BCRYPT_COST: "4",
    EMOTION: "off",
  };
  let server: ServerProcess = await startServer(settings);
  const lesson = await hold(server.url, dataDir);
  const { teacher, students } = lesson;
  const wish = (command: string, args: Record<string, unknown> = {}) => teacher.channel.send(command, args);
  const asked = async (times: number) => questionSchema.parse((await teacher.told("question", times)).data);
  for (const student of students) await student.channel.send("enter");
  await wish("start");

  await wish("next");
  const first = await asked(1);
  await Promise.all(students.slice(0, STUDENTS / 2).map((student, i) => answer(student, i, first)));
  const rest = students.slice(STUDENTS / 2).map((student, i) => answer(student, STUDENTS / 2 + i, first));
  await server.stop("SIGKILL");
  server = await startServer(settings);
  await Promise.all(rest);
  const closing = await teacher.told("question_closing", 1);
  const lateMs = closing.atMs - (first.deadline_ms ?? 0);
  assert.ok(lateMs >= 0 && lateMs <= TIMER_MS_MAX, `the clock closed ${lateMs} ms after the deadline`);
  const down = await teacher.told("pens_down", 1);
  assert.deepEqual(z.looseObject({ counted: z.number() }).parse(down.data).counted, STUDENTS);
  await wish("reveal");

  await wish("next", { purpose: "vote" });
  const vote = await asked(2);
  const votes = students.map((student, i) => answer(student, i, vote));
  await Promise.all(votes.slice(0, 3));
  assert.equal(await server.stop("SIGTERM"), 0);
  server = await startServer(settings);
  await Promise.all(votes);
  await wish("close_question");
  await teacher.told("pens_down", 2);
  await wish("form_breakouts");
  await wish("recall_rooms");
  await wish("vote_again");
  await wish("close_question");
  await teacher.told("pens_down", 3);
  await wish("reveal");
  await Promise.all(students.map((student) => student.told("question_revealed", 2)));
  await checkScores(server.url, lesson, 2);
  for (const one of [teacher, ...students]) one.close();
  assert.equal(await server.stop("SIGTERM"), 0);
  await Deno.remove(dataDir, { recursive: true });
});
