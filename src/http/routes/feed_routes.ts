/** `/activity-feed` and `/achievements`: what a learner did and what came of it, newest first. */
import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { EVERYONE_SIGNED_IN, only } from "../access_rules.ts";
import { json, pageSchema } from "../documents/json_content.ts";
import { historyQuerySchema, toldJson, toldSchema } from "../documents/reward_schemas.ts";
import type { Guard } from "../guard.ts";
import { learnerAsked, type LearnersKnown } from "../learner_asked.ts";
import type { LearnerRecords } from "../learner_records.ts";
import type { OpenEnv } from "../request_env.ts";
import { refuseInvalid } from "../validation.ts";

/** What a feed holds; single answers are in their sessions. */
const FEED = [
  "session_recorded",
  "activity_recorded",
  "quest_accepted",
  "quest_submitted",
  "quest_fell_short",
  "quest_completed",
  "quest_closed",
  "points_awarded",
  "points_reversed",
  "badge_earned",
  "badge_revoked",
  "streak_extended",
] as const;
const ACHIEVEMENTS = ["badge_earned", "badge_revoked", "quest_completed", "points_reversed"] as const;

/** One type, or several with commas between. */
function typesSchema<Type extends string>(types: readonly Type[]) {
  return z.string().transform((text) => text.split(",")).pipe(z.array(z.enum(types)).min(1).max(types.length))
    .optional().openapi({ type: "string", description: `Only these, with commas between: ${types.join(", ")}` });
}

const feed = createRoute({
  method: "get",
  path: "/activity-feed",
  tags: ["activity"],
  summary: "What a learner did and what came of it, newest first",
  ...only(EVERYONE_SIGNED_IN),
  request: { query: historyQuerySchema.extend({ types: typesSchema(FEED) }) },
  responses: { 200: json(pageSchema(toldSchema), "A page of it") },
});

const achievements = createRoute({
  method: "get",
  path: "/achievements",
  tags: ["activity"],
  summary: "Badges earned and quests completed, and what of it was taken back, newest first",
  ...only(EVERYONE_SIGNED_IN),
  request: { query: historyQuerySchema.extend({ types: typesSchema(ACHIEVEMENTS) }) },
  responses: { 200: json(pageSchema(toldSchema), "A page of them") },
});

export function feedRoutes(records: LearnerRecords, learners: LearnersKnown, guard: Guard): OpenAPIHono<OpenEnv> {
  const app = new OpenAPIHono<OpenEnv>({ defaultHook: refuseInvalid });

  app.openapi({ ...feed, middleware: guard.signedIn(feed) }, async (c) => {
    const { learner_id, types, cursor, limit } = c.req.valid("query");
    const learnerId = await learnerAsked(learners, c.var.principal, learner_id);
    const page = await records.newest(learnerId, types ?? FEED, cursor, limit);
    return c.json({ rows: page.rows.map(toldJson), next: page.next }, 200);
  });

  app.openapi({ ...achievements, middleware: guard.signedIn(achievements) }, async (c) => {
    const { learner_id, types, cursor, limit } = c.req.valid("query");
    const learnerId = await learnerAsked(learners, c.var.principal, learner_id);
    const page = await records.newest(learnerId, types ?? ACHIEVEMENTS, cursor, limit);
    return c.json({ rows: page.rows.map(toldJson), next: page.next }, 200);
  });

  return app;
}
