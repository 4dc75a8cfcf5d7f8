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
  | { readonly type: "badge_earned"; readonly badgeId: string; readonly title: string; readonly points: number }
  /** `day` counts, or lasts longer than it was known to; the figures are of the streak after it. */
  | {
    readonly type: "streak_extended";
    readonly day: LocalDay;
    readonly length: number;
    readonly best: number;
    readonly freezes: number;
  };
