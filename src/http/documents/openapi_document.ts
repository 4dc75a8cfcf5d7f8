/** The OpenAPI 3.1 document, generated from the routes' own schemas. */
import type { OpenAPIHono } from "@hono/zod-openapi";
import type { OpenEnv } from "../request_env.ts";
import { problemSchema } from "./json_content.ts";

const METHODS = ["get", "post", "put", "patch", "delete"] as const;

const PROBLEM_RESPONSE = {
  description: "A problem document (RFC 9457); `code` says which",
  content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
};

/** Every operation may answer with a problem: said once here instead of on each route. */
export function openApiDocument(app: OpenAPIHono<OpenEnv>, version: string) {
  app.openAPIRegistry.register("Problem", problemSchema);
  app.openAPIRegistry.registerComponent("securitySchemes", "bearer", {
    type: "http",
    scheme: "bearer",
    bearerFormat: "JWT",
  });
  const document = app.getOpenAPI31Document({
    openapi: "3.1.0",
    info: {
      title: "NeuroLearn",
      version,
      description: "Live learning sessions. Live updates go over the WebSocket described in `/asyncapi.json`.",
    },
  });
  for (const path of Object.values(document.paths ?? {})) {
    for (const method of METHODS) {
      const operation = path[method];
      if (operation) operation.responses = { ...operation.responses, default: PROBLEM_RESPONSE };
    }
  }
  return document;
}
