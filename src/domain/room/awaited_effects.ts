/** What a room waits for, worked out from its state alone. */
import type { RoomEffect } from "./messages.ts";
import type { OpenedRoom, RoomState } from "./state.ts";

/** A seed of its own for each task, repeatable from the journal. */
function taskSeed(roomSeed: number, askedSeq: number): number {
  return (roomSeed ^ Math.imul(askedSeq, 0x9e3779b1)) >>> 0;
}

/** Who may read what becomes of a task: all who were ever in the room, but for those who have left the class. */
function readersOf({ members }: OpenedRoom): readonly string[] {
  return members.filter(({ standing }) => standing !== "removed").map(({ userId }) => userId);
}

function rendering(room: OpenedRoom, courseId: string): readonly RoomEffect[] {
  const { asked, phase, plan: { skills }, seed, askedItems } = room;
  if (asked === null || phase.kind === "ended") return [];
  const { askedSeq: basisSeq, itemId } = asked;
  const userIds = readersOf(room);
  const drawn = { itemId, skills, asked: askedItems, seed: taskSeed(seed, basisSeq) };
  return [{ kind: "render_task", basisSeq, userIds, courseId, ...drawn }];
}

function lookingInto(room: OpenedRoom, courseId: string): readonly RoomEffect[] {
  const { task } = room;
  if (task === null || task.step.kind !== "closing") return [];
  const { number, item, step: { sinceSeq: basisSeq } } = task;
  const { itemId, prompt } = item;
  const userIds = readersOf(room);
  return [{ kind: "look_into_task", basisSeq, task: number, userIds, courseId, item: { itemId, prompt } }];
}

function sighting({ untold: [first] }: OpenedRoom, courseId: string): readonly RoomEffect[] {
  if (first === undefined) return [];
  const { sinceSeq: basisSeq, task, userIds, fact: { itemId } } = first;
  return [{ kind: "sight_answers", basisSeq, task, courseId, itemId, userIds }];
}

export function awaitedEffects(state: RoomState): readonly RoomEffect[] {
  if (state.status === "not_opened" || state.plan.courseId === null) return [];
  const { courseId } = state.plan;
  return [...rendering(state, courseId), ...lookingInto(state, courseId), ...sighting(state, courseId)];
}
