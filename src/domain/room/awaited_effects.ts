/** What a room waits for, worked out from its state alone. */
import type { RoomEffect } from "./messages.ts";
import type { RoomState } from "./state.ts";

/** A seed of its own for each task, repeatable from the journal. */
function taskSeed(roomSeed: number, askedSeq: number): number {
  return (roomSeed ^ Math.imul(askedSeq, 0x9e3779b1)) >>> 0;
}

export function awaitedEffects(state: RoomState): readonly RoomEffect[] {
  if (state.status === "not_opened") return [];
  const { asked, plan, seed, askedItems, untold: [first] } = state;
  const { classId, courseId, skills } = plan;
  if (courseId === null) return [];
  const rendering: readonly RoomEffect[] = asked === null || state.phase.kind === "ended" ? [] : [{
    kind: "render_task",
    basisSeq: asked.askedSeq,
    classId,
    courseId,
    itemId: asked.itemId,
    skills,
    asked: askedItems,
    seed: taskSeed(seed, asked.askedSeq),
  }];
  if (first === undefined) return rendering;
  const { sinceSeq, task, userIds, fact } = first;
  return [...rendering, { kind: "sight_answers", basisSeq: sinceSeq, task, courseId, itemId: fact.itemId, userIds }];
}
