/** A question that a lesson asks now, as everything else that might tell its key has to know it. */
import type { RenderedItem } from "./rendered_item.ts";

/** Until it is revealed, or left. */
export interface AskedItem {
  readonly courseId: string;
  readonly itemId: string;
  /** As it was drawn: with other numbers it is another question. */
  readonly prompt: string;
}

/** One of the students it is asked. */
export interface AskedStudent extends AskedItem {
  readonly userId: string;
}

/** What lessons ask these people now. Rejects where that cannot be told. */
export type AskedOf = (userIds: readonly string[]) => Promise<readonly AskedItem[]>;

/** Whether `item` of this course is one of those. */
export function isAsked(
  asked: readonly AskedItem[],
  courseId: string,
  { itemId, prompt }: Pick<RenderedItem, "itemId" | "prompt">,
): boolean {
  return asked.some((one) => one.courseId === courseId && one.itemId === itemId && one.prompt === prompt);
}
