/** The course that a simulated lesson takes, from the lobby to its close. */
import { questionItems, voteItems } from "./arithmetic_course.ts";
import type { Trait } from "./cast.ts";
import { type DebateOutcome, holdDebate } from "./debate_held.ts";
import { pause } from "./gate.ts";
import { ask, type Blow, type HeldLesson, reveal, vote } from "./held_lesson.ts";
import type { Student } from "./student.ts";

/** Shares of the lesson's length. */
const FIRST_WORK = 0.3;
const WORK = 0.12;
const TALK = 0.04;
/** From here on no further question is put. */
const LAST_QUESTION_BY = 0.85;
/** Of the work at one's own pace, before and after a pause for all. */
const HALF = 0.5;
const REST_MS = 500;

export interface LessonOutcome {
  readonly debate: DebateOutcome;
  readonly movedToStream: number;
}

async function inTheLobby({ teacher, students, progress }: HeldLesson): Promise<void> {
  progress.part("lobby");
  await Promise.all(students.map((student) => student.enter()));
  await teacher.sees(
    "everybody let in",
    ({ students: rows }) => students.every(({ userId }) => rows.get(userId)?.admission === "admitted"),
  );
}

/** At one's own pace: everybody for themselves, in their own session. */
async function work({ selfPaced, progress }: HeldLesson, ms: number): Promise<void> {
  progress.part("work at one's own pace");
  selfPaced.open();
  await pause(ms);
  selfPaced.shut();
}

/** The first stretch holds what a teacher does meanwhile: a message, a pause, another item for one. */
async function firstWork(lesson: HeldLesson, ms: number): Promise<void> {
  const { teacher, students, selfPaced, progress } = lesson;
  progress.part("work at one's own pace");
  selfPaced.open();
  for (const student of students) {
    if (student.parts.trait.behaviour === "background_tab") student.lookAway(ms);
  }
  await teacher.wish("send_message", { text: "Good morning! Begin where your session takes you." });
  await pause(ms * HALF);
  await teacher.wish("pause", { reason: "all eyes to the front" });
  await pause(REST_MS);
  await teacher.wish("resume");
  const busy = [...teacher.view.students.values()].find(({ work }) => work?.status === "active");
  if (busy !== undefined) {
    const [itemId] = questionItems();
    const args = { user_id: busy.user_id, item_id: itemId, reason: "try this one" };
    await teacher.wishUnless(["no_session"], "override_item", args);
  }
  await pause(ms * (1 - HALF));
  selfPaced.shut();
}

async function latecomers(lesson: HeldLesson, come: (trait: Trait) => Promise<Student>): Promise<void> {
  const late = lesson.cast.filter(({ behaviour }) => behaviour === "late_joiner");
  for (const trait of late) {
    const student = await come(trait);
    lesson.students.push(student);
    await student.enter();
  }
}

/** Everybody has put their work down, and what it has come to stands in the teacher's view. */
async function settled({ teacher, students, selfPaced }: HeldLesson): Promise<void> {
  const atRest = students.map((student) => student.atRest());
  selfPaced.open();
  await Promise.all(atRest);
  await teacher.sees(
    "what everybody's session has come to",
    ({ students: rows }) =>
      students.every(({ userId, work: { acked } }) => (rows.get(userId)?.work?.answered ?? 0) >= acked.length),
  );
}

/**
 * Takes the lesson through lobby, work, questions, a vote, a debate and its close. `come` brings a student into the
 * class whose lesson is on.
 */
export async function takeLesson(
  lesson: HeldLesson,
  come: (trait: Trait) => Promise<Student>,
): Promise<LessonOutcome> {
  const { teacher, progress, lengthMs, chaos, record } = lesson;
  const blow = (signal: Blow): Blow => chaos === "kills" ? signal : "none";
  const startedAtMs = performance.now();
  const [questions, votes] = [[...questionItems()], [...voteItems()]];
  const nextItem = (items: string[]) => items.shift() ?? "";
  await inTheLobby(lesson);
  await teacher.wish("start");
  await firstWork(lesson, lengthMs * FIRST_WORK);

  await ask(lesson, { itemId: nextItem(questions), purpose: "question", blow: blow("SIGKILL"), closes: "clock" });
  await reveal(lesson);
  await record.lookThrough();
  await latecomers(lesson, come);
  const movedToStream = chaos === "kills" ? lesson.ways.forbidSockets() : 0;
  await work(lesson, lengthMs * WORK);

  await vote(lesson, nextItem(votes), lengthMs * TALK, blow("SIGKILL"));
  await record.lookThrough();
  const [speaker] = lesson.students;
  if (speaker === undefined) throw new RangeError("nobody is in the class");
  lesson.selfPaced.open();
  const debate = await holdDebate(lesson, speaker);
  await work(lesson, lengthMs * WORK);

  for (let isFirst = true; isFirst || performance.now() - startedAtMs < lengthMs * LAST_QUESTION_BY; isFirst = false) {
    if (questions.length === 0) break;
    const signal = isFirst ? blow("SIGTERM") : "none";
    await ask(lesson, { itemId: nextItem(questions), purpose: "question", blow: signal, closes: "teacher" });
    await reveal(lesson);
    await record.lookThrough();
    await work(lesson, lengthMs * WORK);
  }
  progress.part("close");
  await settled(lesson);
  teacher.done();
  await teacher.wish("close_lesson", { reason: "see you on Thursday" });
  return { debate, movedToStream };
}
