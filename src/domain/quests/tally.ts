/** Counts what a criterion asks for, answer by answer and session by session; no count depends on how sources interleave. */
import { assertNever } from "../assert_never.ts";
import type { Difficulty } from "../curriculum/rendered_item.ts";
import type { QuestSubject } from "./quest_subject.ts";
import type { ActivityKind, Measure, Within } from "./template.ts";
import { NO_WORK, withWork, workedMs, type WorkTime } from "./work_time.ts";

/** Sessions whose runs are followed at a time; a learner has one or two open. */
const RUNS_OPEN_MAX = 8;
/** Days, ids and skills remembered for one criterion; a template asks for no more (`check_templates.ts`). */
export const REMEMBERED_MAX = 64;
const MINUTE_MS = 60_000;
/** The most that one answer counts for: who calculates on paper has it, who was away gains little. */
export const ANSWER_WORK_MS_MAX = 5 * MINUTE_MS;

/** What a learner did, as quests take it. */
export type QuestFact =
  | {
    readonly kind: "answer";
    readonly sessionId: string;
    readonly courseId: string;
    readonly skills: readonly string[];
    readonly difficulty: Difficulty;
    readonly correct: boolean;
    readonly hintsUsed: number;
    /** On the item until it was answered, pauses excluded; 0 where not the learner set the pace. */
    readonly workedMs: number;
    readonly atMs: number;
    /** Of the learner's own calendar: days since 1970-01-01. */
    readonly day: number;
  }
  | {
    readonly kind: "session";
    readonly sessionId: string;
    readonly courseId: string;
    readonly answered: number;
    readonly correct: number;
    /** When it began. */
    readonly sinceMs: number;
    readonly atMs: number;
  }
  | {
    readonly kind: "activity";
    readonly activity: ActivityKind;
    /** The same again has the same one, and counts once. */
    readonly occasion: string;
    /** When the learner's own part in it began. */
    readonly sinceMs: number;
    readonly atMs: number;
  };

type AnswerFact = Extract<QuestFact, { kind: "answer" }>;
type SessionFact = Extract<QuestFact, { kind: "session" }>;

export type Tally =
  /** Where an older program counted minutes: milliseconds of them. */
  | { readonly kind: "count"; readonly count: number }
  | { readonly kind: "work"; readonly work: WorkTime }
  | {
    readonly kind: "runs";
    readonly best: number;
    readonly open: readonly { readonly sessionId: string; readonly run: number }[];
  }
  /** Of sessions, activities or skills. */
  | { readonly kind: "seen"; readonly ids: readonly string[] }
  | { readonly kind: "days"; readonly days: readonly { readonly day: number; readonly answers: number }[] };

const NO_COUNT: Tally = { kind: "count", count: 0 };
const NO_MINUTES: Tally = { kind: "work", work: NO_WORK };
const NO_RUNS: Tally = { kind: "runs", best: 0, open: [] };
const NOTHING_SEEN: Tally = { kind: "seen", ids: [] };
const NO_DAYS: Tally = { kind: "days", days: [] };

/** Where a criterion of this measure begins. */
export function emptyTally(measure: Measure): Tally {
  switch (measure.kind) {
    case "right_answers":
      return NO_COUNT;
    case "minutes":
      return NO_MINUTES;
    case "right_run":
      return NO_RUNS;
    case "each_skill":
    case "sessions":
    case "activities":
      return NOTHING_SEEN;
    case "days":
    case "day_run":
      return NO_DAYS;
    default:
      return assertNever(measure);
  }
}

function isWithin(within: Within, { courseId, skills }: QuestSubject, fact: AnswerFact | SessionFact): boolean {
  if (within === "anywhere" || courseId === null) return true;
  if (fact.courseId !== courseId) return false;
  if (within === "course" || skills.length === 0 || fact.kind === "session") return true;
  return fact.skills.some((skill) => skills.includes(skill));
}

function oneMore(tally: Tally): Tally {
  return tally.kind === "count" ? { kind: "count", count: tally.count + 1 } : tally;
}

/** With the time on the answer's item that no other answer's has counted for. */
function atWork(tally: Tally, { atMs, workedMs: spentMs }: AnswerFact): Tally {
  if (tally.kind !== "work" && tally.kind !== "count") return tally;
  const before = tally.kind === "work" ? tally.work : { ...NO_WORK, settledMs: tally.count };
  const work = withWork(before, [atMs - Math.min(spentMs, ANSWER_WORK_MS_MAX), atMs]);
  return work === before ? tally : { kind: "work", work };
}

function seen(tally: Tally, ids: readonly string[]): Tally {
  if (tally.kind !== "seen") return tally;
  const all = [...new Set([...tally.ids, ...ids])].slice(0, REMEMBERED_MAX);
  return all.length === tally.ids.length ? tally : { kind: "seen", ids: all };
}

function ran(tally: Tally, sessionId: string, isRight: boolean): Tally {
  if (tally.kind !== "runs") return tally;
  const before = tally.open.find((one) => one.sessionId === sessionId)?.run ?? 0;
  const run = isRight ? before + 1 : 0;
  if (run === before) return tally;
  const others = tally.open.filter((one) => one.sessionId !== sessionId);
  const open = run === 0 ? others : [...others, { sessionId, run }].slice(-RUNS_OPEN_MAX);
  return { kind: "runs", best: Math.max(tally.best, run), open };
}

function worked(tally: Tally, day: number): Tally {
  if (tally.kind !== "days") return tally;
  const answers = (tally.days.find((one) => one.day === day)?.answers ?? 0) + 1;
  const days = [...tally.days.filter((one) => one.day !== day), { day, answers }];
  return { kind: "days", days: days.sort((a, b) => a.day - b.day).slice(-REMEMBERED_MAX) };
}

function afterAnswer(measure: Measure, subject: QuestSubject, tally: Tally, fact: AnswerFact): Tally {
  switch (measure.kind) {
    case "right_answers": {
      const counts = fact.correct && fact.difficulty >= measure.difficultyMin &&
        (!measure.unaided || fact.hintsUsed === 0) && isWithin(measure.within, subject, fact);
      return counts ? oneMore(tally) : tally;
    }
    case "right_run":
      if (!isWithin(measure.within, subject, fact)) return tally;
      return ran(tally, fact.sessionId, fact.correct && (!measure.unaided || fact.hintsUsed === 0));
    case "each_skill": {
      if (!fact.correct || fact.courseId !== subject.courseId) return tally;
      return seen(tally, fact.skills.filter((skill) => subject.skills.includes(skill)));
    }
    case "days":
    case "day_run":
      return worked(tally, fact.day);
    case "minutes":
      return isWithin("course", subject, fact) ? atWork(tally, fact) : tally;
    case "sessions":
    case "activities":
      return tally;
    default:
      return assertNever(measure);
  }
}

function afterSession(measure: Measure, subject: QuestSubject, tally: Tally, fact: SessionFact): Tally {
  if (measure.kind !== "sessions") return tally;
  const { answered, correct, sessionId } = fact;
  const counts = answered >= measure.answersMin && correct >= measure.shareRightMin * answered &&
    isWithin(measure.within, subject, fact);
  return counts ? seen(tally, [sessionId]) : tally;
}

/** The tally after one more fact; the same object where the fact does not count. */
export function tallyAfter(measure: Measure, subject: QuestSubject, tally: Tally, fact: QuestFact): Tally {
  switch (fact.kind) {
    case "answer":
      return afterAnswer(measure, subject, tally, fact);
    case "session":
      return afterSession(measure, subject, tally, fact);
    case "activity":
      return measure.kind === "activities" && measure.activity === fact.activity ? seen(tally, [fact.occasion]) : tally;
    default:
      return assertNever(fact);
  }
}

/** The longest stretch of days, each the day after the one before; `days` in order. */
function longestStretch(days: readonly number[]): number {
  let longest = 0;
  let stretch = 0;
  days.forEach((day, i) => {
    stretch = day - 1 === days[i - 1] ? stretch + 1 : 1;
    longest = Math.max(longest, stretch);
  });
  return longest;
}

/** How much of a criterion's `count` the tally amounts to, in the measure's own unit. */
export function amountOf(measure: Measure, tally: Tally): number {
  switch (tally.kind) {
    case "count":
      return measure.kind === "minutes" ? Math.floor(tally.count / MINUTE_MS) : tally.count;
    case "work":
      return Math.floor(workedMs(tally.work) / MINUTE_MS);
    case "runs":
      return tally.best;
    case "seen":
      return tally.ids.length;
    case "days": {
      const answersMin = measure.kind === "days" || measure.kind === "day_run" ? measure.answersMin : 1;
      const days = tally.days.filter(({ answers }) => answers >= answersMin).map(({ day }) => day);
      return measure.kind === "day_run" ? longestStretch(days) : days.length;
    }
    default:
      return assertNever(tally);
  }
}
