/** From a failed schema to a problem document that names every field (H1). */
import type { z } from "zod";
import { type FieldFault, notFound, problem } from "./problem.ts";

/** Faults told at most; a body with thousands would make an answer larger than itself. */
const FAULTS_TOLD_MAX = 100;

/** Every fault of a failed parse, its place written as in code: `items[3].hints`. */
export function fieldFaults(error: z.ZodError): readonly FieldFault[] {
  return error.issues.slice(0, FAULTS_TOLD_MAX).map((issue) => ({
    path: issue.path.map((part) => typeof part === "number" ? `[${part}]` : `.${String(part)}`).join("").replace(
      /^\./,
      "",
    ),
    message: issue.message,
  }));
}

/** What a route's schema said of one part of the request. */
type Checked =
  & { readonly target: string }
  & ({ readonly success: true } | { readonly success: false; readonly error: z.ZodError });

/** What a router does with input that does not fit: a path that names nothing is 404, anything else is 400. */
export function refuseInvalid(checked: Checked): undefined {
  if (checked.success) return;
  if (checked.target === "param") throw notFound();
  const part = checked.target === "json" ? "body" : checked.target;
  throw problem("validation_failed", `The ${part} has faults; see errors.`, { errors: fieldFaults(checked.error) });
}

/** The same where credentials are the body, and a missing one has its own code (A1). */
export function refuseMissingCredentials(checked: Checked): undefined {
  if (checked.success) return;
  throw problem("credentials_missing", "A credential is missing; see errors.", { errors: fieldFaults(checked.error) });
}
