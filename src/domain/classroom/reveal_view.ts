/** What was revealed of a question, as each audience may see it. */
import type { Json } from "../json.ts";
import type { AnswerCount, RoomGain, Standing } from "./events.ts";
import type { ClassroomAudience } from "./permission.ts";

/** Students are told names and whether a row is their own, no ids. */
export function standingsData(standings: readonly Standing[], audience: ClassroomAudience): readonly Json[] {
  return standings.map(({ userId, name, rank, points }) =>
    audience.kind === "teacher"
      ? { user_id: userId, name, rank, points }
      : { name, rank, points, is_you: userId === audience.userId }
  );
}

/** Staff read every answer. Students are told counts of what was right or on offer; what others put is not for them. */
export function answersData(answers: readonly AnswerCount[], { kind }: ClassroomAudience): readonly Json[] {
  const all = answers.map(({ answer, correct, count, offered }) => ({ answer, correct, count, offered }));
  const shown = all.filter(({ correct, offered }) => kind === "teacher" || correct || offered);
  const others = all.reduce((sum, one) => sum + (shown.includes(one) ? 0 : one.count), 0);
  const told = shown.map(({ answer, correct, count }): Json => ({ answer, correct, count }));
  return others === 0 ? told : [...told, { answer: null, correct: false, count: others }];
}

/** For the staff: in a room of two, the gain would tell one how the other voted. */
export function roomGainsData(roomGains: readonly RoomGain[]): readonly Json[] {
  return roomGains.map(({ roomId, number, gain }) => ({
    room_id: roomId,
    room: number,
    gain: gain === null ? null : { ...gain },
  }));
}
