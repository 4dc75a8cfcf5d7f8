/** What runs beside a room's turns: bringing its task, and what was known of it for each whose answer it is. */
import type { EffectRunner } from "../actors/ports.ts";
import { assertNever } from "../domain/assert_never.ts";
import { drawQuestion } from "../domain/classroom/draw_question.ts";
import { renderItem } from "../domain/curriculum/render_item.ts";
import type { RenderTaskEffect, RoomCommand, RoomEffect } from "../domain/room/messages.ts";
import type { ChoiceSources } from "./choice_basis.ts";
import { itemSeed } from "./choose_item.ts";
import { sightAnswers } from "./sight_answers.ts";

export interface RoomSources extends Pick<ChoiceSources, "courseById" | "statisticsOf" | "readLearner" | "nowMs"> {
  /** Ids of the course's items that lessons of the class ask now. Rejects where that cannot be told. */
  readonly openItems: (classId: string, courseId: string) => Promise<readonly string[]>;
}

async function render(
  sources: RoomSources,
  { classId, courseId, itemId, skills, asked, seed }: RenderTaskEffect,
): Promise<RoomCommand> {
  const edition = await sources.courseById(courseId);
  if (edition === null) return { type: "task_failed", code: "failed", says: "The course is not there any more." };
  // A task tells its key in the end, which nobody is to read before the class has answered.
  const open = await sources.openItems(classId, courseId);
  if (itemId !== null && open.includes(itemId)) {
    return { type: "task_failed", code: "item_open", says: "A lesson of the class asks this item now." };
  }
  const { course } = edition;
  const items = course.items.filter((item) => skills.length === 0 || item.skills.some((id) => skills.includes(id)));
  const item = itemId === null
    ? drawQuestion({ ...course, items }, [...asked, ...open], {}, seed)
    : course.items.find(({ id }) => id === itemId) ?? null;
  if (item !== null) return { type: "task_rendered", item: renderItem(item, itemSeed(seed)) };
  return itemId === null
    ? { type: "task_failed", code: "no_item_left", says: "The room has done every item there is for it." }
    : { type: "task_failed", code: "item_unknown", says: `The course has no item "${itemId}".` };
}

export function createRoomEffects(sources: RoomSources): EffectRunner<RoomEffect, RoomCommand> {
  return async (effect, _actor, signal) => {
    switch (effect.kind) {
      case "render_task":
        return await render(sources, effect);
      case "sight_answers": {
        const { task } = effect;
        return { type: "answers_sighted", task, sightings: await sightAnswers(sources, effect, signal) };
      }
      default:
        return assertNever(effect);
    }
  };
}
