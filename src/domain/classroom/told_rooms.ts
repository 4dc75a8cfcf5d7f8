/** What a lesson's rooms have to be told: it follows from how the lesson was and how it is. */
import { type Message, tell } from "../decision.ts";
import { entryOf } from "../entry_of.ts";
import { roomAddress } from "../room/messages.ts";
import { TURN_MS_DEFAULT } from "../room/limits.ts";
import type { RoomPerson, RoomPlan } from "../room/plan.ts";
import { ROOM_SIZE_MAX } from "./limits.ts";
import type { BreakoutRoom, Breakouts, ClassroomState, OpenedLesson } from "./state.ts";

function personOf({ students }: OpenedLesson, userId: string): RoomPerson {
  return { userId, name: entryOf(students, userId)?.name ?? userId };
}

function formation(lesson: OpenedLesson, breakouts: Breakouts, { roomId, number, members }: BreakoutRoom): Message {
  const { lessonId, question: asked, plan: { classId, courseId } } = lesson;
  const { question, task } = breakouts;
  const discussed = question !== null && asked?.number === question ? asked.item : null;
  const plan: RoomPlan = {
    title: task ?? `Room ${number}`,
    purpose: discussed === null ? "group_work" : "discussion",
    classId,
    courseId,
    skills: discussed?.skills ?? [],
    sizeMax: ROOM_SIZE_MAX,
    admission: "invited",
    // Who talks a question over needs no part; who has work to do together shares it.
    roles: discussed === null ? "rotating" : "none",
    turnMs: TURN_MS_DEFAULT,
    lessonId,
  };
  const people = members.map((userId) => personOf(lesson, userId));
  return tell(roomAddress(roomId), {
    type: "form_room",
    plan,
    members: people,
    discussed,
    endsAtMs: breakouts.recallAtMs,
  });
}

/** Into a room that there was before, or out of it. */
function moves(lesson: OpenedLesson, was: BreakoutRoom, { roomId, members }: BreakoutRoom): readonly Message[] {
  if (was.members === members) return [];
  const move = (userId: string, into: "this_room" | "another_room") =>
    tell(roomAddress(roomId), { type: "move_member", member: personOf(lesson, userId), into });
  // Places are made before they are taken.
  return [
    ...was.members.filter((userId) => !members.includes(userId)).map((userId) => move(userId, "another_room")),
    ...members.filter((userId) => !was.members.includes(userId)).map((userId) => move(userId, "this_room")),
  ];
}

/** When the talk ends as the rooms have to be told; null: not yet known. */
function endOf({ recallAtMs, overAtMs }: Breakouts): number | null {
  if (overAtMs === null || recallAtMs === null) return overAtMs ?? recallAtMs;
  return Math.min(recallAtMs, overAtMs);
}

/** The messages that make the rooms follow the lesson from `before` to `after`. */
export function toldRooms(before: ClassroomState, after: ClassroomState): readonly Message[] {
  if (before.status === "not_opened" || after.status === "not_opened") return [];
  const [was, is] = [before.breakouts, after.breakouts];
  if (is === null || was === is) return [];
  const known = was?.number === is.number ? was : null;
  // What is over changes no more.
  if (known !== null && known.overAtMs !== null) return [];
  const endsAtMs = endOf(is);
  const isMoved = known !== null && endsAtMs !== null && endsAtMs !== endOf(known);
  return is.rooms.flatMap((room) => {
    const before = known?.rooms.find(({ roomId }) => roomId === room.roomId);
    if (before === undefined) return [formation(after, is, room)];
    const recall = isMoved ? [tell(roomAddress(room.roomId), { type: "recall_room", endsAtMs })] : [];
    return [...moves(after, before, room), ...recall];
  });
}
