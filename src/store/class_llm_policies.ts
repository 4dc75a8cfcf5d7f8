/** Whether language models may be used in a class: every word on it is kept, the latest counts. */
import type { Kysely } from "kysely";
import type { ClassLlmPolicies, ClassLlmPolicy } from "../domain/llm/call_records.ts";
import type { Tables } from "./tables.ts";

export class PostgresClassLlmPolicies implements ClassLlmPolicies {
  readonly #db: Kysely<Tables>;

  constructor(db: Kysely<Tables>) {
    this.#db = db;
  }

  async current(classId: string): Promise<ClassLlmPolicy | null> {
    const row = await this.#db.selectFrom("class_llm_policy").selectAll().where("class_id", "=", classId)
      .orderBy("place", "desc").limit(1).executeTakeFirst();
    if (row === undefined) return null;
    return { allowed: row.is_allowed, byUserId: row.by_user_id, byRole: row.by_role, atMs: row.at_ms };
  }

  async record(classId: string, { allowed, byUserId, byRole, atMs }: ClassLlmPolicy): Promise<void> {
    await this.#db.insertInto("class_llm_policy")
      .values({ class_id: classId, is_allowed: allowed, by_user_id: byUserId, by_role: byRole, at_ms: atMs })
      .execute();
  }
}
