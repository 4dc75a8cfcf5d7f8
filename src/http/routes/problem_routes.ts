/** `/problems`: what the `type` of a problem document leads to. */
import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { open } from "../access_rules.ts";
import { json } from "../documents/json_content.ts";
import type { Guard } from "../guard.ts";
import { PROBLEMS } from "../problem.ts";
import type { OpenEnv } from "../request_env.ts";
import { refuseInvalid } from "../validation.ts";

const kindSchema = z.object({ code: z.string(), status: z.int(), title: z.string() }).openapi("ProblemKind");

const list = createRoute({
  method: "get",
  path: "/problems",
  tags: ["problems"],
  summary: "Every problem the edge itself answers with",
  ...open("probe"),
  responses: { 200: json(z.array(kindSchema), "Codes, statuses and titles") },
});

const get = createRoute({
  method: "get",
  path: "/problems/{code}",
  tags: ["problems"],
  summary: "One problem",
  description:
    "A code that is not in the list comes from an actor's own rules: its request was understood and refused.",
  ...open("probe"),
  request: { params: z.object({ code: z.string().regex(/^[a-z_]{1,64}$/) }) },
  responses: { 200: json(kindSchema, "Its status and title") },
});

export function problemRoutes(guard: Guard): OpenAPIHono<OpenEnv> {
  const app = new OpenAPIHono<OpenEnv>({ defaultHook: refuseInvalid });
  const kinds = Object.entries(PROBLEMS).map(([code, { status, title }]) => ({ code, status, title }));

  app.openapi({ ...list, middleware: guard.open(list) }, (c) => c.json(kinds, 200));

  app.openapi({ ...get, middleware: guard.open(get) }, (c) => {
    const { code } = c.req.valid("param");
    const { status, title } = PROBLEMS.conflict;
    return c.json(kinds.find((kind) => kind.code === code) ?? { code, status, title }, 200);
  });

  return app;
}
