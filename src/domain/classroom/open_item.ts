/** The item that a lesson asks now, as its view for the engine shows it. */
import { entryOf } from "../entry_of.ts";
import type { Json } from "../json.ts";

type JsonObject = { readonly [key: string]: Json };

function isObject(value: Json): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function partOf(value: Json, key: string): Json {
  return isObject(value) ? entryOf(value, key) : null;
}

/** Its id until it is revealed, from the view of those who teach; null where nothing of `courseId` is asked. */
export function openItemFromView(lesson: Json, courseId: string): string | null {
  if (partOf(lesson, "course_id") !== courseId || partOf(lesson, "status") === "closed") return null;
  const question = partOf(lesson, "question");
  if (partOf(question, "step") === "revealed") return null;
  const itemId = partOf(partOf(question, "item"), "item_id");
  return typeof itemId === "string" ? itemId : null;
}
