/** From an actor's answer to an HTTP one: done goes on, everything else is a problem document. */
import type { ReadOutcome, Reply } from "../actors/envelope.ts";
import type { Json } from "../domain/json.ts";
import { notFound, problem, ProblemError, PROBLEMS } from "./problem.ts";

type Done = Extract<Reply, { kind: "done" }>;
type Refused = Extract<Reply, { kind: "refused" }>;

function refusal(refused: Refused): ProblemError {
  const { message, retryAfterMs } = refused;
  const members = { reason: refused.code };
  switch (refused.code) {
    case "mailbox_full":
      return problem("mailbox_full", message, { members, retryAfterMs });
    case "draining":
    case "held_elsewhere":
    case "restarting":
    case "append_failed":
    case "poisoned":
    case "unknown_kind":
      return problem("unavailable", message, { members, retryAfterMs });
  }
}

/** Rejections that are about who asks or what is asked, not about the actor's present state. */
function rejectionKind(code: string): "not_found" | "unprocessable" | "conflict" {
  if (code === "forbidden" || code === "not_created" || code === "unknown_quest") return "not_found";
  return code === "bad_plan" || code === "bad_points" || code.startsWith("malformed_") ? "unprocessable" : "conflict";
}

/** The reply of a command that was done. Throws the problem that says why it was not. */
export function requireDone(reply: Reply): Done {
  switch (reply.kind) {
    case "done":
      return reply;
    case "refused":
      throw refusal(reply);
    case "rejected": {
      const kind = rejectionKind(reply.code);
      // Foreign and missing are told alike, so that ids cannot be tried out (A4).
      if (kind === "not_found") throw notFound();
      throw new ProblemError({
        status: kind === "conflict" ? 409 : 422,
        code: reply.code,
        title: (kind === "conflict" ? PROBLEMS.conflict : PROBLEMS.validation_failed).title,
        detail: reply.message,
        errors: [],
        members: reply.detail === null ? {} : { context: reply.detail },
        retryAfterMs: null,
      });
    }
  }
}

/** The state that was read. Throws 404 when it is not the caller's to see. */
export function requireRead(outcome: ReadOutcome): Json {
  switch (outcome.kind) {
    case "read":
      return outcome.state;
    case "forbidden":
      throw notFound();
    case "refused":
      throw refusal(outcome);
  }
}
