/** `/submissions`: what learners handed in for quests, judged by those who teach. */
import { createRoute, OpenAPIHono } from "@hono/zod-openapi";
import { only, STAFF } from "../access_rules.ts";
import { json, jsonBody, pageSchema } from "../documents/json_content.ts";
import {
  evaluationBodySchema,
  submissionParam,
  submissionRowJson,
  submissionRowSchema,
  submissionSchema,
  submissionsQuerySchema,
} from "../documents/quest_schemas.ts";
import type { Guard } from "../guard.ts";
import type { LearnerQuests } from "../learner_quests.ts";
import type { OpenEnv } from "../request_env.ts";
import { refuseInvalid } from "../validation.ts";

const tags = ["quests"];
const submission = json(submissionSchema, "The submission");

const list = createRoute({
  method: "get",
  path: "/submissions",
  tags,
  summary: "What was handed in by those whom one teaches, newest first",
  ...only(STAFF),
  request: { query: submissionsQuerySchema },
  responses: { 200: json(pageSchema(submissionRowSchema), "A page of it") },
});

const get = createRoute({
  method: "get",
  path: "/submissions/{submission_id}",
  tags,
  summary: "One submission, with its criteria and any drafted judgement",
  ...only(STAFF),
  request: { params: submissionParam },
  responses: { 200: submission },
});

const evaluate = createRoute({
  method: "post",
  path: "/submissions/{submission_id}/evaluate",
  tags,
  summary: "Judge a submission by its rubric",
  ...only(STAFF),
  request: { params: submissionParam, body: jsonBody(evaluationBodySchema) },
  responses: { 200: submission },
});

export function submissionRoutes(quests: LearnerQuests, guard: Guard): OpenAPIHono<OpenEnv> {
  const app = new OpenAPIHono<OpenEnv>({ defaultHook: refuseInvalid });

  app.openapi({ ...list, middleware: guard.signedIn(list) }, async (c) => {
    const { status, cursor, limit } = c.req.valid("query");
    const page = await quests.submissions(c.var.principal, status, cursor ?? null, limit);
    return c.json({ rows: page.rows.map(submissionRowJson), next: page.next }, 200);
  });

  app.openapi({ ...get, middleware: guard.signedIn(get) }, async (c) => {
    return c.json(await quests.submission(c.var.principal, c.req.valid("param").submission_id), 200);
  });

  app.openapi({ ...evaluate, middleware: guard.signedIn(evaluate) }, async (c) => {
    const { points, comment } = c.req.valid("json");
    const judged = await quests.evaluate(c.var.principal, c.req.valid("param").submission_id, points, comment);
    return c.json(judged, 200);
  });

  return app;
}
