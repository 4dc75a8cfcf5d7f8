/** Who of its class is part of a debate now: those who lead it, and those who speak or watch (A7). */
import type { RosterEntry } from "../classroom/roster.ts";
import { entryOf } from "../entry_of.ts";
import { type DebatePlan, sideOf, speakersOf, type Turn } from "./plan.ts";

/** Whoever practises alone leads their own debate. */
export type DebatePart = "host" | "student";

/** By id; who has left the class, or never was in it, is not there. */
export interface DebatePeople {
  readonly [userId: string]: DebatePart;
}

/** How one of the class's changes moves them; null: no part in the debate. */
export interface PersonMove {
  readonly userId: string;
  readonly was: DebatePart | null;
  readonly is: DebatePart | null;
}

interface Peopled {
  readonly plan: DebatePlan;
  readonly openedBy: string;
  readonly people: DebatePeople;
}

/** Everybody as they were when the debate was opened. */
export function plannedPeople(plan: DebatePlan): DebatePeople {
  const students = [...speakersOf(plan), ...plan.spectators].map((userId) => [userId, "student"] as const);
  return Object.fromEntries([...students, ...plan.hosts.map((userId) => [userId, "host"] as const)]);
}

export function movedPeople(people: DebatePeople, moves: readonly PersonMove[]): DebatePeople {
  const moved = new Map(Object.entries(people));
  for (const { userId, is } of moves) {
    if (is === null) moved.delete(userId);
    else moved.set(userId, is);
  }
  return Object.fromEntries(moved);
}

export function hasLeft({ people }: Pick<Peopled, "people">, userId: string): boolean {
  return entryOf(people, userId) === null;
}

/** Whether nobody is there for this turn: its speaker has left, or the AI has nobody to argue with. */
export function isDeserted(debate: Pick<Peopled, "plan" | "people">, { speaker }: Turn): boolean {
  return speaker.kind === "learner"
    ? hasLeft(debate, speaker.userId)
    : speakersOf(debate.plan).every((userId) => hasLeft(debate, userId));
}

/** What one of the class is to the debate. A student's own practice is watched by nobody else but those who teach. */
export function partIn(
  { plan, openedBy }: Peopled,
  { userId, part }: Pick<RosterEntry, "userId" | "part">,
): DebatePart | null {
  if (part !== "student") return "host";
  if (!isPractice({ plan, openedBy })) return "student";
  return userId === openedBy ? "host" : null;
}

/** Whether whoever opened it debates alone with the AI. */
export function isPractice({ plan, openedBy }: Pick<Peopled, "plan" | "openedBy">): boolean {
  return sideOf(plan, openedBy) !== null;
}
