/**
 * Judges a recorded lesson from outside: with the barrier as one operation in the total order of the journal, every
 * answer must have taken effect, or not, at one point between its sending and its acknowledgement (linearizability).
 */
import type { ClassroomEvent, ExtraTimes } from "../../../src/domain/classroom/events.ts";
import { GRACE_MS } from "../../../src/domain/classroom/limits.ts";
import { grade } from "../../../src/domain/curriculum/grade.ts";
import type { Broadcast } from "../../../src/actors/envelope.ts";
import { SECRET_NUMBER } from "../../domain/session/small_course.ts";
import { broken } from "./broken_promise.ts";
import type { Attempt, LessonHistory } from "./lesson_history.ts";

const TIMER_MS_MAX = 100;

interface Counted {
  readonly userId: string;
  readonly response: string;
  readonly correct: boolean;
  readonly score: number;
  readonly atMs: number;
  readonly answeredAtMs: number;
}

/** One stretch in which a question took answers, from its opening to its barrier. */
interface Opening {
  readonly round: number;
  readonly openedAtMs: number;
  limitMs: number | null;
  readonly allowances: { readonly [userId: string]: number | null };
  readonly extraMs: Map<string, number>;
  pausedMs: number;
  cutoffMs: number;
  /** Beyond the close, to single learners. */
  closeExtraMs: ExtraTimes;
  closedAtMs: number;
  barrierAtMs: number | null;
  readonly counted: Counted[];
}

interface QuestionRecord {
  readonly number: number;
  readonly opened: Extract<ClassroomEvent, { type: "question_opened" }>;
  readonly openings: Opening[];
  /** While the lesson was paused nobody could answer. */
  readonly pauses: { readonly fromMs: number; untilMs: number }[];
  isSettled: boolean;
}

function openingOf(
  event: Extract<ClassroomEvent, { type: "question_opened" | "question_reopened" }>,
  round: number,
): Opening {
  return {
    round,
    openedAtMs: event.openedAtMs,
    limitMs: event.limitMs,
    allowances: event.allowances,
    extraMs: new Map(),
    pausedMs: 0,
    cutoffMs: Infinity,
    closeExtraMs: {},
    closedAtMs: Infinity,
    barrierAtMs: null,
    counted: [],
  };
}

/** T1: nobody killed the server, so the clock closes as soon as nobody can be in time. */
function judgeClock({ openedAtMs, limitMs, allowances, extraMs, pausedMs, counted }: Opening, atMs: number): void {
  const most = Math.max(1, ...Object.values(allowances).map((allowance) => allowance ?? Infinity));
  const lastMs = openedAtMs + (limitMs ?? Infinity) * most + pausedMs + Math.max(0, ...extraMs.values());
  const lateMs = atMs - Math.max(lastMs, ...counted.map((one) => one.atMs));
  if (lateMs > TIMER_MS_MAX) broken("T1", `the clock closed ${lateMs} ms late`);
}

/** J6: a pause gives back what was left, of an announced close too; a close that had come stays. */
function resume(open: Opening, pausedAtMs: number, pausedMs: number): void {
  if (open.cutoffMs <= pausedAtMs) return;
  open.pausedMs += pausedMs;
  open.cutoffMs += pausedMs;
}

/** The questions as the journal tells them. J5: throws where an answer counts outside a question's open stretch. */
function readQuestions({ events, kills }: LessonHistory): readonly QuestionRecord[] {
  const questions: QuestionRecord[] = [];
  let open: Opening | null = null;
  let pausedAtMs = 0;
  for (const { body, atMs } of events) {
    const event = body as ClassroomEvent;
    const question = questions.at(-1);
    switch (event.type) {
      case "question_opened":
        open = openingOf(event, 1);
        questions.push({ number: event.number, opened: event, openings: [open], pauses: [], isSettled: false });
        break;
      case "question_reopened":
        open = openingOf(event, event.round);
        question?.openings.push(open);
        break;
      case "time_extended":
        if (event.userId === null && open !== null && open.limitMs !== null) open.limitMs += event.byMs;
        else if (event.userId !== null) {
          open?.extraMs.set(event.userId, (open.extraMs.get(event.userId) ?? 0) + event.byMs);
        }
        break;
      case "lesson_paused":
        pausedAtMs = atMs;
        question?.pauses.push({ fromMs: atMs, untilMs: Infinity });
        break;
      case "lesson_resumed":
        if (open !== null) resume(open, pausedAtMs, Math.min(event.pausedMs, atMs - open.openedAtMs));
        question?.pauses.forEach((pause) => pause.untilMs = Math.min(pause.untilMs, atMs));
        break;
      case "question_closing":
        if (open === null) broken("J5", "a question closes that is not open");
        [open.cutoffMs, open.closedAtMs, open.closeExtraMs] = [event.cutoffMs, atMs, event.extraMs];
        if (event.act === null && kills === 0) judgeClock(open, atMs);
        break;
      case "pens_down":
        if (open === null) broken("J5", "pens go down where nobody writes");
        if (atMs < Math.max(open.cutoffMs, open.closedAtMs) + GRACE_MS) broken("J5", "pens are down within the grace");
        if (event.counted !== new Set([...countedIn(question, open)].map(({ userId }) => userId)).size) {
          broken("J5", `${event.counted} counted at the barrier`);
        }
        open.barrierAtMs = atMs;
        open = null;
        break;
      case "answer_counted": {
        if (open === null || question?.number !== event.question) {
          broken("J5", `${event.userId} counts after the barrier`);
        }
        const { userId, response, correct, score, answeredAtMs } = event;
        open.counted.push({ userId, response: JSON.stringify(response), correct, score, answeredAtMs, atMs });
        break;
      }
      case "question_revealed":
      case "question_left":
        if (question !== undefined) question.isSettled = true;
        break;
    }
  }
  return questions;
}

/** All that counts in the round of `opening`, those of earlier openings of the round included. */
function countedIn(question: QuestionRecord | undefined, opening: Opening): readonly Counted[] {
  return question?.openings.filter(({ round }) => round === opening.round).flatMap(({ counted }) => counted) ?? [];
}

function ownCutoff(opening: Opening, userId: string): number {
  const { openedAtMs, limitMs, allowances, extraMs, pausedMs, closeExtraMs } = opening;
  const cutoffMs = opening.cutoffMs + (closeExtraMs[userId] ?? 0);
  const allowance = Object.hasOwn(allowances, userId) ? allowances[userId] ?? null : 1;
  if (limitMs === null || allowance === null) return cutoffMs;
  return Math.min(cutoffMs, openedAtMs + limitMs * allowance + (extraMs.get(userId) ?? 0) + pausedMs);
}

/** J4, J7: what counts was given in time, graded by the key, and once a learner and round. */
function judgeCounted({ opened, openings }: QuestionRecord): void {
  const { key, form } = opened.item;
  const seen = new Set<string>();
  for (const opening of openings) {
    for (const { userId, response, correct, score, answeredAtMs } of opening.counted) {
      if (seen.has(`${opening.round} ${userId}`)) broken("J7", `${userId} counts twice`);
      seen.add(`${opening.round} ${userId}`);
      if (answeredAtMs > ownCutoff(opening, userId)) broken("J4", `${userId} counts, though their time was up`);
      const graded = grade(key, form, JSON.parse(response));
      if (graded.kind !== "graded" || graded.correct !== correct || Math.abs(graded.score - score) > 1e-4) {
        broken("C3", `${userId} is graded wrongly`);
      }
    }
  }
}

/** Whether the attempt could have been for this opening, and had to count in it. */
function hadToCount(attempt: Attempt, opening: Opening, { offlineMsMax, kills }: LessonHistory): boolean {
  const { userId, round, stampMs, arrivedAtMs, wasCutOff, cutAtMs, devices } = attempt;
  if (round !== opening.round) return false;
  if (arrivedAtMs === null || stampMs < opening.openedAtMs || stampMs > ownCutoff(opening, userId)) return false;
  // Who is waited for was cut off since the opening, and of a second device no new node knows.
  const isWaitedFor = wasCutOff && (cutAtMs === null || cutAtMs > opening.openedAtMs) && (devices === 1 || kills === 0);
  return arrivedAtMs - stampMs < (isWaitedFor ? Math.max(GRACE_MS, offlineMsMax) : GRACE_MS);
}

/** J4, J5, J7: each learner's attempts at one question against what counts of them. */
function judgeAttempts({ number, openings, pauses }: QuestionRecord, history: LessonHistory): void {
  const tried = history.attempts.filter(({ question }) => question === number);
  for (const attempt of tried) {
    const { userId, outcome, commandId } = attempt;
    const all = openings.flatMap((opening) => opening.counted.filter((one) => one.userId === userId));
    const mine = all.filter(({ response }) => response === JSON.stringify(attempt.response));
    if (outcome?.kind === "counted" && mine.length === 0) broken("J5", `${commandId} was acknowledged and is lost`);
    for (const { atMs } of mine) {
      // It cannot take effect before it was sent.
      const first = Math.min(
        ...tried.filter((one) => one.userId === userId).map(({ sentAtMs }) => sentAtMs ?? Infinity),
      );
      if (atMs < first - 1) broken("J5", `${commandId} counts before it was sent`);
    }
    if (outcome?.kind !== "refused" || outcome.code === "already_answered") continue;
    // A fast clock's stamp is worth no more than the arrival.
    const givenMs = Math.min(attempt.stampMs, attempt.arrivedAtMs ?? Infinity);
    const isInPause = pauses.some(({ fromMs, untilMs }) => givenMs > fromMs && givenMs <= untilMs);
    if (outcome.code === "lesson_paused" && isInPause) continue;
    const missed = openings.find((opening) => hadToCount(attempt, opening, history));
    const hasCounted = missed !== undefined &&
      openings.some(({ round, counted }) => round === missed.round && counted.some((one) => one.userId === userId));
    if (missed !== undefined && !hasCounted) broken("J5", `${commandId} was sent in time and refused: ${outcome.code}`);
  }
  for (const { userId, response } of openings.flatMap(({ counted }) => counted)) {
    const sent = tried.some((one) => one.userId === userId && JSON.stringify(one.response) === response);
    if (!sent) broken("J5", `${userId} counts with an answer that they never sent`);
  }
}

/**
 * J4: by a connection that was heard since before the answer was given, or since before the question, whatever the stamp
 * says, nobody is believed further back than the way takes; by another, no further than the plan says.
 */
function judgeStamps({ number, openings }: QuestionRecord, { attempts, offlineMsMax }: LessonHistory): void {
  const counts = openings.flatMap(({ openedAtMs, counted }) => counted.map((one) => ({ ...one, openedAtMs })));
  for (const { userId, question, response, stampMs, isLie, arrivals, outcome, commandId } of attempts) {
    if (question !== number || outcome?.kind !== "counted") continue;
    const firstMs = (arrivals[0]?.atMs ?? Infinity) - 1;
    const own = counts.find((one) =>
      one.userId === userId && one.response === JSON.stringify(response) && one.atMs >= firstMs
    );
    const by = arrivals.filter(({ atMs }) => own !== undefined && atMs <= own.atMs + 1).at(-1);
    if (own === undefined || by === undefined) continue;
    const wasHeard = by.heardSinceMs <= Math.max(isLie ? 0 : Math.floor(stampMs), own.openedAtMs);
    const backMs = own.atMs - own.answeredAtMs;
    if (backMs > (wasHeard ? GRACE_MS : Math.max(GRACE_MS, offlineMsMax))) {
      broken("J4", `${commandId} is believed ${backMs} ms back`);
    }
  }
}

/** J9: scores and records hold exactly the answers before the barriers; of a vote, the first ones. */
function judgeScores(questions: readonly QuestionRecord[], { scores }: LessonHistory): void {
  for (const { userId, answered, correct, points, recorded } of scores) {
    const own = questions.filter(({ isSettled }) => isSettled).flatMap(({ openings }) =>
      openings.filter(({ round }) => round === 1).flatMap(({ counted }) =>
        counted.filter((one) => one.userId === userId)
      )
    );
    const expected = [
      own.length,
      own.filter((one) => one.correct).length,
      own.reduce((sum, { score }) => sum + score, 0),
    ];
    if (JSON.stringify([answered, correct]) !== JSON.stringify(expected.slice(0, 2))) {
      broken("J9", `${userId} has ${answered} answers, ${correct} right; the journal has ${expected}`);
    }
    if (Math.abs(points - (expected[2] ?? 0)) > 1e-3) {
      broken("J9", `${userId} has ${points} points, not ${expected[2]}`);
    }
    if (recorded !== own.length) broken("J9", `${userId}'s record was told ${recorded} of ${own.length} answers`);
  }
}

/** Throws {@link BrokenPromise} where the history breaks one. */
export function judgeLesson(history: LessonHistory): void {
  const questions = readQuestions(history);
  for (const question of questions) {
    judgeCounted(question);
    judgeStamps(question, history);
    judgeAttempts(question, history);
  }
  judgeScores(questions, history);
}

/** A number that only one learner's wrong answers have: see the simulated learner. */
const OWN_ANSWER = /\b7\d{5}\b/g;

/** J3: no frame of a learner holds another's answer, or the key before the question is revealed. */
export function judgeFrames(userId: string, frames: readonly Broadcast[], { attempts }: LessonHistory): void {
  const own = new Set(attempts.filter((one) => one.userId === userId).map(({ response }) => numberOf(response)));
  for (const { type, data } of frames) {
    const text = JSON.stringify(data);
    for (const [answer] of text.matchAll(OWN_ANSWER)) {
      if (!own.has(Number(answer))) broken("J3", `${userId} is told another's answer: ${type} ${text}`);
    }
    if (/"learner-\d+"/.test(text.replaceAll(`"${userId}"`, ""))) {
      // Names stand in standings, which this class allows; ids never do.
      if (type !== "question_revealed") broken("J3", `${userId} is told of another: ${type} ${text}`);
    }
    const mayHoldKey = type === "question_revealed" || type === "spotlight" || type === "answer_counted";
    if (!mayHoldKey && (text.includes(String(SECRET_NUMBER)) || /RUNG|EXPLAINED/.test(text))) {
      broken("J3", `${userId} is told the key: ${type} ${text}`);
    }
  }
}

function numberOf(response: Attempt["response"]): number | null {
  return response.kind === "number" ? Number(response.value) : null;
}
