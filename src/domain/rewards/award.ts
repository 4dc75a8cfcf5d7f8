/** What a learner gets for what they did, decided in the turn that records it. */
import { localDaySpan } from "../local_day.ts";
import { awardId, type BadgeRule } from "./badge.ts";
import { isPayable, type LedgerEntry, ledgerEntry } from "./ledger.ts";
import { levelOf } from "./levels.ts";
import type { RewardEvent } from "./messages.ts";
import { figureOf, type Rewards, withReward } from "./rewards.ts";
import { dayLearntOn, runOf, withDay } from "./streak.ts";

/** What one recorded fact asks for. */
export interface Claim {
  /** When the learner did it, if it makes a day count. */
  readonly learntAtMs: number | null;
  readonly payment: LedgerEntry | null;
  /** What it gives by itself. */
  readonly badges: readonly GrantedBadge[];
}

/** A badge that a quest gives. */
export interface GrantedBadge {
  readonly badgeId: string;
  readonly questId: string;
}

export interface AwardBasis {
  readonly timeZone: string;
  readonly nowMs: number;
  readonly rules: readonly BadgeRule[];
}

/** Events gathered one by one, with the rewards they lead to. */
class Awards {
  readonly events: RewardEvent[] = [];
  #rewards: Rewards;

  constructor(rewards: Rewards, private readonly basis: AwardBasis) {
    this.#rewards = rewards;
  }

  pay(entry: LedgerEntry): void {
    const { ledger } = this.#rewards;
    if (!isPayable(ledger, entry)) return;
    const balance = ledger.balances.learner + entry.amount;
    this.#add({ type: "points_awarded", ...entry, balance, level: levelOf(balance).level });
  }

  countDay(atMs: number): void {
    const { streak } = this.#rewards;
    const { timeZone } = this.basis;
    const day = dayLearntOn(streak, localDaySpan(atMs, timeZone), atMs);
    if (day === null || streak.latest.includes(day)) return;
    const { length, best, freezes } = runOf(withDay(streak, day));
    this.#add({ type: "streak_extended", day, length, best, freezes });
  }

  /** Gives each badge that is due once. The points of one may be what another asks for. */
  giveBadges(granted: readonly GrantedBadge[]): void {
    let due = this.#due(granted);
    while (due.length > 0) {
      for (const { id, title, points } of due) {
        const questId = granted.find(({ badgeId }) => badgeId === id)?.questId ?? null;
        this.#add({ type: "badge_earned", badgeId: id, title, points, questId });
        this.pay(ledgerEntry("badges", awardId(id, this.#rewards.timesLost[id] ?? 0), points));
      }
      due = this.#due(granted);
    }
  }

  #due(granted: readonly GrantedBadge[]): readonly BadgeRule[] {
    const { badges } = this.#rewards;
    return this.basis.rules.filter(({ id, criterion }) =>
      badges.every(({ badgeId }) => badgeId !== id) &&
      (granted.some(({ badgeId }) => badgeId === id) ||
        (criterion.kind === "reach" && figureOf(this.#rewards, criterion.figure) >= criterion.atLeast))
    );
  }

  #add(event: RewardEvent): void {
    this.events.push(event);
    this.#rewards = withReward(this.#rewards, event, { atMs: this.basis.nowMs });
  }
}

/**
 * The rewards that `claims` bring, in the order they are recorded.
 * @param rewards with the deeds behind the claims counted already
 */
export function award(rewards: Rewards, claims: readonly Claim[], basis: AwardBasis): readonly RewardEvent[] {
  if (claims.length === 0) return [];
  const awards = new Awards(rewards, basis);
  for (const { learntAtMs, payment } of claims) {
    if (learntAtMs !== null) awards.countDay(learntAtMs);
    if (payment !== null) awards.pay(payment);
  }
  awards.giveBadges(claims.flatMap(({ badges }) => badges));
  return awards.events;
}
