/** A lesson that is on: who is in it, what it has come to, and the moments of its questions. */
import type { Trait } from "./cast.ts";
import { type Gate, pause } from "./gate.ts";
import type { KeyProbe } from "./key_probe.ts";
import type { OwnServer } from "./own_server.ts";
import type { Progress } from "./progress_line.ts";
import type { ClassRecord } from "./record.ts";
import type { School } from "./school.ts";
import type { Student } from "./student.ts";
import type { Teacher } from "./teacher.ts";
import type { Ways } from "./way.ts";

export interface HeldLesson {
  readonly lessonId: string;
  readonly school: School;
  readonly teacher: Teacher;
  /** Those who have come so far. */
  readonly students: Student[];
  readonly cast: readonly Trait[];
  readonly ways: Ways;
  readonly record: ClassRecord;
  readonly probe: KeyProbe;
  readonly progress: Progress;
  readonly selfPaced: Gate;
  /** Null where the server is not the class's own. */
  readonly server: OwnServer | null;
  readonly chaos: "kills" | "none";
  readonly questionMs: number;
  /** Of the whole lesson. */
  readonly lengthMs: number;
}

/** A question is given up so long after its clock should have closed it. */
const CLOSED_MS_MAX = 90_000;
/** Answers on their way are waited for by the lesson itself for some seconds; who was cut off takes longer. */
const CUT_OFF_MS_MAX = 25_000;
const LOOK_MS = 500;
const EXTRA_MS = 1_000;
/** The countdown that calls everybody back. */
const RECALL_MS = 1_000;

/** What happens to the server while a question is open. */
export type Blow = "SIGKILL" | "SIGTERM" | "none";

interface QuestionWish {
  readonly itemId: string;
  readonly purpose: "question" | "vote";
  readonly blow: Blow;
  /** Who ends it: the clock for all, or the teacher once all that answer have. */
  readonly closes: "clock" | "teacher";
}

/** Who has any intention to answer this opening. */
function willing({ students }: HeldLesson, round: number): number {
  return students.filter(({ parts }) => round > 1 || parts.trait.behaviour !== "idler").length;
}

/** Answers that have been acknowledged. */
function ackedOf({ students }: HeldLesson, question: number, round: number): number {
  return students.filter(({ acked }) => acked.some((one) => one.question === question && one.round === round)).length;
}

async function suffer(lesson: HeldLesson, blow: Blow): Promise<void> {
  if (blow === "none" || lesson.server === null) return;
  lesson.progress.part(`${blow} in mid-question`);
  await lesson.server.restart(blow);
}

/** From an open question to pens down. */
async function untilDown(lesson: HeldLesson, round: number, blow: Blow, closes: QuestionWish["closes"]): Promise<void> {
  const { teacher } = lesson;
  const number = teacher.view.question?.question ?? 0;
  const all = willing(lesson, round);
  const isOpen = () => teacher.view.question?.step === "open";
  await teacher.seesWithin(lesson.questionMs, ({ question }) => (question?.answered ?? 0) >= all / 3);
  await suffer(lesson, blow);
  for (const until = performance.now() + CLOSED_MS_MAX; isOpen() && performance.now() < until;) {
    lesson.progress.tell(`${teacher.view.question?.answered ?? 0} of ${all} answers`);
    if (closes === "teacher" && ackedOf(lesson, number, round) >= all) break;
    await teacher.seesWithin(LOOK_MS, () => !isOpen());
  }
  if (isOpen()) await teacher.wishUnless(["wrong_step"], "close_question");
  const patientUntil = performance.now() + CUT_OFF_MS_MAX;
  while (!await teacher.seesWithin(LOOK_MS, ({ question }) => question?.step === "down")) {
    const isIn = ackedOf(lesson, number, round) >= all;
    if (isIn || performance.now() > patientUntil) await teacher.wishUnless(["too_soon", "wrong_step"], "end_wait");
  }
}

/** Puts a question to the class and takes it to pens down, with more time for one and for all on the way. */
export async function ask(lesson: HeldLesson, { itemId, purpose, blow, closes }: QuestionWish): Promise<void> {
  const { teacher, progress, students } = lesson;
  progress.part(purpose);
  const last = teacher.view.question?.question ?? 0;
  await teacher.wish("next", { item_id: itemId, purpose });
  await teacher.sees("the next question", ({ question }) => (question?.question ?? 0) > last);
  const [first] = students;
  first?.run(() => lesson.probe.ask(students, itemId));
  if (closes === "clock" && first !== undefined) {
    await teacher.wish("extend_time", { user_id: first.userId, by_ms: 2 * EXTRA_MS, reason: "the page was slow" });
    await teacher.wish("extend_time", { by_ms: EXTRA_MS, reason: "one more look" });
  }
  await untilDown(lesson, 1, blow, closes);
}

/** Shows the class what was right, and one answer without a name. */
export async function reveal(lesson: HeldLesson): Promise<void> {
  const { teacher, students } = lesson;
  const number = teacher.view.question?.question ?? 0;
  await teacher.wish("reveal");
  const shown = students.find(({ acked }) => acked.some(({ question, right }) => question === number && right));
  if (shown !== undefined) await teacher.wishUnless(["no_answer"], "spotlight", { user_id: shown.userId });
}

/** Peer instruction: vote, talk, vote again. */
export async function vote(lesson: HeldLesson, itemId: string, talkMs: number, blow: Blow): Promise<void> {
  const { teacher, progress } = lesson;
  await ask(lesson, { itemId, purpose: "vote", blow, closes: "teacher" });
  progress.part("talk in rooms");
  await teacher.wish("form_breakouts", { how: "difference", size: 2, task: "Why do you think so?" });
  await pause(talkMs);
  await teacher.wish("tell_rooms", { text: "One more minute." });
  await teacher.wish("recall_rooms", { in_ms: RECALL_MS });
  await teacher.sees("everybody back from the rooms", ({ breakouts }) => typeof breakouts?.over_at_ms === "number");
  progress.part("second vote");
  await teacher.wish("vote_again");
  await teacher.sees("the second vote", ({ question }) => question?.round === 2 && question.step === "open");
  await untilDown(lesson, 2, "none", "teacher");
  await reveal(lesson);
}
