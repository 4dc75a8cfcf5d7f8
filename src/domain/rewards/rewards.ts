/** Points, badges and streak of one learner, within bounds whatever they do. */
import type { EventPlace } from "../aggregate.ts";
import { assertNever } from "../assert_never.ts";
import { entryOf } from "../entry_of.ts";
import type { EarnedBadge } from "./badge.ts";
import {
  type Counted,
  type Counts,
  type Derived,
  type Figure,
  isCounted,
  NOTHING_COUNTED,
  withCounted,
} from "./figures.ts";
import { booked, EMPTY_LEDGER, type Ledger, rememberedEntry, takenBack } from "./ledger.ts";
import { levelOf } from "./levels.ts";
import type { RewardEvent } from "./messages.ts";
import { NO_STREAK, runOf, type Streak, withDay } from "./streak.ts";

/** Skills remembered as mastered, so that each counts once; beyond it the oldest are let go. */
const MASTERED_KEPT_MAX = 1_024;
const COURSES_KEPT_MAX = 64;
/** The oldest are the first that nobody can take back any more. */
const GIVERS_KEPT_MAX = 32;
/** Days of them: so few count on one. */
const OCCASIONS_KEPT_MAX = 64;

/** Points of the week, for the boards. Weeks begin on Monday, 0:00 UTC, so that all who are compared share them. */
export interface WeekPoints {
  /** Weeks since the one of 1 January 1970. */
  readonly week: number;
  readonly points: number;
}

/** Plain JSON. */
export interface Rewards {
  readonly ledger: Ledger;
  readonly week: WeekPoints;
  readonly counts: Counts;
  /** `courseId:skillId`, oldest first. */
  readonly mastered: readonly string[];
  readonly skillsMastered: number;
  /** Ids of courses with a session that counts. */
  readonly courses: readonly string[];
  /** What was done with others and has counted, latest last. */
  readonly occasions: readonly string[];
  readonly badges: readonly EarnedBadge[];
  /** Completed quests that give a badge, by its id, oldest first; one that is taken back gives none. */
  readonly givenBy: { readonly [badgeId: string]: readonly string[] };
  /** How often each badge was taken back, where it was. */
  readonly timesLost: { readonly [badgeId: string]: number };
  readonly streak: Streak;
}

export const NO_REWARDS: Rewards = {
  ledger: EMPTY_LEDGER,
  week: { week: 0, points: 0 },
  counts: NOTHING_COUNTED,
  mastered: [],
  skillsMastered: 0,
  courses: [],
  occasions: [],
  badges: [],
  givenBy: {},
  timesLost: {},
  streak: NO_STREAK,
};

const DAY_MS = 86_400_000;
/** 1 January 1970 was a Thursday. */
const MONDAY_OFFSET_DAYS = 3;

export function weekAt(atMs: number): number {
  return Math.floor((Math.floor(atMs / DAY_MS) + MONDAY_OFFSET_DAYS) / 7);
}

/** What one thing that the learner did adds to the counts. */
export interface Deed {
  readonly counted: readonly Counted[];
  /** Skills that are mastered now, as `courseId:skillId`. */
  readonly mastered: readonly string[];
  /** Of a session that counts. */
  readonly courseId: string | null;
  /** Of something done with others. */
  readonly occasion: string | null;
}

export const NO_DEED: Deed = { counted: [], mastered: [], courseId: null, occasion: null };

function including(ids: readonly string[], id: string | null, max: number): readonly string[] {
  if (id === null || ids.includes(id)) return ids;
  return [...ids, id].slice(-max);
}

export function withDeed(rewards: Rewards, { counted, mastered, courseId, occasion }: Deed): Rewards {
  const fresh = mastered.filter((skill) => !rewards.mastered.includes(skill));
  return {
    ...rewards,
    counts: withCounted(rewards.counts, counted),
    mastered: fresh.length === 0 ? rewards.mastered : [...rewards.mastered, ...fresh].slice(-MASTERED_KEPT_MAX),
    skillsMastered: rewards.skillsMastered + fresh.length,
    courses: including(rewards.courses, courseId, COURSES_KEPT_MAX),
    occasions: including(rewards.occasions, occasion, OCCASIONS_KEPT_MAX),
  };
}

/** What each quest gives is kept, also where the badge is held already: it stands while one of them does. */
export function withQuestBadges(rewards: Rewards, questId: string, badgeIds: readonly string[]): Rewards {
  if (badgeIds.length === 0) return rewards;
  const givers = badgeIds.map((id) => {
    const known = entryOf(rewards.givenBy, id) ?? [];
    return [id, known.includes(questId) ? known : [...known, questId].slice(0, GIVERS_KEPT_MAX)] as const;
  });
  return { ...rewards, givenBy: { ...rewards.givenBy, ...Object.fromEntries(givers) } };
}

function withoutQuest(givenBy: Rewards["givenBy"], questId: string): Rewards["givenBy"] {
  const left = Object.entries(givenBy).map(([id, givers]) => [id, givers.filter((one) => one !== questId)] as const);
  return Object.fromEntries(left.filter(([, givers]) => givers.length > 0));
}

function weekAfter(week: WeekPoints, amount: number, atMs: number): WeekPoints {
  const now = weekAt(atMs);
  return { week: now, points: (week.week === now ? week.points : 0) + amount };
}

/** A completion that is taken back is none; what else the learner did stays done. Boards lose points of their own week. */
function withReversal(
  rewards: Rewards,
  event: Extract<RewardEvent, { type: "points_reversed" }>,
  atMs: number,
): Rewards {
  const { ledger, week, counts } = rewards;
  const [, , givenIn] = rememberedEntry(ledger, event.reverses) ?? ["", 0, null];
  const taken = {
    ...rewards,
    ledger: takenBack(ledger, event, weekAt(atMs)),
    week: givenIn === week.week ? { ...week, points: week.points - event.amount } : week,
  };
  if (event.account !== "quests") return taken;
  const givenBy = withoutQuest(rewards.givenBy, event.cause);
  return { ...taken, givenBy, counts: { ...counts, quests: counts.quests - 1 } };
}

/** The rewards after one of their own events. */
export function withReward(rewards: Rewards, event: RewardEvent, { atMs }: Pick<EventPlace, "atMs">): Rewards {
  switch (event.type) {
    case "points_awarded":
      return {
        ...rewards,
        ledger: booked(rewards.ledger, event, weekAt(atMs)),
        week: weekAfter(rewards.week, event.amount, atMs),
      };
    case "badge_earned":
      return { ...rewards, badges: [...rewards.badges, { badgeId: event.badgeId, atMs, questId: event.questId }] };
    case "points_reversed":
      return withReversal(rewards, event, atMs);
    case "badge_revoked":
      return {
        ...rewards,
        badges: rewards.badges.filter(({ badgeId }) => badgeId !== event.badgeId),
        timesLost: { ...rewards.timesLost, [event.badgeId]: (rewards.timesLost[event.badgeId] ?? 0) + 1 },
      };
    case "streak_extended":
      return { ...rewards, streak: withDay(rewards.streak, event.day) };
    default:
      return assertNever(event);
  }
}

const DERIVATIONS: { readonly [figure in Derived]: (rewards: Rewards) => number } = {
  skills_mastered: ({ skillsMastered }) => skillsMastered,
  courses: ({ courses }) => courses.length,
  streak_best: ({ streak }) => runOf(streak).best,
  learning_days: ({ streak }) => runOf(streak).days,
  level: ({ ledger }) => levelOf(ledger.balances.learner).level,
};

/** A figure as badges ask for it; none of them falls but by what is taken back. */
export function figureOf(rewards: Rewards, figure: Figure): number {
  return isCounted(figure) ? rewards.counts[figure] : DERIVATIONS[figure](rewards);
}
