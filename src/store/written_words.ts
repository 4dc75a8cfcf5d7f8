/** Takes one person's words out of the stored events of a room, and the snapshot that holds them. */
import { type Kysely, sql } from "kysely";
import type { ActorId } from "../domain/address.ts";
import type { WrittenWords } from "../domain/room/written_words.ts";
import type { Tables } from "./tables.ts";

export class PostgresWrittenWords implements WrittenWords {
  constructor(private readonly db: Kysely<Tables>) {}

  async erase(room: ActorId, userId: string, seq: number): Promise<void> {
    await this.db.transaction().execute(async (transaction) => {
      const before = sql`actor = ${room} and seq < ${seq}`;
      await sql`update journal set body = jsonb_set(body::jsonb, '{message,text}', '""')
        where ${before} and type = 'said' and body -> 'message' ->> 'userId' = ${userId}`.execute(transaction);
      await sql`update journal set body = jsonb_set(body::jsonb, '{text}', '""')
        where ${before} and type = 'text_held' and body ->> 'userId' = ${userId}`.execute(transaction);
      await sql`update journal set body = jsonb_set(body::jsonb, '{context}', (
          select coalesce(jsonb_agg(
            case when quoted ->> 'userId' = ${userId} then jsonb_set(quoted, '{text}', '""') else quoted end
            order by place
          ), '[]')
          from jsonb_array_elements(body::jsonb -> 'context') with ordinality as quotes (quoted, place)
        ))
        where ${before} and type = 'message_reported'`.execute(transaction);
      await sql`delete from snapshot where ${before}`.execute(transaction);
    });
  }
}
