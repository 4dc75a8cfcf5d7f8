/** How a learner has been working in a session, worked out from its events: bounded, and the same on every replay. */
import type { Episode } from "./episode.ts";
import { hintAbuse } from "./hint_abuse.ts";
import { isHasty, rapidGuessing } from "./rapid_guessing.ts";
import { type SkillPractice, type Struggle, struggle, withPractice } from "./unproductive_struggle.ts";
import type { UsualTime, WorkedItem } from "./worked_item.ts";

/** Closed items that the detectors look back on. */
export const WORKED_ITEMS_MAX = 8;
/** The usual time is the mean of about this many answers. */
const USUAL_ANSWERS_MAX = 20;
/** Right answers in a row, quick and unaided, that ask too little of a learner. */
const UNCHALLENGED_ANSWERS = 4;
const QUICK_SHARE_OF_USUAL = 0.7;

export interface WorkLog {
  /** Latest last, at most {@link WORKED_ITEMS_MAX}. */
  readonly recent: readonly WorkedItem[];
  /** Of answers that were not hasty; null before the first. */
  readonly usual: UsualTime | null;
  /** By skill id: no more than the course has. */
  readonly skills: { readonly [skillId: string]: SkillPractice };
  readonly rapidGuessing: Episode | null;
  readonly hintAbuse: Episode | null;
  readonly struggle: Struggle | null;
  /** Whether the latest item ended a struggle with right answers. */
  readonly overcame: boolean;
}

export const NO_WORK: WorkLog = {
  recent: [],
  usual: null,
  skills: {},
  rapidGuessing: null,
  hintAbuse: null,
  struggle: null,
  overcame: false,
};

/** What the session knows when an item closes. */
export type ClosedItem = Omit<WorkedItem, "hasty"> & { readonly prompt: string };

function withTime(usual: UsualTime | null, workedMs: number): UsualTime {
  const ms = Math.max(1, workedMs);
  if (usual === null) return { ms, answers: 1 };
  const answers = Math.min(USUAL_ANSWERS_MAX, usual.answers + 1);
  return { ms: usual.ms * (ms / usual.ms) ** (1 / answers), answers };
}

/** The log with one more closed item. */
export function worked(log: WorkLog, { prompt, ...closed }: ClosedItem, nowMs: number): WorkLog {
  const hasty = isHasty(closed.workedMs, prompt, log.usual);
  const item: WorkedItem = { ...closed, hasty };
  const recent = [...log.recent, item].slice(-WORKED_ITEMS_MAX);
  const skills = withPractice(log.skills, item);
  const struggling = struggle(log.struggle, skills, item, recent, nowMs);
  return {
    recent,
    usual: hasty || closed.outcome === "skipped" ? log.usual : withTime(log.usual, closed.workedMs),
    skills,
    rapidGuessing: rapidGuessing(log.rapidGuessing, recent, nowMs),
    hintAbuse: hintAbuse(log.hintAbuse, recent, nowMs),
    struggle: struggling,
    overcame: log.struggle !== null && struggling === null && item.outcome === "right",
  };
}

/** The latest of `items` in a row that were answered wrong or skipped; hasty ones neither count nor break the row. */
export function notRightInARow(items: readonly WorkedItem[]): readonly WorkedItem[] {
  const tried = items.filter(({ hasty }) => !hasty);
  return tried.slice(tried.findLastIndex(({ outcome }) => outcome === "right") + 1);
}

/** Whether the latest item was answered right: help for what came before it would come late. */
export function isLookingUp({ recent }: WorkLog): boolean {
  return recent.at(-1)?.outcome === "right";
}

/** Whether the latest answers were all right, unaided and quick for this learner: the work asks too little of them. */
export function isUnchallenged({ recent, usual }: WorkLog): boolean {
  const lately = recent.slice(-UNCHALLENGED_ANSWERS);
  if (usual === null || lately.length < UNCHALLENGED_ANSWERS) return false;
  const quickMs = usual.ms * QUICK_SHARE_OF_USUAL;
  return lately.every((item) => item.outcome === "right" && item.hintsUsed === 0 && item.workedMs <= quickMs);
}

/** Share of `items` that were answered right; 0 of none. */
export function rightShare(items: readonly WorkedItem[]): number {
  return items.length === 0 ? 0 : items.filter(({ outcome }) => outcome === "right").length / items.length;
}
