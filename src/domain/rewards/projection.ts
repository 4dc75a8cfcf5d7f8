/** Rewards as watchers of a learner are told of them. */
import type { Projection } from "../aggregate.ts";
import { assertNever } from "../assert_never.ts";
import { isoDate } from "../local_day.ts";
import type { RewardEvent } from "./messages.ts";

export function rewardProjection(event: RewardEvent): Projection {
  switch (event.type) {
    case "points_awarded": {
      const { entryId, account, cause, amount, balance, level } = event;
      return { type: event.type, data: { entry_id: entryId, account, cause, amount, balance, level } };
    }
    case "points_reversed": {
      const { entryId, reverses, account, cause, amount, balance, level, reason } = event;
      const data = { entry_id: entryId, reverses, account, cause, amount: -amount, balance, level, reason };
      return { type: event.type, data };
    }
    case "badge_revoked": {
      const { badgeId, title, reason } = event;
      return { type: event.type, data: { badge_id: badgeId, title, reason } };
    }
    case "badge_earned": {
      const { badgeId, title, points } = event;
      return { type: event.type, data: { badge_id: badgeId, title, points } };
    }
    case "streak_extended": {
      const { day, length, best, freezes } = event;
      return { type: event.type, data: { date: isoDate(day.date), length, best, freezes } };
    }
    default:
      return assertNever(event);
  }
}
