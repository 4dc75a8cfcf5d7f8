/** What runs beside a lesson's turns: bringing the question, and what was known of it for each learner. */
import type { EffectRunner } from "../actors/ports.ts";
import { assertNever } from "../domain/assert_never.ts";
import { drawQuestion } from "../domain/classroom/draw_question.ts";
import type { ClassroomCommand, ClassroomEffect, RenderQuestionEffect } from "../domain/classroom/messages.ts";
import { renderItem } from "../domain/curriculum/render_item.ts";
import type { ChoiceSources } from "./choice_basis.ts";
import { itemSeed } from "./choose_item.ts";
import { sightAnswers } from "./sight_answers.ts";

type ClassroomSources = Pick<ChoiceSources, "courseById" | "statisticsOf" | "readLearner" | "nowMs">;

async function render(
  sources: ClassroomSources,
  { courseId, itemId, asked, skills, seed }: RenderQuestionEffect,
): Promise<ClassroomCommand> {
  const edition = await sources.courseById(courseId);
  if (edition === null) return { type: "question_failed", code: "failed", says: "The course is not there any more." };
  const { course } = edition;
  const item = itemId === null
    ? drawQuestion(course, asked, skills, seed)
    : course.items.find(({ id }) => id === itemId) ?? null;
  if (item !== null) return { type: "question_rendered", item: renderItem(item, itemSeed(seed)) };
  return itemId === null
    ? { type: "question_failed", code: "no_item_left", says: "Every item of the course has been asked." }
    : { type: "question_failed", code: "item_unknown", says: `The course has no item "${itemId}".` };
}

export function createClassroomEffects(sources: ClassroomSources): EffectRunner<ClassroomEffect, ClassroomCommand> {
  return async (effect, _actor, signal) => {
    switch (effect.kind) {
      case "render_question":
        return await render(sources, effect);
      case "sight_answers": {
        const { question } = effect;
        return { type: "answers_sighted", question, sightings: await sightAnswers(sources, effect, signal) };
      }
      default:
        return assertNever(effect);
    }
  };
}
