/** Answered items of a session that can show how a similar one is worked out. */
import type { RenderedItem } from "../curriculum/rendered_item.ts";

const EXAMPLES_MAX = 4;

/** What its learner was told when the item closed. */
export interface WorkedExample {
  /** Number of the event that served it. */
  readonly item: number;
  readonly itemId: string;
  readonly skills: readonly string[];
  readonly prompt: string;
  readonly explanation: string;
}

/** The examples with one more, the oldest let go. */
export function withExample(
  examples: readonly WorkedExample[],
  item: number,
  { itemId, skills, prompt, explanation }: RenderedItem,
): readonly WorkedExample[] {
  return [...examples, { item, itemId, skills, prompt, explanation }].slice(-EXAMPLES_MAX);
}

/** The newest example that shares a skill with `item` and is another, whose key it might else tell (E8); or null. */
export function exampleFor(
  item: Pick<RenderedItem, "itemId" | "skills">,
  examples: readonly WorkedExample[],
): WorkedExample | null {
  const fits = (one: WorkedExample) =>
    one.itemId !== item.itemId && one.explanation !== "" && one.skills.some((skill) => item.skills.includes(skill));
  return examples.findLast(fits) ?? null;
}
