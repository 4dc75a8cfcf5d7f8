/** What a course actor is told and what it records: its items' numbers and every answer's observation. */
import type { CataloguedItem } from "../adaptive/catalogue.ts";
import type { Observation } from "../adaptive/observation.ts";
import { type Address, addressOf } from "../address.ts";
import type { Difficulty } from "../curriculum/rendered_item.ts";

export interface ListedItem extends CataloguedItem {
  /** As authored: where the item's rating starts. */
  readonly difficulty: Difficulty;
}

export type CourseCommand =
  /** The items of an edition; those listed before keep their numbers. */
  | { readonly type: "list_items"; readonly items: readonly ListedItem[] }
  | { readonly type: "record_answer"; readonly observation: Observation };

export type CourseEvent =
  | { readonly type: "items_listed"; readonly items: readonly ListedItem[] }
  | { readonly type: "answer_recorded"; readonly observation: Observation };

export function courseAddress(courseId: string): Address<CourseCommand> {
  return addressOf<CourseCommand>("course", courseId);
}
