/** `/goals`: the skills that a learner wants to reach, with how far each is. */
import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { EVERYONE_SIGNED_IN, only } from "../access_rules.ts";
import { idSchema, json, orNull } from "../documents/json_content.ts";
import { learnerQuerySchema } from "../documents/reward_schemas.ts";
import type { Guard } from "../guard.ts";
import { learnerAsked, type LearnersKnown } from "../learner_asked.ts";
import type { GoalStanding, LearnerGoals } from "../learner_goals.ts";
import type { OpenEnv } from "../request_env.ts";
import { refuseInvalid } from "../validation.ts";

const tags = ["goals"];
const skillParam = z.object({ course_id: idSchema, skill_id: idSchema });

const goalSchema = z.object({
  course_id: z.string(),
  skill_id: z.string(),
  mastery: orNull(z.object({ probability: z.number(), low: z.number(), high: z.number() })).openapi({
    description: "Chance of a right answer on an average item, with its 90% interval; null before any answer",
  }),
  answers: z.int(),
  reached: z.boolean().openapi({ description: "Mastered, as lessons have it" }),
}).openapi("Goal");

const goals = json(z.object({ rows: z.array(goalSchema) }), "All of them, at most 32, as the learner ordered them");

const list = createRoute({
  method: "get",
  path: "/goals",
  tags,
  summary: "A learner's goals",
  description: "They are those of the profile, which sets their order.",
  ...only(EVERYONE_SIGNED_IN),
  request: {
    query: learnerQuerySchema.extend({
      reached: z.enum(["yes", "no"]).optional().openapi({ description: "Only those reached, or not yet reached" }),
    }),
  },
  responses: { 200: goals },
});

const add = createRoute({
  method: "put",
  path: "/goals/{course_id}/{skill_id}",
  tags,
  summary: "Make a skill one of one's own goals",
  ...only(EVERYONE_SIGNED_IN),
  request: { params: skillParam },
  responses: { 200: goals },
});

const remove = createRoute({
  method: "delete",
  path: "/goals/{course_id}/{skill_id}",
  tags,
  summary: "Let one of one's own goals go",
  ...only(EVERYONE_SIGNED_IN),
  request: { params: skillParam },
  responses: { 204: { description: "Gone, or never there" } },
});

function goalJson({ courseId, skillId, mastery, answers, isReached }: GoalStanding): z.infer<typeof goalSchema> {
  return { course_id: courseId, skill_id: skillId, mastery, answers, reached: isReached };
}

export function goalRoutes(own: LearnerGoals, learners: LearnersKnown, guard: Guard): OpenAPIHono<OpenEnv> {
  const app = new OpenAPIHono<OpenEnv>({ defaultHook: refuseInvalid });

  app.openapi({ ...list, middleware: guard.signedIn(list) }, async (c) => {
    const { learner_id, reached } = c.req.valid("query");
    const rows = await own.list(await learnerAsked(learners, c.var.principal, learner_id));
    const wanted = rows.filter(({ isReached }) => reached === undefined || (reached === "yes") === isReached);
    return c.json({ rows: wanted.map(goalJson) }, 200);
  });

  app.openapi({ ...add, middleware: guard.signedIn(add) }, async (c) => {
    const { principal } = c.var;
    await own.add(principal, c.req.valid("param"));
    return c.json({ rows: (await own.list(principal.userId)).map(goalJson) }, 200);
  });

  app.openapi({ ...remove, middleware: guard.signedIn(remove) }, async (c) => {
    await own.remove(c.var.principal, c.req.valid("param"));
    return c.body(null, 204);
  });

  return app;
}
