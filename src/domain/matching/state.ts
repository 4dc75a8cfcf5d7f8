/** A class's matching: who looks for partners, how earlier searches ended, and who have met. */
import type { RoomPerson } from "../room/plan.ts";
import type { MatchedGroup, Wish } from "./messages.ts";
import type { SkillStanding } from "./search.ts";

export interface Search {
  readonly person: RoomPerson;
  readonly wish: Wish;
  readonly sinceMs: number;
  readonly expiresAtMs: number;
  /** Null until it is read. */
  readonly ready: { readonly standing: readonly SkillStanding[]; readonly atMs: number } | null;
  /** The last round in which they were looked at; null for none yet. */
  readonly consideredAtMs: number | null;
  /** With whom they have been put together, while the room for them is on its way; null before. */
  readonly group: MatchedGroup | null;
}

export type SearchEnd =
  | {
    readonly kind: "matched";
    readonly roomId: string;
    readonly members: readonly RoomPerson[];
    readonly reason: string;
  }
  | { readonly kind: "timed_out" }
  | { readonly kind: "withdrawn" };

export interface SearchOutcome {
  readonly userId: string;
  readonly atMs: number;
  readonly end: SearchEnd;
}

export interface MatchingState {
  readonly classId: string;
  /** In the order they came. */
  readonly searches: readonly Search[];
  /** One a person, the latest ones last. */
  readonly outcomes: readonly SearchOutcome[];
  /** Keys of pairs, the latest last. */
  readonly met: readonly string[];
}

/** Searches for which nobody has been found yet. */
export function openSearches({ searches }: Pick<MatchingState, "searches">): readonly Search[] {
  return searches.filter(({ group }) => group === null);
}

export function searchOf({ searches }: MatchingState, userId: string): Search | null {
  return searches.find(({ person }) => person.userId === userId) ?? null;
}

export function outcomeOf({ outcomes }: MatchingState, userId: string): SearchOutcome | null {
  return outcomes.find((outcome) => outcome.userId === userId) ?? null;
}
