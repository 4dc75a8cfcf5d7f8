/** What is recorded of a learner's rewards; each event holds all that its projection tells. */
import type { LocalDay } from "../local_day.ts";
import type { LedgerEntry } from "./ledger.ts";

export type RewardEvent =
  | ({
    readonly type: "points_awarded";
    /** The learner's points after it. */
    readonly balance: number;
    readonly level: number;
  } & LedgerEntry)
  /** An entry taken back by somebody who teaches: booked from the learner to the source. */
  | ({
    readonly type: "points_reversed";
    readonly reverses: string;
    readonly balance: number;
    readonly level: number;
    readonly reason: string;
    readonly byUserId: string;
  } & LedgerEntry)
  | {
    readonly type: "badge_earned";
    readonly badgeId: string;
    readonly title: string;
    readonly points: number;
    readonly questId: string | null;
  }
  /** What it was earned for was taken back. */
  | { readonly type: "badge_revoked"; readonly badgeId: string; readonly title: string; readonly reason: string }
  /** `day` counts, or lasts longer than it was known to; the figures are of the streak after it. */
  | {
    readonly type: "streak_extended";
    readonly day: LocalDay;
    readonly length: number;
    readonly best: number;
    readonly freezes: number;
  };
