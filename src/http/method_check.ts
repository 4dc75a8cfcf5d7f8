/** Tells an unknown path from a known one asked with the wrong method. */
import type { Hono } from "hono";
import type { OpenEnv } from "./request_env.ts";

/** The methods a path is offered with, sorted; none when the path is unknown. */
export function methodsOf(app: Hono<OpenEnv>, path: string): readonly string[] {
  const methods = app.routes
    .filter((route) => route.method !== "ALL" && patternOf(route.path).test(path))
    .map((route) => route.method);
  return [...new Set(methods)].sort();
}

function patternOf(route: string): RegExp {
  const parts = route.split("/").map((part) =>
    part.startsWith(":") ? "[^/]+" : part.replace(/[^A-Za-z0-9_-]/g, "\\$&")
  );
  return new RegExp(`^${parts.join("/")}$`);
}
