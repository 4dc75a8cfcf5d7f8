/** What must hold of a simulated lesson, found out from what its bots were acknowledged and told. */
import { z } from "zod";
import type { LessonOutcome } from "./lesson_course.ts";
import type { Figures } from "./figures.ts";
import type { KeyProbe } from "./key_probe.ts";
import { type ClassRecord, openingKey } from "./record.ts";
import { lostLines, lostWords } from "./room_records.ts";
import type { Rest } from "./rest.ts";
import type { School } from "./school.ts";
import type { AckedAnswer, Student } from "./student.ts";
import type { Teacher } from "./teacher.ts";
import { TIMER_LATE_MS_MAX } from "./timers_kept.ts";

export const ACK_P99_MS_MAX = 100;
export const VIEW_AGE_MS_MAX = 1_000;
export const UPDATES_PER_SECOND_MAX = 4;
const SCORE_TOLERANCE = 1e-3;

export interface Check {
  readonly name: string;
  /** What was found, in words. */
  readonly found: string;
  readonly holds: boolean;
  /** `time`: it says as much about the machine and its load as about the server. */
  readonly about: "rules" | "time";
}

/** Refusals that a lesson is full of: too late, twice, or in a pause. */
const EXPECTED_REFUSALS: readonly string[] = [
  "answer too_late",
  "answer pens_down",
  "answer question_closed",
  "answer already_answered",
  "answer lesson_paused",
  "answer session_paused",
  "answer item_closed",
  "answer item_asked",
  "hint item_closed",
  "hint session_paused",
  "hint item_asked",
  "hint no_hints_left",
  "tutor_ask item_closed",
  "tutor_ask session_paused",
  "tutor_ask item_asked",
  // A room that has been recalled is over, whoever is in mid-sentence.
  "say room_ended",
  "note room_ended",
  "propose room_ended",
  "agree room_ended",
  "propose task_closed",
  "propose not_your_turn",
  "propose already_proposed",
  "agree task_closed",
  "agree nothing_proposed",
];

const scoresSchema = z.looseObject({ answered: z.number(), correct: z.number(), points: z.number() });
type Scores = z.infer<typeof scoresSchema>;
const lessonSchema = z.looseObject({ students: z.array(scoresSchema.extend({ user_id: z.string() })) });
const sessionSchema = z.looseObject({
  performance_metrics: z.looseObject({
    answered: z.number(),
    correct: z.number(),
    score_mean: z.number().nullable(),
  }),
});

/** What a student's answers come to by what they were acknowledged alone: of a vote, the first is what counts. */
export function scoresFrom(acked: readonly AckedAnswer[]): Scores {
  const counting = acked.filter(({ round }) => round === 1);
  const correct = counting.filter(({ right }) => right).length;
  return { answered: counting.length, correct, points: correct };
}

function differ(told: Scores | undefined, own: Scores): boolean {
  return told === undefined || told.answered !== own.answered || told.correct !== own.correct ||
    Math.abs(told.points - own.points) > SCORE_TOLERANCE;
}

async function wrongScores(school: School, lessonId: string, students: readonly Student[]): Promise<string[]> {
  const { rest, teacher } = school;
  const all = lessonSchema.parse(await rest.ask("GET", `/lessons/${lessonId}`, teacher.token)).students;
  const rows = new Map(all.map((row) => [row.user_id, row]));
  const wrong: string[] = [];
  for (const { userId, acked, parts } of students) {
    const own = scoresFrom(acked);
    const told = scoresSchema.parse(await rest.ask("GET", `/lessons/${lessonId}`, parts.account.token));
    if (!differ(told, own) && !differ(rows.get(userId), own)) continue;
    wrong.push(`student ${parts.trait.index}: ${told.answered}/${told.correct}, not ${own.answered}/${own.correct}`);
  }
  return wrong;
}

async function wrongSessions(rest: Rest, students: readonly Student[]): Promise<string[]> {
  const wrong: string[] = [];
  for (const { work: { acked, sessionId }, parts } of students) {
    if (sessionId === null) continue;
    const { performance_metrics: told } = sessionSchema.parse(
      await rest.ask("GET", `/sessions/${sessionId}`, parts.account.token),
    );
    const score = acked.length === 0 ? 0 : acked.reduce((sum, one) => sum + one.score, 0) / acked.length;
    const isRight = told.answered === acked.length && told.correct === acked.filter(({ right }) => right).length &&
      Math.abs((told.score_mean ?? 0) - score) <= SCORE_TOLERANCE;
    if (!isRight) wrong.push(`student ${parts.trait.index}: ${told.answered} answers, not ${acked.length}`);
  }
  return wrong;
}

/** Answers acknowledged more than once for one opening. */
function countedTwice(students: readonly Student[]): number {
  return students.reduce((sum, { acked }) => sum + acked.length - new Set(acked.map(openingKey)).size, 0);
}

/** Answers counted after their barrier, and openings whose barrier was never told, or told differently. */
function behindBarrier({ countedSeqs, barrierSeqs }: ClassRecord): number {
  let behind = 0;
  for (const [opening, seqs] of countedSeqs) {
    const [barrier, ...others] = barrierSeqs.get(opening) ?? [];
    if (barrier === undefined || others.length > 0) behind += 1;
    else behind += seqs.filter((seq) => seq >= barrier).length;
  }
  return behind;
}

function rule(name: string, holds: boolean, found: string): Check {
  return { name, holds, found, about: "rules" };
}

function time(name: string, value: number, max: number, unit: string): Check {
  return { name, holds: value <= max, found: `${value.toFixed(0)}${unit}, at most ${max}${unit}`, about: "time" };
}

function timersLate({ timers }: Figures): number {
  return timers === null ? 0 : timers.fired - timers.inTime;
}

/** Names the first few of what is wrong. */
function listed(wrong: readonly string[], none: string): string {
  return wrong.length === 0 ? none : `${wrong.length} wrong: ${wrong.slice(0, 3).join("; ")}`;
}

export interface Judged {
  readonly school: School;
  readonly lessonId: string;
  readonly teacher: Teacher;
  readonly students: readonly Student[];
  readonly record: ClassRecord;
  readonly probe: KeyProbe;
  readonly outcome: LessonOutcome;
  readonly figures: Figures;
  /** Of each time that the server was told to stop. */
  readonly exitCodes: readonly number[];
}

export async function checksOf(judged: Judged): Promise<readonly Check[]> {
  const { school, lessonId, teacher, students, record, probe, outcome: { debate }, figures, exitCodes } = judged;
  const scores = await wrongScores(school, lessonId, students);
  const sessions = await wrongSessions(school.rest, students);
  const words = [...await lostWords(school, students), ...await lostLines(teacher, students)];
  const said = students.flatMap(({ talk }) => talk.acked).length;
  const noted = students.flatMap(({ talk }) => talk.noted).length;
  const twice = countedTwice(students);
  const behind = behindBarrier(record);
  const strange = Object.keys(figures.refusals).filter((refusal) => !EXPECTED_REFUSALS.includes(refusal));
  const tutor = students.flatMap(({ work }) => work.tutorSaid);
  return [
    rule("every answer acknowledged is in the scores, once", scores.length === 0, listed(scores, "all of them")),
    rule("every item of one's own session too", sessions.length === 0, listed(sessions, "all of them")),
    rule(
      "every word and note acknowledged stands in its room, once",
      words.length === 0,
      listed(words, `all ${said} words and ${noted} lines`),
    ),
    rule("no answer acknowledged twice", twice === 0, `${twice} of ${figures.answers}`),
    rule("no answer counted behind its barrier", behind === 0, `${behind}, ${record.barrierSeqs.size} barriers`),
    rule(
      "no student's frame with an open key or another's answer",
      record.leaks === 0,
      record.leaks === 0 ? `none in ${record.frames}` : listed(record.leaksNamed, ""),
    ),
    rule("a room was refused what the class was asked", probe.heldBack > 0, `${probe.heldBack} times`),
    rule("every answer came into the teacher's view", figures.unseen === 0, `${figures.unseen} did not`),
    rule("no refusal that nothing calls for", strange.length === 0, listed(strange, "none")),
    rule("the tutor answered", tutor.length > 0, `${tutor.length} times`),
    rule(
      "the debate ended, each word in it once, the AI called so",
      debate.status === "ended" && debate.wordsLost === 0 && debate.aiUnlabelled === 0,
      `${debate.statements} statements`,
    ),
    rule("a server told to stop ended well", exitCodes.every((code) => code === 0), `${exitCodes.length} times`),
    time("acknowledged at p99, WebSocket", figures.ackSocket.p99Ms, ACK_P99_MS_MAX, " ms"),
    time("age of the teacher's view, at most", figures.viewAge.maxMs, VIEW_AGE_MS_MAX, " ms"),
    time("updates to the teacher in a second", figures.updatesPerSecondMax, UPDATES_PER_SECOND_MAX, ""),
    time(`timers more than ${TIMER_LATE_MS_MAX} ms late`, timersLate(figures), 0, ""),
  ];
}
