/** Who is to do something about a room's task: whose turn it is, who has yet to answer or agree. */
import { entryOf } from "../entry_of.ts";
import { ROUNDS_MAX, SIZE_MIN } from "./limits.ts";
import { memberOf, membersIn, type OpenedRoom } from "./state.ts";
import type { Proposal, Task, TurnsStep } from "./task.ts";

/** Whether so many are in the room that they can work on a task together. */
export function areEnough(room: OpenedRoom): boolean {
  return membersIn(room).length >= SIZE_MIN;
}

/**
 * Whether two at least are at a task that `by` answer: answering it, on the channel, or known by what they have brought
 * in. After a restart, while nobody is known to be there, all who are in the room may be.
 */
export function areTogether(room: OpenedRoom, by: readonly string[]): boolean {
  const devicesOf = (userId: string) => entryOf(room.attendance, userId) ?? 0;
  const all = membersIn(room);
  const isAnyKnown = all.some(({ userId }) => devicesOf(userId) > 0);
  const at = all.filter(({ userId, contributed }) => devicesOf(userId) > 0 || contributed > 0 || by.includes(userId));
  return isAnyKnown ? at.length >= SIZE_MIN : areEnough(room);
}

/** The next in the room after `userId`, in the order they came; null when nobody is in it. */
export function nextInTurn(room: OpenedRoom, userId: string | null): string | null {
  const all = room.members;
  const at = all.findIndex((member) => member.userId === userId);
  for (let step = 1; step <= all.length; step += 1) {
    const member = all[(at + step) % all.length];
    if (member?.standing === "in") return member.userId;
  }
  return null;
}

/** Whose turn it is when it comes to `userId`: theirs, or the next one's where they have left. */
export function inTurn(room: OpenedRoom, userId: string): string | null {
  return memberOf(room, userId)?.standing === "in" ? userId : nextInTurn(room, userId);
}

/** Whether everybody in the room has given an answer of their own. */
export function allAnswered(room: OpenedRoom, { answers }: Task): boolean {
  return membersIn(room).every(({ userId }) => entryOf(answers, userId) !== null);
}

/** Whether all the others in the room have agreed to what is proposed. */
export function allAgreed(room: OpenedRoom, { by, agreed }: Proposal): boolean {
  return membersIn(room).every(({ userId }) => userId === by || agreed.includes(userId));
}

/** Whether each in the room has had so many turns that there is no next one. */
export function turnsAreOver(room: OpenedRoom, { mode }: Task, { turn }: TurnsStep): boolean {
  const rounds = mode === "by_turn" ? 1 : ROUNDS_MAX;
  return turn >= rounds * membersIn(room).length;
}
