/** The points of one learner in double entry: what the learner receives, some source gives, so the books sum to zero. */

/** What gives points. */
export const POINT_SOURCES = ["sessions", "quests", "badges", "activities"] as const;
export type PointSource = typeof POINT_SOURCES[number];
export type Account = "learner" | PointSource;

/** Entries remembered: a repeat of one is refused here too, whatever happened before it came, and it can be taken back. */
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

/** With the week of the boards that its points counted in; an amount of 0 says that neither is known any more. */
export type RememberedEntry = readonly [entryId: string, amount: number, week: number];

export interface Ledger {
  /** Of each account; a source that has given is below zero by as much. */
  readonly balances: { readonly [account in Account]: number };
  /** Reversals are entries too. */
  readonly entries: number;
  /** The newest, oldest first. */
  readonly recent: readonly RememberedEntry[];
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
  return Number.isSafeInteger(amount) && amount > 0 && recent.every(([known]) => known !== entryId);
}

/** The ledger with `amount` moved from the source to the learner, or back where it is below zero. */
function moved(
  { balances, entries, recent }: Ledger,
  account: PointSource,
  amount: number,
  entry: RememberedEntry,
): Ledger {
  return {
    balances: { ...balances, learner: balances.learner + amount, [account]: balances[account] - amount },
    entries: entries + 1,
    recent: [...recent, entry].slice(-ENTRIES_REMEMBERED_MAX),
  };
}

export function booked(ledger: Ledger, { entryId, account, amount }: LedgerEntry, week: number): Ledger {
  return moved(ledger, account, amount, [entryId, amount, week]);
}

/** The ledger after `reversal`, a booking of {@link reversalOf}. */
export function takenBack(ledger: Ledger, { entryId, account, amount }: LedgerEntry, week: number): Ledger {
  return moved(ledger, account, -amount, [entryId, amount, week]);
}

export function rememberedEntry({ recent }: Ledger, entryId: string): RememberedEntry | null {
  return recent.find(([known]) => known === entryId) ?? null;
}

function reversalId(entryId: string): string {
  return `reversal.${entryId}`;
}

/** The booking back of an entry; `forgotten` where the ledger does not remember it or its amount, or it was none. */
export function reversalOf(ledger: Ledger, entryId: string): LedgerEntry | "forgotten" | "reversed_before" {
  const [, amount] = rememberedEntry(ledger, entryId) ?? ["", 0];
  const [source = "", ...cause] = entryId.split(".");
  const account = POINT_SOURCES.find((one) => one === source);
  if (account === undefined || amount === 0) return "forgotten";
  if (rememberedEntry(ledger, reversalId(entryId)) !== null) return "reversed_before";
  return { entryId: reversalId(entryId), account, cause: cause.join("."), amount };
}

/** Zero in books that are in order. */
export function imbalance({ balances }: Ledger): number {
  return Object.values(balances).reduce((sum, balance) => sum + balance, 0);
}
