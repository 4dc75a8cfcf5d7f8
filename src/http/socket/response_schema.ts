/** What a learner answers to an item, as JSON. */
import { z } from "zod";
import type { Response } from "../../domain/curriculum/rendered_item.ts";

const id = z.string().min(1).max(200);

/** A learner's answer to an item. */
export const responseSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("choice"), option: id }),
  z.strictObject({ kind: z.literal("choices"), options: z.array(id).max(100) }),
  z.strictObject({
    kind: z.literal("number"),
    value: z.union([z.number(), z.string().max(100)]),
    unit: z.string().max(40).nullable().default(null),
  }),
  z.strictObject({ kind: z.literal("text"), text: z.string().max(4_000) }),
  z.strictObject({ kind: z.literal("ordering"), order: z.array(id).max(100) }),
  z.strictObject({
    kind: z.literal("matching"),
    pairs: z.record(id, id).refine((pairs) => Object.keys(pairs).length <= 100, "at most 100 pairs"),
  }),
]) satisfies z.ZodType<Response>;
