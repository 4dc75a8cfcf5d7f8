/** What runs beside a room's turns: bringing its task, looking into its end, and what was known of it for whose it is. */
import type { EffectRunner } from "../actors/ports.ts";
import { assertNever } from "../domain/assert_never.ts";
import { drawQuestion } from "../domain/classroom/draw_question.ts";
import { isAsked } from "../domain/curriculum/asked_item.ts";
import { renderItem } from "../domain/curriculum/render_item.ts";
import type { RenderTaskEffect, RoomCommand, RoomEffect } from "../domain/room/messages.ts";
import type { ChoiceSources } from "./choice_basis.ts";
import { itemSeed } from "./choose_item.ts";
import type { AskedSource } from "./held_back.ts";
import { sightAnswers } from "./sight_answers.ts";

type RoomSources = Pick<ChoiceSources, "courseById" | "statisticsOf" | "readLearner" | "nowMs"> & AskedSource;

async function render(
  sources: RoomSources,
  { userIds, courseId, itemId, skills, asked, seed }: RenderTaskEffect,
): Promise<RoomCommand> {
  const edition = await sources.courseById(courseId);
  if (edition === null) return { type: "task_failed", code: "failed", says: "The course is not there any more." };
  // A task tells its key in the end, which nobody is to read before their class has answered.
  const lessons = await sources.askedOf(userIds);
  const open = lessons.filter((one) => one.courseId === courseId).map((one) => one.itemId);
  if (itemId !== null && open.includes(itemId)) {
    return { type: "task_failed", code: "item_open", says: "A lesson asks this item now." };
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
      case "look_into_task": {
        const { task, userIds, courseId, item } = effect;
        const found = isAsked(await sources.askedOf(userIds), courseId, item) ? "asked" : "free";
        return { type: "task_looked", task, found };
      }
      case "sight_answers": {
        const { task } = effect;
        return { type: "answers_sighted", task, sightings: await sightAnswers(sources, effect, signal) };
      }
      default:
        return assertNever(effect);
    }
  };
}
