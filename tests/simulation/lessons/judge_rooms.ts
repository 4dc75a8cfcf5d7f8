/**
 * Judges a recorded lesson's rooms from outside: whoever is in the lesson has one room, lesson and rooms agree on who sat
 * where and on the recall, and no word that was acknowledged is lost, told twice or put into another mouth.
 */
import type { StoredEvent } from "../../../src/actors/ports.ts";
import { classroom } from "../../../src/domain/classroom/aggregate.ts";
import type { ClassroomEvent } from "../../../src/domain/classroom/events.ts";
import type { Breakouts, OpenedLesson } from "../../../src/domain/classroom/state.ts";
import { room } from "../../../src/domain/room/aggregate.ts";
import type { RoomEvent } from "../../../src/domain/room/events.ts";
import { WORDS_GRACE_MS } from "../../../src/domain/room/limits.ts";
import { membersIn, type OpenedRoom } from "../../../src/domain/room/state.ts";
import { broken } from "./broken_promise.ts";
import type { LessonHistory, RoomHistory, Word } from "./lesson_history.ts";

const TIMER_MS_MAX = 100;
/** Between a word's arrival at its node and its turn, also behind a room that is read anew. */
const TURN_MS_MAX = 500;

/** J14: everybody who has come sits in one room as long as there are any. */
function judgeSeats({ students, breakouts }: OpenedLesson): void {
  if (breakouts === null || breakouts.overAtMs !== null) return;
  const seated = breakouts.rooms.flatMap(({ members }) => members).sort();
  const inside = Object.values(students).filter(({ admission, sinceMs }) =>
    admission === "admitted" && sinceMs !== null
  );
  const due = inside.map(({ userId }) => userId).sort();
  if (JSON.stringify(seated) !== JSON.stringify(due)) broken("J14", `${seated} sit in rooms, ${due} are in the lesson`);
}

/** Each breakouts of the lesson as they stood when they were over. */
function breakoutsIn({ events, kills }: LessonHistory): readonly Breakouts[] {
  let state = classroom.initial("l1");
  const over: Breakouts[] = [];
  for (const { seq, atMs, body } of events) {
    const event = body as ClassroomEvent;
    const before = state;
    state = classroom.evolve(state, event, { seq, atMs });
    if (state.status !== "opened") continue;
    // Those who have come in get their seat in the same turn.
    if (event.type === "students_seated" || event.type === "room_reported") judgeSeats(state);
    if (event.type !== "rooms_over" || state.breakouts === null) continue;
    over.push(state.breakouts);
    const dueMs = before.status === "opened" ? before.breakouts?.recallAtMs ?? atMs : atMs;
    if (kills === 0 && atMs - dueMs > TIMER_MS_MAX) broken("T1", `the recall came ${atMs - dueMs} ms late`);
  }
  return over;
}

function stateOf({ roomId, events }: RoomHistory): OpenedRoom {
  const openings = events.filter(({ type }) => type === "room_opened").length;
  if (openings !== 1) broken("J13", `${roomId} was opened ${openings} times`);
  const state = events.reduce(
    (reached, { seq, atMs, body }) => room.evolve(reached, body as RoomEvent, { seq, atMs }),
    room.initial(roomId),
  );
  return state.status === "opened" ? state : broken("J13", `${roomId} is not open after its opening`);
}

/** J15: the room's own record agrees with the lesson's on who sat there last and when it ended. */
function judgeRoom(breakouts: Breakouts, history: RoomHistory, kills: number): void {
  const { roomId } = history;
  const state = stateOf(history);
  const seats = breakouts.rooms.find((one) => one.roomId === roomId)?.members ?? [];
  const members = membersIn(state).map(({ userId }) => userId);
  if (JSON.stringify(members.toSorted()) !== JSON.stringify(seats.toSorted())) {
    broken("J14", `${members} sit in ${roomId}, the lesson has ${seats} there`);
  }
  if (state.phase.kind !== "ended") broken("J15", `${roomId} has never ended`);
  const endMs = (state.endsAtMs ?? Infinity) + WORDS_GRACE_MS;
  const lateMs = state.phase.atMs - endMs;
  if (lateMs < 0) broken("J15", `${roomId} ended ${-lateMs} ms before its time`);
  // It cannot end before it has heard that it should.
  const heardMs = history.events.findLast(({ type }) => type === "room_recalled")?.atMs ?? 0;
  if (kills === 0 && state.phase.atMs - Math.max(endMs, heardMs) > TIMER_MS_MAX) {
    broken("T1", `${roomId} ended ${lateMs} ms late`);
  }
}

function saidIn(events: readonly StoredEvent[]) {
  return events.flatMap(({ body }) => {
    const event = body as RoomEvent;
    return event.type === "said" && event.message.kind === "word" ? [event.message] : [];
  });
}

/** J15: what was acknowledged stands in the room once, under its writer's name, and its members can read it. */
function judgeWord({ userId, commandId, text, outcome, arrivedAtMs }: Word, history: RoomHistory): void {
  const said = saidIn(history.events).filter((message) => message.text === text);
  if (said.length > 1) broken("J15", `${commandId} stands in its room ${said.length} times`);
  if (said.some((message) => message.userId !== userId)) broken("J15", `${commandId} is in another's mouth`);
  if (outcome?.kind === "counted") {
    if (said.length === 0) broken("J15", `${commandId} was acknowledged and is lost`);
    for (const { userId: reader, view } of history.shown) {
      if (!view.includes(text)) broken("J15", `${reader} cannot read ${commandId} any more`);
    }
  }
  if (outcome?.kind !== "refused") return;
  if (said.length > 0) broken("J15", `${commandId} was refused and stands in its room`);
  const endedAtMs = history.events.find(({ type }) => type === "room_ended")?.atMs ?? Infinity;
  if (outcome.code === "room_ended" && (arrivedAtMs ?? Infinity) < endedAtMs - TURN_MS_MAX) {
    broken("J15", `${commandId} came in time and was refused`);
  }
}

/** Throws {@link BrokenPromise} where the history breaks one. */
export function judgeRooms(history: LessonHistory): void {
  const byId = new Map(history.rooms.map((one) => [one.roomId, one]));
  for (const breakouts of breakoutsIn(history)) {
    for (const { roomId } of breakouts.rooms) {
      const told = byId.get(roomId);
      if (told === undefined) broken("J13", `${roomId} was never formed`);
      judgeRoom(breakouts, told, history.kills);
    }
  }
  for (const word of history.words) {
    const told = byId.get(word.roomId);
    if (told === undefined) broken("J13", `${word.roomId} was never formed`);
    judgeWord(word, told);
  }
  for (const { roomId, events } of history.rooms) {
    const own = new Set(history.words.filter((word) => word.roomId === roomId).map(({ text }) => text));
    for (const { text } of saidIn(events)) if (!own.has(text)) broken("J15", `nobody said "${text}" in ${roomId}`);
  }
}
