/** Whose record a request is about: one's own, or for staff that of a learner who is there (A7). */
import type { Principal } from "../domain/principal.ts";
import { STAFF } from "./access_rules.ts";
import type { Users } from "./ports.ts";
import { notFound, problem } from "./problem.ts";

/** Throws 403 for a student who asks about another, 404 for staff who ask about nobody. */
export async function learnerAsked(
  users: Pick<Users, "byId">,
  { userId, role }: Principal,
  asked: string | undefined,
): Promise<string> {
  if (asked === undefined || asked === userId) return userId;
  if (!STAFF.includes(role)) throw problem("forbidden", "Students read what is their own.");
  if (await users.byId(asked) === null) throw notFound();
  return asked;
}
