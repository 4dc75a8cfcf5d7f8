/** What was thrown while a request was served, as the problem that its caller is told. */
import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import type { EdgeLog } from "./edge_log.ts";
import { problem, ProblemError } from "./problem.ts";
import type { OpenEnv } from "./request_env.ts";

/** When a database that had no connection free may be asked again. */
const BUSY_MS = 1_000;

/** A fault nobody expected is logged whole under the request's id, and told to the caller by that id alone. */
export function asProblem(error: Error, c: Context<OpenEnv>, log: EdgeLog): ProblemError {
  if (error instanceof ProblemError) return error;
  if (error instanceof HTTPException && error.status === 400) {
    return problem("malformed_json", "The body could not be read as JSON.");
  }
  if (error instanceof HTTPException && error.status === 415) {
    return problem("unsupported_media_type", "Send the body as application/json.");
  }
  // Repositories throw it for a cursor they did not write; the edge may not import them, so the name stands for it.
  if (error.name === "BadCursorError") {
    return problem("validation_failed", "Take the cursor from `next` of the page before.", {
      errors: [{ path: "cursor", message: "is none of this server's" }],
    });
  }
  log.write("error", "request failed", {
    request_id: c.var.requestId,
    error: error.name,
    reason: error.message,
    stack: error.stack ?? null,
  });
  // The store's name for it, as above.
  if (error.name === "NoConnectionError") {
    const detail = "The database has more to do than it can take in time; try again.";
    return problem("unavailable", detail, { retryAfterMs: BUSY_MS });
  }
  return problem("internal_error", "The server has logged what went wrong; `instance` names the entry.");
}
