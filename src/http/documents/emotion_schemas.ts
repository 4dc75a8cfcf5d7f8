/** What faces showed, as JSON: one picture, and summaries of minutes. */
import { z } from "@hono/zod-openapi";
import { EMOTIONS } from "../../domain/affect/observation.ts";
import type { Detection } from "../emotion_detection.ts";
import type { EmotionMinute } from "../../domain/affect/emotion_minute.ts";
import { isoTime, orNull, pageQuerySchema, personIdSchema, timeSchema } from "./json_content.ts";

const shareSchema = z.number().min(0).max(1);

const probabilitiesSchema = z.object({
  angry: shareSchema,
  disgust: shareSchema,
  fear: shareSchema,
  happy: shareSchema,
  sad: shareSchema,
  surprise: shareSchema,
  neutral: shareSchema,
}).openapi("EmotionProbabilities");

export const detectionSchema = z.object({
  emotion: z.enum(EMOTIONS),
  confidence: shareSchema.openapi({ description: "Probability of `emotion`, calibrated" }),
  confident: z.boolean().openapi({ description: "False where the model abstains: then take `emotion` for unknown" }),
  probabilities: probabilitiesSchema,
  timestamp: timeSchema,
  box: z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() }).openapi({
    description: "The face in pixels of the picture, upright: left, top, width, height",
  }),
  faces: z.int().openapi({ description: "How many faces were found; the largest was read" }),
  model: z.string(),
}).openapi("EmotionDetection");

export const minuteSchema = z.object({
  session_id: z.string(),
  from: timeSchema,
  to: timeSchema,
  frames: z.int(),
  face_frames: z.int(),
  confident_share: shareSchema.nullable().openapi({ description: "Of the frames with a face; null without any" }),
  probabilities: orNull(probabilitiesSchema).openapi({ description: "Means over the frames with a face" }),
  stress: shareSchema.nullable().openapi({
    description: "Mean of the session's stress index; null where none was told",
  }),
}).openapi("EmotionMinute");

const instantSchema = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));

export const historyQuerySchema = pageQuerySchema.extend({
  session_id: z.uuid().optional(),
  from: instantSchema.optional().openapi({
    type: "string",
    format: "date-time",
    description: "Began at this time or later",
  }),
  to: instantSchema.optional().openapi({ type: "string", format: "date-time", description: "Began before this time" }),
  learner_id: personIdSchema.optional().openapi({ description: "One's own id at most; anybody else's is refused" }),
});

/** The multipart body of a picture. */
export const imageFormContent = {
  "multipart/form-data": {
    schema: {
      type: "object" as const,
      required: ["image"],
      properties: { image: { type: "string" as const, format: "binary", description: "One JPEG, PNG or WebP" } },
    },
  },
};

function named(probabilities: readonly number[]): z.infer<typeof probabilitiesSchema> {
  return probabilitiesSchema.parse(Object.fromEntries(EMOTIONS.map((name, i) => [name, probabilities[i]])));
}

export function detectionJson({ observation, face, emotion, confidence }: Detection): z.infer<typeof detectionSchema> {
  return {
    emotion,
    confidence,
    confident: face.confident,
    probabilities: named(face.probabilities),
    timestamp: isoTime(observation.capturedAtMs),
    box: { ...face.box },
    faces: face.faces,
    model: observation.model,
  };
}

export function minuteJson(minute: EmotionMinute): z.infer<typeof minuteSchema> {
  const { sessionId, fromMs, toMs, frames, faceFrames, confidentFrames, means, stress } = minute;
  return {
    session_id: sessionId,
    from: isoTime(fromMs),
    to: isoTime(toMs),
    frames,
    face_frames: faceFrames,
    confident_share: faceFrames === 0 ? null : confidentFrames / faceFrames,
    probabilities: means === null ? null : named(means),
    stress,
  };
}
