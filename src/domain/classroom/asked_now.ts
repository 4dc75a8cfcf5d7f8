/** What a lesson asks its class now. */
import type { AskedItem } from "../curriculum/asked_item.ts";
import type { OpenedLesson } from "./state.ts";

/** Null where nothing is asked; a pause reveals nothing, nor do rooms between two votes. */
export function askedNow({ plan, phase, question }: OpenedLesson): AskedItem | null {
  if (phase.kind === "closed" || question === null || question.step.kind === "revealed") return null;
  const { itemId, prompt } = question.item;
  return { courseId: plan.courseId, itemId, prompt };
}
