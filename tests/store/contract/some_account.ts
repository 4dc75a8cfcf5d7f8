/** Accounts that nobody else uses. */
import type { Role } from "../../../src/domain/principal.ts";
import type { OpenStore } from "../../../src/store/open_store.ts";

export async function someAccount({ users }: OpenStore, role: Role): Promise<string> {
  const id = crypto.randomUUID();
  const passwordHash = "$2b$hash";
  await users.create({ id, username: `l-${id}`, email: `${id}@example.org`, role, passwordHash, createdAtMs: 5 });
  return id;
}
