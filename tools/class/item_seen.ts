/** An item as a student's client is told it, and how one answers it: right, wrong in a way of one's own, or by guess. */
import { z } from "zod";
import type { Response } from "../../src/domain/curriculum/rendered_item.ts";
import { reckon } from "./arithmetic_course.ts";

export const itemSchema = z.looseObject({
  item_id: z.string(),
  difficulty: z.number(),
  prompt: z.string(),
  form: z.discriminatedUnion("kind", [
    z.looseObject({ kind: z.literal("choice"), options: z.array(z.looseObject({ id: z.string(), text: z.string() })) }),
    z.looseObject({ kind: z.literal("number") }),
  ]),
});
export type ItemSeen = z.infer<typeof itemSchema>;

/** Wrong numbers are each student's own, and of a size that no sum comes to: read elsewhere, they were told on. */
export const OWN_WRONG_FIRST = 7_000_001;

export interface Answer {
  readonly response: Response;
  readonly right: boolean;
}

function chosen({ form, prompt }: ItemSeen, pick: (texts: readonly { id: string; text: string }[]) => number): Answer {
  if (form.kind !== "choice") return { response: { kind: "number", value: 0, unit: null }, right: false };
  const option = form.options[pick(form.options)] ?? form.options[0];
  return {
    response: { kind: "choice", option: option?.id ?? "" },
    right: option?.text === `${reckon(prompt)}`,
  };
}

export function rightAnswer(item: ItemSeen): Answer {
  const sum = reckon(item.prompt);
  if (item.form.kind === "number") return { response: { kind: "number", value: sum, unit: null }, right: true };
  return chosen(item, (options) => options.findIndex(({ text }) => text === `${sum}`));
}

/** `chance` in [0, 1) picks the slip; what is typed is the student's own. */
export function wrongAnswer(item: ItemSeen, index: number, chance: number): Answer {
  if (item.form.kind === "number") {
    return { response: { kind: "number", value: OWN_WRONG_FIRST + index, unit: null }, right: false };
  }
  const sum = `${reckon(item.prompt)}`;
  return chosen(item, (options) => {
    const wrong = options.flatMap(({ text }, i) => text === sum ? [] : [i]);
    return wrong[Math.floor(chance * wrong.length)] ?? 0;
  });
}

/** The first thing that comes: sometimes right by luck, where answers are on offer. */
export function guessedAnswer(item: ItemSeen, index: number, chance: number): Answer {
  if (item.form.kind === "number") return wrongAnswer(item, index, chance);
  return chosen(item, (options) => Math.floor(chance * options.length));
}
