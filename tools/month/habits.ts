/** How a simulated learner lives and works. All ranges are assumed, not fitted to recorded learners. */
import { normalAround, type Random, uniformBetween } from "../../src/domain/adaptive/simulation/draws.ts";
import type { Pace } from "../../src/domain/adaptive/preferences.ts";
import { DEFAULT_TIME_ZONE } from "../../src/domain/local_day.ts";
import type { QuestKind } from "../../src/domain/quests/template.ts";

export interface Habits {
  /** IANA name. */
  readonly timeZone: string;
  readonly pace: Pace | null;
  readonly interests: readonly string[];
  /** Chance to work on a school day, and on a day of the weekend. */
  readonly schoolDayShare: number;
  readonly weekendShare: number;
  /** The hour of the day around which they begin. */
  readonly usualHour: number;
  /** Items that they mean to do in a session. */
  readonly sessionItems: number;
  readonly answerMsMedian: number;
  /** The day of the month on which they stop for good; null for who stays. */
  readonly dropoutDay: number | null;
  /** 0 to 1: how much setbacks leave them going, and how much a quest moves them. */
  readonly persistence: number;
  /** Chance of a hint where they do not know. */
  readonly hintShare: number;
  /** Chance to take up a quest that they like as much as any. */
  readonly questAppeal: number;
  /** What a quest of each kind appeals to them, beside others. */
  readonly taste: ReadonlyMap<QuestKind, number>;
  /** Chance to follow an invitation into a team. */
  readonly sociability: number;
  /** 0 to 1: how well they write. */
  readonly writing: number;
}

const TIME_ZONES: readonly string[] = [
  "Europe/Berlin",
  "Europe/London",
  "America/New_York",
  "America/Los_Angeles",
  "Asia/Kolkata",
  "Pacific/Auckland",
];
const PACES: readonly (Pace | null)[] = [null, null, "unhurried", "steady", "brisk"];
const INTERESTS = ["challenge", "teamwork", "writing", "debate", "habit", "discovery", "music", "football"] as const;
const DROPOUT_SHARE = 0.2;
export const MONTH_DAYS = 30;

function pick<Value>(random: Random, values: readonly Value[], otherwise: Value): Value {
  return values[Math.floor(random() * values.length)] ?? otherwise;
}

/** What kinds appeal: writing to who writes, teams to who is sociable, the rest by temper. */
function tasteOf(random: Random, writing: number, sociability: number): Habits["taste"] {
  const temper = () => uniformBetween(random, 0.6, 1.4);
  return new Map<QuestKind, number>([
    ["mastery", temper()],
    ["streak", temper()],
    ["review", temper()],
    ["exploration", temper()],
    ["collaboration", 0.3 + sociability],
    ["debate", 0.2 + writing],
    ["explanation", 0.2 + writing],
  ]);
}

export function drawHabits(random: Random): Habits {
  const diligence = random();
  const sociability = random();
  const writing = random();
  return {
    timeZone: pick(random, TIME_ZONES, DEFAULT_TIME_ZONE),
    pace: pick(random, PACES, null),
    interests: INTERESTS.filter(() => random() < 0.15),
    schoolDayShare: uniformBetween(random, 0.15, 0.35) + 0.5 * diligence,
    weekendShare: uniformBetween(random, 0.05, 0.2) + 0.35 * diligence,
    usualHour: uniformBetween(random, 8, 20),
    sessionItems: Math.round(uniformBetween(random, 8, 24)),
    answerMsMedian: uniformBetween(random, 20_000, 75_000),
    dropoutDay: random() < DROPOUT_SHARE ? Math.floor(MONTH_DAYS * random()) : null,
    persistence: Math.min(1, Math.max(0, normalAround(random, 0.55, 0.2))),
    hintShare: uniformBetween(random, 0, 0.5),
    questAppeal: uniformBetween(random, 0.1, 0.7),
    taste: tasteOf(random, writing, sociability),
    sociability,
    writing,
  };
}
