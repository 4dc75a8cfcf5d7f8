/** A session's trajectory of affect: as its view tells it, and as REST answers with it. */
import { z } from "@hono/zod-openapi";
import { SERIES_SPAN_MS } from "../../domain/affect/affect_series.ts";
import { columnsWithin } from "../../domain/affect/series_columns.ts";
import { isoTime, orNull, timeSchema } from "./json_content.ts";

const WINDOW_S_DEFAULT = 300;
const WINDOW_S_MAX = SERIES_SPAN_MS / 1_000;

export const trajectoryQuerySchema = z.object({
  window: z.coerce.number().int().min(1).max(WINDOW_S_MAX).default(WINDOW_S_DEFAULT).openapi({
    description: "Seconds to look back",
  }),
  session_id: z.uuid().optional().openapi({ description: "Otherwise one's own active session, the newest" }),
});

const levelSchema = z.number().min(0).max(1);
const balanceSchema = z.number().min(-1).max(1);
const directionSchema = z.enum(["rising", "falling", "steady"]);
const column = z.array(z.number());

const hypothesisSchema = z.looseObject({
  state: z.string().openapi({ example: "confused" }),
  strength: levelSchema,
  grounds: z.looseObject({ expression: z.string(), behaviour: z.string() }),
});

const behaviourSchema = z.looseObject({ kind: z.string(), since: timeSchema, says: z.string() });

const interventionSchema = z.looseObject({
  id: z.int(),
  kind: z.string().openapi({ example: "hint" }),
  message: z.string(),
  grounds: z.array(z.looseObject({ about: z.string(), says: z.string() })),
}).openapi("Intervention");

/** What of a session's view the trajectory is made of. */
export const wellBeingSchema = z.looseObject({
  session_id: z.string(),
  affect: z.looseObject({
    as_of: z.string(),
    valence: balanceSchema,
    arousal: balanceSchema,
    stress_level: levelSchema,
    slope_per_minute: z.number(),
    direction: directionSchema,
    hypotheses: z.array(hypothesisSchema),
  }).nullable(),
  affect_series: z.looseObject({ start_ms: column, frames: column, valence: column, arousal: column, stress: column })
    .nullable(),
  behaviour: z.array(behaviourSchema),
  intervention: interventionSchema.nullable(),
});

export type WellBeing = z.infer<typeof wellBeingSchema>;

const pointSchema = z.object({
  at: timeSchema,
  frames: z.int().openapi({ description: "Faces read in the five seconds from then on" }),
  valence: balanceSchema,
  arousal: balanceSchema,
  stress: levelSchema,
}).openapi("AffectPoint");

export const trajectorySchema = z.object({
  session_id: z.string(),
  as_of: timeSchema,
  window_s: z.int(),
  trajectory: z.array(pointSchema).openapi({ description: "Smoothed, oldest first; empty without a face" }),
  stress_level: levelSchema.nullable().openapi({
    description: "0 to 1, above this learner's own rest; fades while no face is seen, null after a minute",
  }),
  slope_per_minute: z.number().nullable(),
  direction: orNull(directionSchema),
  hypotheses: z.array(hypothesisSchema).openapi({ description: "Guesses in which face and work agree" }),
  behaviour: z.array(behaviourSchema).openapi({ description: "What the learner does, with or without a camera" }),
  intervention_needed: z.boolean(),
  intervention: orNull(interventionSchema).openapi({ description: "The suggestion that is open, with its grounds" }),
}).openapi("EmotionTrajectory");

/** The view as REST tells it, its series cut to the window before `nowMs`. */
export function trajectoryJson(
  { session_id, affect, affect_series, behaviour, intervention }: WellBeing,
  { windowS, nowMs }: { readonly windowS: number; readonly nowMs: number },
): z.infer<typeof trajectorySchema> {
  const series = affect_series === null ? null : columnsWithin(affect_series, windowS * 1_000, nowMs);
  const at = (values: readonly number[], i: number) => values[i] ?? 0;
  return {
    session_id,
    as_of: isoTime(nowMs),
    window_s: windowS,
    trajectory: series === null ? [] : series.start_ms.map((startMs, i) => ({
      at: isoTime(startMs),
      frames: at(series.frames, i),
      valence: at(series.valence, i),
      arousal: at(series.arousal, i),
      stress: at(series.stress, i),
    })),
    stress_level: affect?.stress_level ?? null,
    slope_per_minute: affect?.slope_per_minute ?? null,
    direction: affect?.direction ?? null,
    hypotheses: affect?.hypotheses ?? [],
    behaviour,
    intervention_needed: intervention !== null,
    intervention,
  };
}
