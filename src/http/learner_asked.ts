/** Whose record a request is about: one's own, or for staff that of a learner whom they may see (A7). */
import type { Principal } from "../domain/principal.ts";
import { STAFF } from "./access_rules.ts";
import type { Users } from "./ports.ts";
import { notFound, problem } from "./problem.ts";
import type { Teaching } from "./teaching.ts";

/** Who is there, and who teaches them. */
export interface LearnersKnown {
  readonly users: Pick<Users, "byId">;
  readonly teaching: Pick<Teaching, "teaches">;
}

/**
 * Throws 403 for a student who asks about another, 404 for staff who ask about nobody, and for a teacher who asks about
 * somebody whom they do not teach.
 */
export async function learnerAsked(
  { users, teaching }: LearnersKnown,
  { userId, role }: Principal,
  asked: string | undefined,
): Promise<string> {
  if (asked === undefined || asked === userId) return userId;
  if (!STAFF.includes(role)) throw problem("forbidden", "Students read what is their own.");
  const isTheirs = role === "admin" || await teaching.teaches(userId, asked);
  if (!isTheirs || await users.byId(asked) === null) throw notFound();
  return asked;
}
