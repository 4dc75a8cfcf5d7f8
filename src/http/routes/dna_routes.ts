/** `/learning-dna`: how a learner learns, in figures that say how sure they are; read, drawn and corrected. */
import { createRoute, OpenAPIHono } from "@hono/zod-openapi";
import type { Context } from "hono";
import { EVERYONE_SIGNED_IN, only } from "../access_rules.ts";
import {
  correctionFrom,
  correctionSchema,
  dnaHistorySchema,
  dnaQuerySchema,
  dnaSchema,
  figureParamSchema,
} from "../documents/dna_schemas.ts";
import { idSchema, json, jsonBody } from "../documents/json_content.ts";
import type { Guard } from "../guard.ts";
import { learnerAsked, type LearnersKnown } from "../learner_asked.ts";
import type { LearnerDna } from "../learner_dna.ts";
import { problem } from "../problem.ts";
import type { OpenEnv } from "../request_env.ts";
import { refuseInvalid } from "../validation.ts";

const tags = ["learning DNA"];
const svg = (description: string) => ({
  description,
  content: { "image/svg+xml": { schema: { type: "string" as const } } },
});

const read = createRoute({
  method: "get",
  path: "/learning-dna",
  tags,
  summary: "How a learner learns: figures with definition, sample, 90% interval and explanation",
  description: "A figure whose sample is too small says `not_enough_data` and no number. What the learner says of a " +
    "figure stands beside it. No claim of learning styles is made. How a face looked is there for oneself alone, while " +
    "one consents.",
  ...only(EVERYONE_SIGNED_IN),
  request: { query: dnaQuerySchema },
  responses: { 200: json(dnaSchema, "The figures as of now") },
});

const history = createRoute({
  method: "get",
  path: "/learning-dna/history",
  tags,
  summary: "The figures of each week with work by itself, oldest first, a year at most",
  ...only(EVERYONE_SIGNED_IN),
  request: { query: dnaQuerySchema },
  responses: { 200: json(dnaHistorySchema, "The weeks") },
});

const radar = createRoute({
  method: "get",
  path: "/learning-dna/radar.svg",
  tags,
  summary: "The figures that are shares, drawn with their intervals",
  ...only(EVERYONE_SIGNED_IN),
  request: { query: dnaQuerySchema },
  responses: { 200: svg("The radar") },
});

const masteryMap = createRoute({
  method: "get",
  path: "/learning-dna/mastery-map.svg",
  tags,
  summary: "A course's skills, what rests on what, and how well each is mastered",
  description: "By default of the course worked on last; 404 before any.",
  ...only(EVERYONE_SIGNED_IN),
  request: { query: dnaQuerySchema.extend({ course_id: idSchema.optional() }) },
  responses: { 200: svg("The map") },
});

const correct = createRoute({
  method: "put",
  path: "/learning-dna/corrections/{figure}",
  tags,
  summary: "Say what one makes of a figure oneself",
  description: "Kept, shown beside the figure, and gone by where that helps: reviews are told of in one's own best " +
    "hours, and the presentation one likes best comes first where the profile names none.",
  ...only(EVERYONE_SIGNED_IN),
  request: { params: figureParamSchema, body: jsonBody(correctionSchema) },
  responses: { 200: json(dnaSchema, "The figures with the word") },
});

const takeBack = createRoute({
  method: "delete",
  path: "/learning-dna/corrections/{figure}",
  tags,
  summary: "Take one's word on a figure back",
  ...only(EVERYONE_SIGNED_IN),
  request: { params: figureParamSchema },
  responses: { 204: { description: "Gone, or never there" } },
});

/** What a correction of each figure must hold. */
function wordFor(figure: string): string {
  if (figure === "best_hours") return "bands";
  return figure === "presentations" ? "modality" : "says";
}

function drawn(c: Context, drawing: string): Response {
  c.header("content-type", "image/svg+xml; charset=utf-8");
  // Shapes and text only; should it ever be opened as a page, nothing in it may run or load.
  c.header("content-security-policy", "default-src 'none'; sandbox");
  return c.body(drawing, 200);
}

export function dnaRoutes(dna: LearnerDna, learners: LearnersKnown, guard: Guard): OpenAPIHono<OpenEnv> {
  const app = new OpenAPIHono<OpenEnv>({ defaultHook: refuseInvalid });

  app.openapi({ ...read, middleware: guard.signedIn(read) }, async (c) => {
    const { principal } = c.var;
    const learnerId = await learnerAsked(learners, principal, c.req.valid("query").learner_id);
    return c.json(await dna.read(principal, learnerId), 200);
  });

  app.openapi({ ...history, middleware: guard.signedIn(history) }, async (c) => {
    const learnerId = await learnerAsked(learners, c.var.principal, c.req.valid("query").learner_id);
    return c.json(await dna.history(learnerId), 200);
  });

  app.openapi({ ...radar, middleware: guard.signedIn(radar) }, async (c) => {
    const learnerId = await learnerAsked(learners, c.var.principal, c.req.valid("query").learner_id);
    return drawn(c, await dna.radar(learnerId));
  });

  app.openapi({ ...masteryMap, middleware: guard.signedIn(masteryMap) }, async (c) => {
    const { learner_id, course_id } = c.req.valid("query");
    const learnerId = await learnerAsked(learners, c.var.principal, learner_id);
    return drawn(c, await dna.masteryMap(learnerId, course_id ?? null));
  });

  app.openapi({ ...correct, middleware: guard.signedIn(correct) }, async (c) => {
    const { principal } = c.var;
    const { figure } = c.req.valid("param");
    const correction = correctionFrom(figure, c.req.valid("json"));
    if (correction === null) {
      throw problem("validation_failed", `Say what you make of ${figure}.`, {
        errors: [{ path: wordFor(figure), message: `is what a word on ${figure} holds` }],
      });
    }
    await dna.correct(principal, figure, correction);
    return c.json(await dna.read(principal, principal.userId), 200);
  });

  app.openapi({ ...takeBack, middleware: guard.signedIn(takeBack) }, async (c) => {
    await dna.correct(c.var.principal, c.req.valid("param").figure, null);
    return c.body(null, 204);
  });

  return app;
}
