/** A class's lesson over the real protocol: killed in mid-question, told to stop in mid-vote; it goes on, scores agree. */
import assert from "node:assert/strict";
import { z } from "zod";
import { type ServerProcess, startServer } from "../support/server_process.ts";
import {
  type Attendee,
  holdLesson,
  type LiveLesson,
  longerThanAwayMs,
  type Question,
  questionSchema,
  settingsIn,
} from "./live_lesson.ts";
import { call } from "./people.ts";

const STUDENTS = 12;

const viewSchema = z.looseObject({ answered: z.number(), correct: z.number(), points: z.number() });
const resultSchema = z.looseObject({ your_result: z.object({ correct: z.boolean(), score: z.number() }).nullable() });

/** What one student answers: by their number alone. */
function answer(student: Attendee, number: number, question: Question): Promise<void> {
  return student.answer(question, number / STUDENTS);
}

/** J5, J9: everybody's answer was acknowledged, counts, and is worth what they were told. */
async function checkScores(base: string, { students, lessonId }: LiveLesson, questions: number): Promise<void> {
  for (const { person, lesson } of students) {
    const told = lesson.all.filter(({ type }) => type === "question_revealed").map(({ data }) =>
      resultSchema.parse(data)
    );
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
  const settings = settingsIn(dataDir);
  let server: ServerProcess = await startServer(settings);
  const lesson = await holdLesson(server.url, dataDir, STUDENTS, { question_limit_ms: longerThanAwayMs(server) });
  const { teacher, students } = lesson;
  // A student is told every event that they missed; who teaches is given the present state when they return.
  const [hearer] = students;
  assert.ok(hearer !== undefined);
  const wish = (command: string, args: Record<string, unknown> = {}) => teacher.send(command, args);
  const asked = async (times: number) => questionSchema.parse((await teacher.lesson.told("question", times)).data);
  for (const student of students) await student.send("enter");
  await wish("start");

  await wish("next");
  const first = await asked(1);
  await Promise.all(students.slice(0, STUDENTS / 2).map((student, i) => answer(student, i, first)));
  const rest = students.slice(STUDENTS / 2).map((student, i) => answer(student, STUDENTS / 2 + i, first));
  await server.stop("SIGKILL");
  server = await startServer(settings);
  await Promise.all(rest);
  const closing = await hearer.lesson.told("question_closing", 1);
  const lateMs = closing.atMs - (first.deadline_ms ?? 0);
  assert.ok(lateMs >= 0, `the clock closed ${-lateMs} ms before the deadline`);
  console.log(`the clock closed ${lateMs} ms after the deadline`);
  await hearer.lesson.told("pens_down", 1);
  await wish("reveal");

  await wish("next", { purpose: "vote" });
  const vote = await asked(2);
  const votes = students.map((student, i) => answer(student, i, vote));
  await Promise.all(votes.slice(0, 3));
  assert.equal(await server.stop("SIGTERM"), 0);
  server = await startServer(settings);
  await Promise.all(votes);
  await wish("close_question");
  await hearer.lesson.told("pens_down", 2);
  await wish("form_breakouts");
  await wish("recall_rooms");
  await wish("vote_again");
  await wish("close_question");
  await hearer.lesson.told("pens_down", 3);
  await wish("reveal");
  await Promise.all(students.map((student) => student.lesson.told("question_revealed", 2)));
  await checkScores(server.url, lesson, 2);
  for (const one of [teacher, ...students]) one.close();
  assert.equal(await server.stop("SIGTERM"), 0);
  await Deno.remove(dataDir, { recursive: true });
});
