/** Who belongs to a class, as what, and what is arranged for them there. */
import { type ClassPart, ROSTER_MAX } from "../classroom/roster.ts";
import type { Role } from "../principal.ts";

/** People in one class. */
export const CLASS_MEMBERS_MAX = ROSTER_MAX;

/** A learner's time for a question is the class's times a number from 1 to 5; null: as long as they need. */
export type TimeMultiplier = number | null;

export const TIME_MULTIPLIER_MIN = 1;
export const TIME_MULTIPLIER_MAX = 5;

/** What a class arranges for one of its members. */
export interface Arrangements {
  readonly timeMultiplier: TimeMultiplier;
  /** Off: they are on no leaderboard, of this class or any other, whatever their profile asks. */
  readonly leaderboardsAllowed: boolean;
}

export const NO_ARRANGEMENTS: Arrangements = { timeMultiplier: 1, leaderboardsAllowed: true };

export interface NewClassMember extends Arrangements {
  readonly classId: string;
  readonly userId: string;
  readonly part: ClassPart;
  /** Those who are not wait for one of the class's teachers or were {@link isInvited}, and are no part of it until then. */
  readonly isAdmitted: boolean;
  /** Who put them on the roster; null for those who came by themselves. */
  readonly addedBy: string | null;
  readonly joinedAtMs: number;
}

export interface ClassMember extends NewClassMember {
  /** Of who is invited, the name or address by which they were. */
  readonly username: string;
  /** Whether their own profile asks to be on leaderboards. */
  readonly asksForLeaderboards: boolean;
}

/** One's own place in a class, with the class's title. */
export interface Membership extends NewClassMember {
  readonly title: string;
}

/** A class that somebody who teaches it asks one to join. */
export interface Invitation extends Membership {
  /** Null where the account of who asks is gone. */
  readonly invitedBy: string | null;
}

/** Put on the roster by somebody who teaches the class, and asked: their own word lets them in, nobody else's. */
export function isInvited({ isAdmitted, addedBy }: Pick<NewClassMember, "isAdmitted" | "addedBy">): boolean {
  return !isAdmitted && addedBy !== null;
}

/** What may be changed of a member; null leaves it as it is. */
export interface MemberChange {
  readonly part: Exclude<ClassPart, "teacher"> | null;
  /** Admission is not taken back: who is to go is removed. */
  readonly admit: "admit" | null;
  readonly time: { readonly multiplier: TimeMultiplier } | null;
  readonly leaderboardsAllowed: boolean | null;
}

/** Whether an account of this role may help to teach a class. */
export function mayTeach(role: Role): boolean {
  return role !== "student";
}
