/** `/language-model`: how it stands and what it was used for; and its switch in each class. */
import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { ADMINS, only, STAFF } from "../access_rules.ts";
import type { ClassLanguageModel } from "../class_language_model.ts";
import { json, jsonBody, pageSchema, personIdSchema } from "../documents/json_content.ts";
import {
  classLlmChangeSchema,
  classLlmJson,
  classLlmSchema,
  llmCallJson,
  llmCallSchema,
  llmCallsQuerySchema,
  llmStandingSchema,
} from "../documents/llm_schemas.ts";
import type { Guard } from "../guard.ts";
import type { LlmCalls, LlmDesk } from "../../domain/llm/call_records.ts";
import type { OpenEnv } from "../request_env.ts";
import { refuseInvalid } from "../validation.ts";

const tags = ["language model"];
const params = z.object({ class_id: personIdSchema });
const ofClass = json(classLlmSchema, "Whether language models may be used in the class");

const standing = createRoute({
  method: "get",
  path: "/language-model",
  tags,
  summary: "How this deployment's language model stands",
  ...only(ADMINS),
  responses: { 200: json(llmStandingSchema, "The model, its circuit and its budgets") },
});

const calls = createRoute({
  method: "get",
  path: "/language-model/calls",
  tags,
  summary: "Calls of the language model, newest first",
  description: "Their cost and outcome; neither questions nor answers are kept. Old ones are deleted.",
  ...only(ADMINS),
  request: { query: llmCallsQuerySchema },
  responses: { 200: json(pageSchema(llmCallSchema), "A page of calls") },
});

const get = createRoute({
  method: "get",
  path: "/classes/{class_id}/language-model",
  tags,
  summary: "Whether language models may be used in a class",
  ...only(STAFF),
  request: { params },
  responses: { 200: ofClass },
});

const change = createRoute({
  method: "put",
  path: "/classes/{class_id}/language-model",
  tags,
  summary: "Switch language models off in a class, or on again",
  description: "Where they are off, authored texts answer. What an administrator switched off, they alone switch on.",
  ...only(STAFF),
  request: { params, body: jsonBody(classLlmChangeSchema) },
  responses: { 200: ofClass },
});

export interface LlmRouteParts {
  readonly desk: LlmDesk;
  readonly calls: Pick<LlmCalls, "page">;
  readonly classes: ClassLanguageModel;
}

export function llmRoutes({ desk, calls: recorded, classes }: LlmRouteParts, guard: Guard): OpenAPIHono<OpenEnv> {
  const app = new OpenAPIHono<OpenEnv>({ defaultHook: refuseInvalid });

  app.openapi({ ...standing, middleware: guard.signedIn(standing) }, (c) => {
    const now = desk.standing();
    const limits = desk.limits === null ? null : { learner: desk.limits.learnerDay, class: desk.limits.classDay };
    return c.json({
      model: now?.model ?? null,
      circuit: now?.circuit ?? "closed",
      calls_under_way: now?.calls ?? 0,
      tokens_a_day: limits,
    }, 200);
  });

  app.openapi({ ...calls, middleware: guard.signedIn(calls) }, async (c) => {
    const { purpose, outcome, learner_id, class_id, cursor, limit } = c.req.valid("query");
    const filter = {
      purpose: purpose ?? null,
      outcome: outcome ?? null,
      learner: learner_id === undefined ? null : await desk.pseudonymOf(learner_id),
      classId: class_id ?? null,
    };
    const page = await recorded.page(filter, cursor ?? null, limit);
    return c.json({ rows: page.rows.map(llmCallJson), next: page.next }, 200);
  });

  app.openapi({ ...get, middleware: guard.signedIn(get) }, async (c) => {
    return c.json(classLlmJson(await classes.current(c.var.principal, c.req.valid("param").class_id)), 200);
  });

  app.openapi({ ...change, middleware: guard.signedIn(change) }, async (c) => {
    const { allowed } = c.req.valid("json");
    return c.json(classLlmJson(await classes.decide(c.var.principal, c.req.valid("param").class_id, allowed)), 200);
  });

  return app;
}
