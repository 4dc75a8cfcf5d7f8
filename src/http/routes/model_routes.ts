/** `/models`: what a browser loads to read its own camera, where this server reads faces at all. */
import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { EVERYONE_SIGNED_IN, only } from "../access_rules.ts";
import { json } from "../documents/json_content.ts";
import type { Guard } from "../guard.ts";
import type { DeviceModels } from "../ports.ts";
import { notFound } from "../problem.ts";
import type { OpenEnv } from "../request_env.ts";
import { refuseInvalid } from "../validation.ts";

const tags = ["emotion"];

const manifestSchema = z.looseObject({ name: z.string(), version: z.string() }).openapi("ModelManifest", {
  description: "As `models/README.md` describes it",
});

const list = createRoute({
  method: "get",
  path: "/models",
  tags,
  summary: "The models that read faces here, for a device that reads its own camera",
  description: "404 where this server infers no emotion.",
  ...only(EVERYONE_SIGNED_IN, "page"),
  responses: { 200: json(z.object({ faces: manifestSchema, emotions: manifestSchema }), "Their manifests") },
});

const file = createRoute({
  method: "get",
  path: "/models/{sha256}",
  tags,
  summary: "A file that one of the manifests names",
  ...only(EVERYONE_SIGNED_IN, "page"),
  request: { params: z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/, "is 64 hexadecimal digits") }) },
  responses: {
    200: {
      description: "Its bytes",
      content: { "application/octet-stream": { schema: { type: "string", format: "binary" } } },
    },
  },
});

/** The bytes under a SHA-256 never change; only the signed in may have them, so no shared cache keeps them. */
const KEPT_FOR_EVER = "private, max-age=31536000, immutable";

/** `models` is null where the deployment reads no emotion: then nothing is there. */
export function modelRoutes(models: DeviceModels | null, guard: Guard): OpenAPIHono<OpenEnv> {
  const app = new OpenAPIHono<OpenEnv>({ defaultHook: refuseInvalid });

  app.openapi({ ...list, middleware: guard.signedIn(list) }, (c) => {
    if (models === null) throw notFound();
    const { faces, emotions } = models.manifests;
    return c.json({ faces: manifestSchema.parse(faces), emotions: manifestSchema.parse(emotions) }, 200);
  });

  app.openapi({ ...file, middleware: guard.signedIn(file) }, async (c) => {
    const bytes = await models?.file(c.req.valid("param").sha256) ?? null;
    if (bytes === null) throw notFound();
    return c.body(bytes, 200, { "content-type": "application/octet-stream", "cache-control": KEPT_FOR_EVER });
  });

  return app;
}
