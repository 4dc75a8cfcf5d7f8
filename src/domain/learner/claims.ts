/** What a learner earns by what is recorded of them. */
import { assertNever } from "../assert_never.ts";
import type { ActivityKind } from "../quests/template.ts";
import type { Claim } from "../rewards/award.ts";
import { ledgerEntry } from "../rewards/ledger.ts";
import type { LearnerEvent } from "./messages.ts";

/** A session pays its score, a point a right answer without hints, up to this. */
export const SESSION_POINTS_MAX = 50;
export const ACTIVITY_POINTS: { readonly [kind in ActivityKind]: number } = {
  debate: 15,
  colearning: 10,
  explanation: 15,
};

/** What an event asks for; null where it earns nothing. */
export function claimOf(event: LearnerEvent): Claim | null {
  switch (event.type) {
    case "answer_recorded":
      return { learntAtMs: event.answer.atMs, payment: null, badges: [] };
    case "session_recorded": {
      const { sessionId, tally: { scoreSum } } = event.session;
      const points = Math.min(SESSION_POINTS_MAX, Math.round(scoreSum));
      return { learntAtMs: null, payment: ledgerEntry("sessions", sessionId, points), badges: [] };
    }
    case "activity_recorded": {
      const { kind, id, atMs } = event.activity;
      const payment = event.counts ? ledgerEntry("activities", `${kind}.${id}`, ACTIVITY_POINTS[kind]) : null;
      return { learntAtMs: atMs, payment, badges: [] };
    }
    case "quest_completed": {
      const { questId, points, badges } = event;
      const granted = badges.map((badgeId) => ({ badgeId, questId }));
      return { learntAtMs: null, payment: ledgerEntry("quests", questId, points), badges: granted };
    }
    case "quests_sought":
    case "quests_offered":
    case "quest_accepted":
    case "team_join_asked":
    case "team_join_refused":
    case "quest_progressed":
    case "quest_submitted":
    case "quest_fell_short":
    case "quest_closed":
    case "answers_read":
    case "profile_set":
    case "dna_corrected":
    case "reviews_due":
    case "points_awarded":
    case "points_reversed":
    case "badge_earned":
    case "badge_revoked":
    case "streak_extended":
      return null;
    default:
      return assertNever(event);
  }
}
