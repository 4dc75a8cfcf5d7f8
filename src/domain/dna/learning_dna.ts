/** What is kept of how a learner learns: bounded counts that every answer and every ended session adds to. */
import type { Modality } from "../curriculum/rendered_item.ts";
import type { AnswerFact, SessionFact } from "../learner/messages.ts";
import { retrievabilityAt, SITTING_S_MAX } from "../memory/card.ts";
import type { CourseMemory } from "../memory/course_memory.ts";
import { HINT_RUNGS } from "../session/limits.ts";
import { bandOf, type DatedCorrection, DAY_BANDS } from "./corrections.ts";
import { NO_REVIEWS, type RecallClass, withReview } from "./recall_classes.ts";
import { type SessionTrail, withTrail } from "./session_trail.ts";
import { NO_SPREAD, type Spread, withValue } from "./spread.ts";
import { dayBit, type Week, type WeekCount, weekOf, withWeek } from "./week.ts";

/** Longer after a wrong answer, the next is no going on: a session left alone pauses by then. */
export const GOES_ON_MS_MAX = 15 * 60_000;

/** Scores beyond what the ratings expected, where the item offered a presentation and where it offered others only. */
export interface Offering {
  readonly offered: Spread;
  readonly others: Spread;
}

/** Plain JSON. */
export interface LearningDna {
  /** Oldest first. */
  readonly weeks: readonly Week[];
  /** Latest last. */
  readonly trails: readonly SessionTrail[];
  readonly recall: readonly RecallClass[];
  /** Scores beyond what the ratings expected, one a band of the day. */
  readonly hours: readonly Spread[];
  readonly presentations: { readonly [Shown in Modality]: Offering };
  /** One a figure at most. */
  readonly corrections: readonly DatedCorrection[];
}

const NO_OFFERING: Offering = { offered: NO_SPREAD, others: NO_SPREAD };

export const NEW_DNA: LearningDna = {
  weeks: [],
  trails: [],
  recall: NO_REVIEWS,
  hours: DAY_BANDS.map(() => NO_SPREAD),
  presentations: { text: NO_OFFERING, visual: NO_OFFERING, auditory: NO_OFFERING, kinesthetic: NO_OFFERING },
  corrections: [],
};

/** An answer and what was known of its learner before it. */
export interface AnswerInContext {
  readonly answer: AnswerFact;
  /** The score that the ratings expected, 0 to 1. */
  readonly expected: number;
  /** What was remembered of the course. */
  readonly memory: CourseMemory | null;
  /** By the learner's own calendar and clock. */
  readonly localDay: number;
  readonly localHour: number;
  /** The rating over all courses once the answer counted. */
  readonly level: Week["level"];
}

/**
 * The probability that what the answer needed was remembered: of its skills that were last used a sitting ago or
 * earlier, the one most likely forgotten. Null where there is none: then it was no review.
 */
function retrievabilityBefore({ answer, memory }: AnswerInContext): number | null {
  const { skills, atMs } = answer;
  const rested = (memory?.skills ?? []).filter(({ id, card: [, , usedAtS] }) =>
    skills.includes(id) && Math.floor(atMs / 1000) - usedAtS >= SITTING_S_MAX
  );
  return rested.length === 0 ? null : Math.min(...rested.map(({ card }) => retrievabilityAt(card, atMs)));
}

/** Right, and not by the last hint, which nearly tells. */
function isRecalled({ correct, hintsUsed }: AnswerFact): boolean {
  return correct && hintsUsed < HINT_RUNGS;
}

function counted(week: Week, counts: readonly (readonly [WeekCount, boolean])[]): Week {
  const more = counts.filter(([, holds]) => holds).map(([name]) => [name, week[name] + 1]);
  return { ...week, ...Object.fromEntries(more) };
}

function weeksWithAnswer(weeks: readonly Week[], context: AnswerInContext, isReview: boolean): readonly Week[] {
  const { answer, localDay, level } = context;
  return withWeek(weeks, weekOf(localDay), (week) => {
    const counts = counted(week, [
      ["answers", true],
      ["right", answer.correct],
      ["hinted", answer.hintsUsed > 0],
      ["reviews", isReview],
      ["recalled", isReview && isRecalled(answer)],
    ]);
    const { correct, responseMs } = answer;
    const logMs = correct && responseMs !== null
      ? withValue(week.logMs, Math.log(Math.max(1, responseMs)))
      : week.logMs;
    return { ...counts, days: week.days | dayBit(localDay), logMs, level };
  });
}

/** Counts a wrong answer once it is known what followed it, in the week that it was given in. */
function weeksWithOutcome(
  weeks: readonly Week[],
  trail: SessionTrail | null,
  outcome: "went_on" | "left_off",
): readonly Week[] {
  const error = trail?.openError ?? null;
  if (error === null) return weeks;
  return withWeek(
    weeks,
    error.week,
    (week) => counted(week, [["errors", true], ["persisted", outcome === "went_on"]]),
  );
}

function weeksWithSession(weeks: readonly Week[], before: SessionTrail | null, after: SessionTrail): readonly Week[] {
  const fresh = after.shown.filter((behaviour) => before === null || !before.shown.includes(behaviour));
  if (before !== null && fresh.length === 0) return weeks;
  return withWeek(weeks, after.week, (week) => {
    const showing = { ...week.showing };
    for (const behaviour of fresh) showing[behaviour] += 1;
    return { ...counted(week, [["sessions", before === null]]), showing };
  });
}

function trailOf(dna: LearningDna, sessionId: string): SessionTrail | null {
  return dna.trails.find((trail) => trail.sessionId === sessionId) ?? null;
}

function trailAfter(before: SessionTrail | null, { answer, localDay }: AnswerInContext): SessionTrail {
  const { sessionId, correct, atMs, behaviour } = answer;
  const week = weekOf(localDay);
  return {
    sessionId,
    week: before?.week ?? week,
    shown: [...new Set([...before?.shown ?? [], ...behaviour])],
    openError: correct ? null : { week, atMs },
  };
}

function withOffering(
  before: LearningDna["presentations"],
  offered: readonly Modality[],
  beyond: number,
): LearningDna["presentations"] {
  if (offered.length === 0) return before;
  const after = (shown: Modality): Offering => {
    const { offered: shownHere, others } = before[shown];
    return offered.includes(shown)
      ? { offered: withValue(shownHere, beyond), others }
      : { offered: shownHere, others: withValue(others, beyond) };
  };
  return {
    text: after("text"),
    visual: after("visual"),
    auditory: after("auditory"),
    kinesthetic: after("kinesthetic"),
  };
}

/** What is kept after one more graded answer. */
export function afterAnswered(dna: LearningDna, context: AnswerInContext): LearningDna {
  const { answer, expected, localHour } = context;
  const retrievability = retrievabilityBefore(context);
  const beyond = answer.score - expected;
  const before = trailOf(dna, answer.sessionId);
  const trail = trailAfter(before, context);
  const { kept, left } = withTrail(dna.trails, trail);
  const error = before?.openError ?? null;
  const wentOn = error !== null && answer.atMs - error.atMs <= GOES_ON_MS_MAX;
  const answered = weeksWithAnswer(dna.weeks, context, retrievability !== null);
  const settled = left.reduce(
    (weeks, one) => weeksWithOutcome(weeks, one, "left_off"),
    weeksWithOutcome(answered, before, wentOn ? "went_on" : "left_off"),
  );
  const band = bandOf(localHour);
  return {
    ...dna,
    weeks: weeksWithSession(settled, before, trail),
    trails: kept,
    recall: retrievability === null ? dna.recall : withReview(dna.recall, retrievability, isRecalled(answer)),
    hours: dna.hours.with(band, withValue(dna.hours[band] ?? NO_SPREAD, beyond)),
    presentations: withOffering(dna.presentations, answer.presentations, beyond),
  };
}

/** What is kept once a session has ended: whether its last answer, a wrong one, was where the learner left off. */
export function afterSessionEnded(dna: LearningDna, { sessionId, cause }: SessionFact): LearningDna {
  const trail = trailOf(dna, sessionId);
  if (trail === null || trail.openError === null) return dna;
  const trails = dna.trails.map((one) => one === trail ? { ...trail, openError: null } : one);
  switch (cause) {
    case "learner":
      return { ...dna, trails, weeks: weeksWithOutcome(dna.weeks, trail, "left_off") };
    // Whoever had to stop here might have gone on.
    case "staff":
    case "target_reached":
    case "no_item_left":
      return { ...dna, trails };
  }
}
