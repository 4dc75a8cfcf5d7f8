/** The points of one learner in double entry: what the learner receives, some source gives, so the books sum to zero. */

/** What gives points. */
export const POINT_SOURCES = ["sessions", "quests", "badges", "activities"] as const;
export type PointSource = typeof POINT_SOURCES[number];
export type Account = "learner" | PointSource;

/** Entries whose ids are remembered, so that a repeat is refused here too, whatever happened before it came. */
export const ENTRIES_REMEMBERED_MAX = 256;

/** One booking from a source to the learner. Entries are only ever added. */
export interface LedgerEntry {
  /** Follows from source and cause, so that one cause has one entry. */
  readonly entryId: string;
  readonly account: PointSource;
  /** Id of the session, quest, badge or activity that earned it. */
  readonly cause: string;
  /** Whole points, at least 1. */
  readonly amount: number;
}

export interface Ledger {
  /** Of each account; a source that has given is below zero by as much. */
  readonly balances: { readonly [account in Account]: number };
  readonly entries: number;
  /** Ids of the newest entries, oldest first. */
  readonly recent: readonly string[];
}

export const EMPTY_LEDGER: Ledger = {
  balances: { learner: 0, sessions: 0, quests: 0, badges: 0, activities: 0 },
  entries: 0,
  recent: [],
};

export function ledgerEntry(account: PointSource, cause: string, amount: number): LedgerEntry {
  return { entryId: `${account}.${cause}`, account, cause, amount };
}

/** Whether the entry may be booked: it gives something and its cause has not been paid for. */
export function isPayable({ recent }: Ledger, { entryId, amount }: LedgerEntry): boolean {
  return Number.isSafeInteger(amount) && amount > 0 && !recent.includes(entryId);
}

export function booked({ balances, entries, recent }: Ledger, { entryId, account, amount }: LedgerEntry): Ledger {
  return {
    balances: { ...balances, learner: balances.learner + amount, [account]: balances[account] - amount },
    entries: entries + 1,
    recent: [...recent, entryId].slice(-ENTRIES_REMEMBERED_MAX),
  };
}

/** Zero in books that are in order. */
export function imbalance({ balances }: Ledger): number {
  return Object.values(balances).reduce((sum, balance) => sum + balance, 0);
}
