/** Who sits where in a lesson's rooms: as the lesson has it, and as the rooms were told. */
import assert from "node:assert/strict";
import type { Message } from "../../../src/domain/decision.ts";
import { roomAddress, type RoomCommand } from "../../../src/domain/room/messages.ts";
import type { LessonRun } from "./lesson_run.ts";

/** Who sits in which room, as the rooms that were sent these messages have it. */
function seatsTold(messages: readonly Message[]): Map<string, readonly string[]> {
  const seats = new Map<string, readonly string[]>();
  for (const { to, command } of messages) {
    const told = command as RoomCommand;
    const before = seats.get(to) ?? [];
    if (told.type === "form_room") seats.set(to, told.members.map(({ userId }) => userId));
    if (told.type !== "move_member") continue;
    const others = before.filter((userId) => userId !== told.member.userId);
    seats.set(to, told.into === "this_room" ? [...others, told.member.userId] : others);
  }
  return seats;
}

/** The rooms' own lists agree with the lesson's. */
export function checkSeats({ breakouts: { rooms }, messages }: LessonRun): void {
  const told = seatsTold(messages);
  for (const { roomId, members } of rooms) {
    assert.deepEqual([...told.get(roomAddress(roomId)) ?? []].sort(), [...members].sort(), roomId);
  }
}

export function rooms(run: LessonRun): readonly (readonly string[])[] {
  return run.breakouts.rooms.map(({ members }) => members);
}
