/** Takes points back, and with them the badges that stood on what was taken. */
import { entryOf } from "../entry_of.ts";
import { awardId, type BadgeRule, type EarnedBadge } from "./badge.ts";
import { type LedgerEntry, reversalOf } from "./ledger.ts";
import { levelOf } from "./levels.ts";
import type { RewardEvent } from "./messages.ts";
import { figureOf, type Rewards, withReward } from "./rewards.ts";

/** Who takes back what, and why: the reason is told to the learner. */
export interface Reversal {
  readonly entryId: string;
  readonly reason: string;
  readonly byUserId: string;
}

export interface ReversalBasis {
  readonly nowMs: number;
  readonly rules: readonly BadgeRule[];
}

/** Events gathered one by one, each decided on the rewards after those before it. */
class TakingBack {
  readonly events: RewardEvent[] = [];
  #rewards: Rewards;

  constructor(
    private readonly before: Rewards,
    private readonly reversal: Reversal,
    private readonly basis: ReversalBasis,
  ) {
    this.#rewards = before;
  }

  takeBack(entry: LedgerEntry, reverses: string): void {
    const { reason, byUserId } = this.reversal;
    const balance = this.#rewards.ledger.balances.learner - entry.amount;
    this.#add({
      type: "points_reversed",
      ...entry,
      reverses,
      balance,
      level: levelOf(balance).level,
      reason,
      byUserId,
    });
  }

  /** Revokes until all that are left stand: the points of a badge may be what another asked for. */
  revokeFallen(): void {
    let fallen = this.#fallen();
    while (fallen.length > 0) {
      for (const { id, title } of fallen) {
        const paid = `badges.${awardId(id, this.#rewards.timesLost[id] ?? 0)}`;
        this.#add({ type: "badge_revoked", badgeId: id, title, reason: this.reversal.reason });
        const entry = reversalOf(this.#rewards.ledger, paid);
        if (typeof entry !== "string") this.takeBack(entry, paid);
      }
      fallen = this.#fallen();
    }
  }

  #fallen(): readonly BadgeRule[] {
    return this.#rewards.badges.flatMap((earned) => {
      const rule = this.basis.rules.find(({ id }) => id === earned.badgeId);
      return rule === undefined || this.#stands(rule, earned) ? [] : [rule];
    });
  }

  /**
   * A badge stands while the figure that it asks for is reached, or a quest that gives it is completed. One whose figure
   * was out of reach before anything was taken back, since its rule was raised after it was earned, stands too.
   */
  #stands({ id, criterion }: BadgeRule, { questId }: EarnedBadge): boolean {
    const reaches = (rewards: Rewards) =>
      criterion.kind === "reach" && figureOf(rewards, criterion.figure) >= criterion.atLeast;
    if (reaches(this.#rewards) || entryOf(this.#rewards.givenBy, id) !== null) return true;
    return questId === null && !reaches(this.before);
  }

  #add(event: RewardEvent): void {
    this.events.push(event);
    this.#rewards = withReward(this.#rewards, event, { atMs: this.basis.nowMs });
  }
}

/** What follows from the reversal, in the order it is recorded; or why there is none. */
export function takeBack(
  rewards: Rewards,
  reversal: Reversal,
  basis: ReversalBasis,
): readonly RewardEvent[] | "forgotten" | "reversed_before" {
  const entry = reversalOf(rewards.ledger, reversal.entryId);
  if (typeof entry === "string") return entry;
  const taking = new TakingBack(rewards, reversal, basis);
  taking.takeBack(entry, reversal.entryId);
  taking.revokeFallen();
  return taking.events;
}
