/** `/sessions/{id}/override`: a teacher puts one item of the course next. */
import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { only, STAFF } from "../access_rules.ts";
import { json, jsonBody } from "../documents/json_content.ts";
import { newOverrideSchema } from "../documents/override_schema.ts";
import { idempotencyHeaders, sessionSchema } from "../documents/session_schemas.ts";
import type { Guard } from "../guard.ts";
import type { LiveSessions } from "../live_sessions.ts";
import type { Courses } from "../ports.ts";
import { problem } from "../problem.ts";
import type { OpenEnv } from "../request_env.ts";
import { refuseInvalid } from "../validation.ts";

const override = createRoute({
  method: "post",
  path: "/sessions/{session_id}/override",
  tags: ["sessions"],
  summary: "Put one item next, with the reason told to the learner",
  description:
    "Takes the place of an open item, at no cost to the learner; a paused session serves it when it goes on.",
  ...only(STAFF),
  request: {
    params: z.object({ session_id: z.uuid() }),
    headers: idempotencyHeaders,
    body: jsonBody(newOverrideSchema),
  },
  responses: { 202: json(sessionSchema, "The session as it is now; the item follows as `lesson_update`") },
});

export function overrideRoutes(sessions: LiveSessions, courses: Courses, guard: Guard): OpenAPIHono<OpenEnv> {
  const app = new OpenAPIHono<OpenEnv>({ defaultHook: refuseInvalid });

  app.openapi({ ...override, middleware: guard.signedIn(override) }, async (c) => {
    const { principal } = c.var;
    const { session_id } = c.req.valid("param");
    const { item_id, reason } = c.req.valid("json");
    const { course_id } = await sessions.read(principal, session_id);
    await requireItem(courses, course_id, item_id);
    const key = c.req.valid("header")["idempotency-key"] ?? null;
    const command = { type: "override_item", itemId: item_id, reason } as const;
    return c.json(await sessions.steer(principal, session_id, command, key), 202);
  });

  return app;
}

/** Refuses an item that the session's course does not have; the effect that serves it looks again. */
async function requireItem(courses: Courses, courseId: string, itemId: string): Promise<void> {
  const stored = await courses.byId(courseId);
  if (stored?.course.items.some((item) => item.id === itemId)) return;
  throw problem("item_unknown", `The course "${courseId}" has no item "${itemId}".`, {
    errors: [{ path: "item_id", message: "names no item of the session's course" }],
  });
}
