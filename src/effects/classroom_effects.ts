/** What runs beside a lesson's turns: bringing the question, and what was known of it for each learner. */
import type { EffectRunner } from "../actors/ports.ts";
import { encodeCandidates, knowledgeBasis, sightingOf } from "../domain/adaptive/knowledge_basis.ts";
import type { Sighting } from "../domain/adaptive/sighting.ts";
import { assertNever } from "../domain/assert_never.ts";
import { drawQuestion } from "../domain/classroom/draw_question.ts";
import type {
  ClassroomCommand,
  ClassroomEffect,
  RenderQuestionEffect,
  SightAnswersEffect,
} from "../domain/classroom/messages.ts";
import type { Course, Item } from "../domain/curriculum/course.ts";
import { renderItem } from "../domain/curriculum/render_item.ts";
import { entryOf } from "../domain/entry_of.ts";
import type { ChoiceSources } from "./choice_basis.ts";
import { itemSeed } from "./choose_item.ts";

/** Learners read at a time. */
const READS_AT_ONCE_MAX = 16;

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

/** What a choice for this learner would have known of the item. */
async function sightingFor(
  sources: ClassroomSources,
  course: Course,
  item: Item,
  userId: string,
): Promise<Sighting | null> {
  const [published, reading] = await Promise.all([sources.statisticsOf(course), sources.readLearner(userId)]);
  if (published === null || reading === null) return null;
  const known = entryOf(reading.learner.courses, course.id);
  const basis = knowledgeBasis(known, published, course, []);
  return sightingOf(basis, encodeCandidates(basis, [item], sources.nowMs()), 0);
}

async function sight(
  sources: ClassroomSources,
  { courseId, itemId, question, userIds }: SightAnswersEffect,
  signal: AbortSignal,
): Promise<ClassroomCommand> {
  const edition = await sources.courseById(courseId);
  const item = edition?.course.items.find(({ id }) => id === itemId);
  const sightings: Record<string, Sighting | null> = {};
  if (edition === null || item === undefined) return { type: "answers_sighted", question, sightings };
  for (let from = 0; from < userIds.length; from += READS_AT_ONCE_MAX) {
    signal.throwIfAborted();
    const some = userIds.slice(from, from + READS_AT_ONCE_MAX);
    const found = await Promise.all(some.map((userId) => sightingFor(sources, edition.course, item, userId)));
    some.forEach((userId, i) => sightings[userId] = found[i] ?? null);
  }
  return { type: "answers_sighted", question, sightings };
}

export function createClassroomEffects(sources: ClassroomSources): EffectRunner<ClassroomEffect, ClassroomCommand> {
  return (effect, _actor, signal) => {
    switch (effect.kind) {
      case "render_question":
        return render(sources, effect);
      case "sight_answers":
        return sight(sources, effect, signal);
      default:
        return assertNever(effect);
    }
  };
}
