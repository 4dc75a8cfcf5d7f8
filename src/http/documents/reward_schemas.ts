/** Points, levels, badges and what happened, as JSON. */
import { z } from "@hono/zod-openapi";
import type { LearnerState } from "../../domain/learner/knowledge.ts";
import { REASON_LENGTH_MAX } from "../../domain/learner/take_back.ts";
import { isoDate } from "../../domain/local_day.ts";
import type { BadgeRule } from "../../domain/rewards/badge.ts";
import { POINT_SOURCES } from "../../domain/rewards/ledger.ts";
import { levelOf } from "../../domain/rewards/levels.ts";
import { figureOf, weekAt } from "../../domain/rewards/rewards.ts";
import { runOf, streakAt } from "../../domain/rewards/streak.ts";
import type { Told } from "../learner_records.ts";
import { isoTime, orNull, pageQuerySchema, personIdSchema, timeSchema } from "./json_content.ts";

export const learnerQuerySchema = z.object({
  learner_id: personIdSchema.optional().openapi({ description: "For staff; otherwise one's own" }),
});

/** A page of a learner's history: the cursor is an event's number. */
export const historyQuerySchema = learnerQuerySchema.extend({
  cursor: z.string().regex(/^\d{1,15}$/, "is none of this list's").optional().openapi({
    description: "`next` of the page before",
  }),
  limit: pageQuerySchema.shape.limit,
});

const sourceSchema = z.enum(POINT_SOURCES);

export const pointsSchema = z.object({
  learner_id: z.string(),
  balance: z.int(),
  week_points: z.int().openapi({ description: "Since Monday, 0:00 UTC" }),
  level: z.int(),
  level_starts_at: z.int(),
  next_level_at: z.int().nullable(),
  entries: z.int(),
  given: z.record(sourceSchema, z.int()).openapi({ description: "By source; together they are the balance" }),
  streak: z.object({
    status: z.enum(["none", "done_today", "open_today", "frozen", "broken"]),
    length: z.int(),
    best: z.int(),
    freezes: z.int(),
    days: z.int().openapi({ description: "With learning, ever" }),
    last_date: z.string().nullable(),
  }),
}).openapi("Points");

export function pointsJson(
  { learnerId, rewards, profile: { timeZone } }: LearnerState,
  nowMs: number,
): z.infer<typeof pointsSchema> {
  const { ledger: { balances, entries }, week, streak } = rewards;
  const { level, startsAt, nextAt } = levelOf(balances.learner);
  const { status, length } = streakAt(streak, nowMs, timeZone);
  const { best, freezes, days, last } = runOf(streak);
  return {
    learner_id: learnerId,
    balance: balances.learner,
    week_points: week.week === weekAt(nowMs) ? week.points : 0,
    level,
    level_starts_at: startsAt,
    next_level_at: nextAt,
    entries,
    given: {
      sessions: -balances.sessions,
      quests: -balances.quests,
      badges: -balances.badges,
      activities: -balances.activities,
    },
    streak: { status, length, best, freezes, days, last_date: last === null ? null : isoDate(last.date) },
  };
}

/** What staff take back, and why. */
export const reversalBodySchema = z.object({
  entry_id: z.string().min(1).max(200).openapi({ description: "As the ledger has it" }),
  reason: z.string().trim().min(1).max(REASON_LENGTH_MAX).openapi({
    description: "Told to the learner, not published",
  }),
}).openapi("Reversal");

export const reversalSchema = pointsSchema.extend({
  badges_revoked: z.array(z.string()).openapi({ description: "Ids of the badges that stood on it" }),
}).openapi("PointsAfterReversal");

export const ledgerRowSchema = z.object({
  entry_id: z.string(),
  account: sourceSchema.openapi({ description: "Which gave the points" }),
  cause: z.string().openapi({ description: "Id of the session, quest, badge or activity" }),
  amount: z.int().openapi({ description: "Below zero where points were taken back" }),
  reverses: z.string().nullable().default(null).openapi({ description: "Id of the entry that this takes back" }),
  reason: z.string().nullable().default(null),
  balance: z.int().openapi({ description: "After it" }),
  level: z.int(),
  at: timeSchema,
}).openapi("LedgerRow");

export function ledgerRowJson({ atMs, data }: Told): z.infer<typeof ledgerRowSchema> {
  return ledgerRowSchema.parse({ ...Object(data), at: isoTime(atMs) });
}

export const badgeSchema = z.object({
  badge_id: z.string(),
  title: z.string(),
  description: z.string(),
  points: z.int(),
  image: z.string(),
  earned_at: timeSchema.nullable(),
  progress: orNull(z.object({ figure: z.string(), value: z.number(), at_least: z.number() })).openapi({
    description: "null for badges that quests give",
  }),
}).openapi("Badge");

export function badgeJson(
  { id, title, description, points, criterion }: BadgeRule,
  { rewards }: LearnerState,
): z.infer<typeof badgeSchema> {
  const earned = rewards.badges.find(({ badgeId }) => badgeId === id);
  return {
    badge_id: id,
    title,
    description,
    points,
    image: `/api/v1/badges/${id}/image.svg`,
    earned_at: earned === undefined ? null : isoTime(earned.atMs),
    progress: criterion.kind === "quest" ? null : {
      figure: criterion.figure,
      value: figureOf(rewards, criterion.figure),
      at_least: criterion.atLeast,
    },
  };
}

export const toldSchema = z.object({
  seq: z.int(),
  at: timeSchema,
  type: z.string(),
  data: z.unknown().openapi({ description: "As the learner's channel tells it" }),
}).openapi("Activity");

export function toldJson({ seq, atMs, type, data }: Told): z.infer<typeof toldSchema> {
  return { seq, at: isoTime(atMs), type, data };
}
