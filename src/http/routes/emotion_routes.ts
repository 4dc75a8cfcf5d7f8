/** `/emotion`: one picture read, a session's live trajectory, and one's own history. */
import { createRoute, OpenAPIHono } from "@hono/zod-openapi";
import { EVERYONE_SIGNED_IN, only } from "../access_rules.ts";
import {
  detectionJson,
  detectionSchema,
  historyQuerySchema,
  imageFormContent,
  minuteJson,
  minuteSchema,
} from "../documents/emotion_schemas.ts";
import { json, pageSchema } from "../documents/json_content.ts";
import type { EmotionDetection } from "../emotion_detection.ts";
import { trajectoryQuerySchema, trajectorySchema } from "../documents/trajectory_schemas.ts";
import type { EmotionRecords } from "../emotion_records.ts";
import type { EmotionTrajectory } from "../emotion_trajectory.ts";
import type { Guard } from "../guard.ts";
import { UPLOAD_BYTES_MAX, uploadedImage } from "../image_upload.ts";
import { problem } from "../problem.ts";
import type { OpenEnv } from "../request_env.ts";
import { refuseInvalid } from "../validation.ts";

const tags = ["emotion"];

const detect = createRoute({
  method: "post",
  path: "/emotion/detect",
  tags,
  summary: "Read the emotion of the largest face in one picture",
  description:
    "Read in memory and forgotten: neither the picture nor the reading is kept. 403 `consent_required` without the " +
    "caller's own consent, 403 `class_policy` while they have a session in a class that does not allow it, 400 " +
    "`image_missing`, `not_an_image`, `image_truncated`, `image_format_mismatch` or `no_face`, 413, 415, 429 after 30 " +
    "pictures in a minute, 503 `emotion_unavailable` where nothing is inferred, or not now. Pictures of one caller are " +
    "read one after the other.",
  ...only(EVERYONE_SIGNED_IN, "emotion", UPLOAD_BYTES_MAX),
  request: { body: { required: true, content: imageFormContent } },
  responses: { 200: json(detectionSchema, "What the face showed") },
});

const trajectory = createRoute({
  method: "get",
  path: "/emotion/trajectory",
  tags,
  summary: "How a session's affect has moved lately, and whether a suggestion is open",
  description:
    "Live, from the session's memory: for its learner and, as the session itself, for staff. A hypothesis needs a face " +
    "and the work to agree; a suggestion rests on what the learner does, and its grounds say on what. Nothing here grades.",
  ...only(EVERYONE_SIGNED_IN),
  request: { query: trajectoryQuerySchema },
  responses: { 200: json(trajectorySchema, "The trajectory; empty without a camera") },
});

const history = createRoute({
  method: "get",
  path: "/emotion/history",
  tags,
  summary: "One's own summaries, newest first",
  description: "About one a minute of a session with the camera on. Nobody reads another person's, staff included.",
  ...only(EVERYONE_SIGNED_IN),
  request: { query: historyQuerySchema },
  responses: { 200: json(pageSchema(minuteSchema), "A page of summaries") },
});

const erase = createRoute({
  method: "delete",
  path: "/emotion/history",
  tags,
  summary: "Delete one's own history",
  description: "Consent stays as it is; taking that back deletes the history too.",
  ...only(EVERYONE_SIGNED_IN),
  responses: { 204: { description: "Gone" } },
});

export interface EmotionRouteParts {
  readonly detection: EmotionDetection;
  readonly trajectories: EmotionTrajectory;
  readonly records: EmotionRecords;
}

export function emotionRoutes(
  { detection, trajectories, records }: EmotionRouteParts,
  guard: Guard,
): OpenAPIHono<OpenEnv> {
  const app = new OpenAPIHono<OpenEnv>({ defaultHook: refuseInvalid });

  app.openapi({ ...detect, middleware: guard.signedIn(detect) }, async (c) => {
    const image = await uploadedImage(c.req.raw);
    return c.json(detectionJson(await detection.detect(c.var.principal, image)), 200);
  });

  app.openapi({ ...trajectory, middleware: guard.signedIn(trajectory) }, async (c) => {
    const { session_id, window } = c.req.valid("query");
    return c.json(await trajectories.read(c.var.principal, session_id ?? null, window), 200);
  });

  app.openapi({ ...history, middleware: guard.signedIn(history) }, async (c) => {
    const { learner_id, session_id, from, to, cursor, limit } = c.req.valid("query");
    const { principal } = c.var;
    if (learner_id !== undefined && learner_id !== principal.userId) {
      throw problem("forbidden", "A learner's emotion history is theirs alone.");
    }
    const filter = { sessionId: session_id ?? null, fromMs: from ?? null, toMs: to ?? null };
    const page = await records.history(principal, filter, cursor ?? null, limit);
    return c.json({ rows: page.rows.map(minuteJson), next: page.next }, 200);
  });

  app.openapi({ ...erase, middleware: guard.signedIn(erase) }, async (c) => {
    await records.erase(c.var.principal);
    return c.body(null, 204);
  });

  return app;
}
