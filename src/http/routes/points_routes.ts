/** `/points` and `/levels`: what a learner has earned, entry by entry, and where it leads. */
import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { LEVEL_STARTS } from "../../domain/rewards/levels.ts";
import { EVERYONE_SIGNED_IN, only, STAFF } from "../access_rules.ts";
import { json, jsonBody, pageSchema, personIdSchema } from "../documents/json_content.ts";
import {
  historyQuerySchema,
  learnerQuerySchema,
  ledgerRowJson,
  ledgerRowSchema,
  pointsJson,
  pointsSchema,
  reversalBodySchema,
  reversalSchema,
} from "../documents/reward_schemas.ts";
import type { Guard } from "../guard.ts";
import { learnerAsked, type LearnersKnown } from "../learner_asked.ts";
import type { LearnerRecords } from "../learner_records.ts";
import type { PointReversals } from "../point_reversals.ts";
import type { OpenEnv } from "../request_env.ts";
import { refuseInvalid } from "../validation.ts";

const tags = ["points"];

const balance = createRoute({
  method: "get",
  path: "/points",
  tags,
  summary: "A learner's points, level and streak",
  ...only(EVERYONE_SIGNED_IN),
  request: { query: learnerQuerySchema },
  responses: { 200: json(pointsSchema, "As of now") },
});

const ledger = createRoute({
  method: "get",
  path: "/points/ledger",
  tags,
  summary: "Every entry of a learner's ledger, newest first",
  ...only(EVERYONE_SIGNED_IN),
  request: { query: historyQuerySchema },
  responses: { 200: json(pageSchema(ledgerRowSchema), "A page of entries") },
});

const reverse = createRoute({
  method: "post",
  path: "/learners/{learner_id}/points/reversals",
  tags,
  summary: "Take back what one entry of a learner's ledger gave",
  description:
    "For a completion that was not the learner's, say. An entry is taken back once; badges that stood on it " +
    "go with it, as do credentials issued for them. What the learner did stays recorded. The learner and those " +
    "who teach them are told the reason, nobody else.",
  ...only(STAFF),
  request: { params: z.object({ learner_id: personIdSchema }), body: jsonBody(reversalBodySchema) },
  responses: { 200: json(reversalSchema, "Taken back") },
});

const levelSchema = z.object({ level: z.int(), starts_at: z.int() });

const levels = createRoute({
  method: "get",
  path: "/levels",
  tags,
  summary: "The points at which each level begins",
  ...only(EVERYONE_SIGNED_IN),
  responses: { 200: json(z.object({ rows: z.array(levelSchema) }), "All of them, the first first") },
});

export function pointsRoutes(
  records: LearnerRecords,
  reversals: PointReversals,
  learners: LearnersKnown,
  clock: { nowMs(): number },
  guard: Guard,
): OpenAPIHono<OpenEnv> {
  const app = new OpenAPIHono<OpenEnv>({ defaultHook: refuseInvalid });

  app.openapi({ ...balance, middleware: guard.signedIn(balance) }, async (c) => {
    const learnerId = await learnerAsked(learners, c.var.principal, c.req.valid("query").learner_id);
    return c.json(pointsJson(await records.state(learnerId), clock.nowMs()), 200);
  });

  app.openapi({ ...ledger, middleware: guard.signedIn(ledger) }, async (c) => {
    const { learner_id, cursor, limit } = c.req.valid("query");
    const learnerId = await learnerAsked(learners, c.var.principal, learner_id);
    const page = await records.newest(learnerId, ["points_awarded", "points_reversed"], cursor, limit);
    return c.json({ rows: page.rows.map(ledgerRowJson), next: page.next }, 200);
  });

  app.openapi({ ...reverse, middleware: guard.signedIn(reverse) }, async (c) => {
    const { principal } = c.var;
    const learnerId = await learnerAsked(learners, principal, c.req.valid("param").learner_id);
    const { entry_id, reason } = c.req.valid("json");
    const { badgesRevoked } = await reversals.takeBack(principal, learnerId, entry_id, reason);
    const standing = pointsJson(await records.state(learnerId), clock.nowMs());
    return c.json({ ...standing, badges_revoked: [...badgesRevoked] }, 200);
  });

  app.openapi({ ...levels, middleware: guard.signedIn(levels) }, (c) => {
    return c.json({ rows: LEVEL_STARTS.map((starts_at, i) => ({ level: i + 1, starts_at })) }, 200);
  });

  return app;
}
