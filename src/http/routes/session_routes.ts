/** `/sessions`: starting, steering, reading and listing learning sessions. */
import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import type { Principal } from "../../domain/principal.ts";
import type { SessionPlan } from "../../domain/session/messages.ts";
import { EVERYONE_SIGNED_IN, only } from "../access_rules.ts";
import type { ActorDoor } from "../actor_door.ts";
import { json, jsonBody, pageQuerySchema, pageSchema, personIdSchema } from "../documents/json_content.ts";
import {
  idempotencyHeaders,
  interactionSchema,
  newSessionSchema,
  sessionRowSchema,
  sessionSchema,
  sessionStatusSchema,
} from "../documents/session_schemas.ts";
import type { Guard } from "../guard.ts";
import { learnerAsked, type LearnersKnown } from "../learner_asked.ts";
import type { LiveSessions } from "../live_sessions.ts";
import type { Classes, Courses } from "../ports.ts";
import { problem } from "../problem.ts";
import type { OpenEnv } from "../request_env.ts";
import { requireLesson } from "../require_lesson.ts";
import { requireTopic } from "../require_topic.ts";
import type { Teaching } from "../teaching.ts";
import { refuseInvalid } from "../validation.ts";

const tags = ["sessions"];
const params = z.object({ session_id: z.uuid() });

const create = createRoute({
  method: "post",
  path: "/sessions",
  tags,
  summary: "Start a learning session",
  description: "The same `Idempotency-Key` again finds the session it started and answers with it as it is now.",
  ...only(EVERYONE_SIGNED_IN),
  request: { headers: idempotencyHeaders, body: jsonBody(newSessionSchema) },
  responses: { 201: json(sessionSchema, "The session; its first item follows as `lesson_update`") },
});

const list = createRoute({
  method: "get",
  path: "/sessions",
  tags,
  summary: "List a learner's sessions, newest first",
  ...only(EVERYONE_SIGNED_IN),
  request: {
    query: pageQuerySchema.extend({
      status: sessionStatusSchema.optional(),
      learner_id: personIdSchema.optional().openapi({ description: "For staff; otherwise one's own" }),
    }),
  },
  responses: { 200: json(pageSchema(sessionRowSchema), "A page of sessions") },
});

const get = createRoute({
  method: "get",
  path: "/sessions/{session_id}",
  tags,
  summary: "One session as it is now",
  ...only(EVERYONE_SIGNED_IN),
  request: { params },
  responses: { 200: json(sessionSchema, "The session") },
});

const interactions = createRoute({
  method: "get",
  path: "/sessions/{session_id}/interactions",
  tags,
  summary: "What happened in a session, in order",
  ...only(EVERYONE_SIGNED_IN),
  request: {
    params,
    query: pageQuerySchema.extend({ cursor: z.coerce.number().int().min(0).default(0) }),
  },
  responses: { 200: json(pageSchema(interactionSchema), "A page of what happened") },
});

function steering<Verb extends "pause" | "resume" | "complete">(verb: Verb, summary: string) {
  return createRoute({
    method: "post",
    path: `/sessions/{session_id}/${verb}`,
    tags,
    summary,
    ...only(EVERYONE_SIGNED_IN),
    request: { params, headers: idempotencyHeaders },
    responses: { 200: json(sessionSchema, "The session as it is now, also when the key is a repeat") },
  });
}

const pause = steering("pause", "Pause a session");
const resume = steering("resume", "Go on with a paused session");
const complete = steering("complete", "Complete a session");

/** Where what a plan names is looked up. */
interface PlanPlaces extends LearnersKnown {
  readonly courses: Courses;
  readonly classes: Classes;
  readonly teaching: Pick<Teaching, "teaches" | "isIn">;
  readonly actors: Pick<ActorDoor, "read">;
}

export function sessionRoutes(sessions: LiveSessions, places: PlanPlaces, guard: Guard): OpenAPIHono<OpenEnv> {
  const app = new OpenAPIHono<OpenEnv>({ defaultHook: refuseInvalid });

  app.openapi({ ...create, middleware: guard.signedIn(create) }, async (c) => {
    const body = c.req.valid("json");
    const { principal } = c.var;
    const plan = {
      learnerId: principal.userId,
      courseId: body.course_id,
      classId: body.class_id,
      ...body.lesson_id === null ? {} : { lessonId: body.lesson_id },
      topic: body.topic,
      learningObjectives: body.learning_objectives,
      difficulty: body.difficulty,
      targetItems: body.target_items,
    };
    const key = c.req.valid("header")["idempotency-key"] ?? null;
    // Before the course is asked for, which may have been taken off since.
    const known = key === null ? null : await sessions.startedUnder(principal, plan, key);
    if (known === null) await requirePlaces(places, principal, plan);
    const session = known ?? await sessions.start(principal, plan, key);
    c.header("location", `/api/v1/sessions/${session.id}`);
    return c.json(session, 201);
  });

  app.openapi({ ...list, middleware: guard.signedIn(list) }, async (c) => {
    const { learner_id, status, cursor, limit } = c.req.valid("query");
    const { principal } = c.var;
    const learnerId = await learnerAsked(places, principal, learner_id);
    const page = await sessions.list(principal, learnerId, status ?? null, cursor ?? null, limit);
    return c.json({ rows: [...page.rows], next: page.next }, 200);
  });

  app.openapi({ ...get, middleware: guard.signedIn(get) }, async (c) => {
    return c.json(await sessions.read(c.var.principal, c.req.valid("param").session_id), 200);
  });

  app.openapi({ ...interactions, middleware: guard.signedIn(interactions) }, async (c) => {
    const { cursor, limit } = c.req.valid("query");
    const page = await sessions.interactions(c.var.principal, c.req.valid("param").session_id, cursor, limit);
    return c.json({ rows: [...page.rows], next: page.next }, 200);
  });

  for (const [route, type] of [[pause, "pause"], [resume, "resume"], [complete, "complete"]] as const) {
    app.openapi({ ...route, middleware: guard.signedIn(route) }, async (c) => {
      const key = c.req.valid("header")["idempotency-key"] ?? null;
      return c.json(await sessions.steer(c.var.principal, c.req.valid("param").session_id, { type }, key), 200);
    });
  }

  return app;
}

/** Refuses a plan that names a course, a topic, a class or a lesson that is not there. */
async function requirePlaces(places: PlanPlaces, principal: Principal, plan: SessionPlan): Promise<void> {
  const { lessonId, courseId, topic } = plan;
  // Who is in the lesson is in its class, and its course was there when it was opened: a class that begins together
  // need not read it once for each.
  if (lessonId !== undefined) await requireLesson(places.actors, principal, { ...plan, lessonId });
  if (lessonId === undefined || topic !== null) await requireTopic(places.courses, courseId, topic);
  if (lessonId === undefined) await requireClass(places, principal, plan.classId);
}

/** A class is there for its members; administrators may look into any. */
async function requireClass(
  { classes, teaching }: PlanPlaces,
  { userId, role }: Principal,
  classId: string | null,
): Promise<void> {
  if (classId === null) return;
  const isTheirs = role === "admin" ? await classes.byId(classId) !== null : await teaching.isIn(userId, classId);
  if (isTheirs) return;
  throw problem("class_unknown", `You are in no class "${classId}".`, {
    errors: [{ path: "class_id", message: "names no class of yours" }],
  });
}
