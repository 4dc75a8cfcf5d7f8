/** The engine itself as one who reads: its effects look into actors on nobody's behalf. */
import type { Principal } from "./principal.ts";

/** No account has this id: accounts are UUIDs. */
export const ENGINE: Principal = { userId: "engine", role: "admin" };

export function isEngine({ userId, role }: Principal): boolean {
  return userId === ENGINE.userId && role === ENGINE.role;
}
