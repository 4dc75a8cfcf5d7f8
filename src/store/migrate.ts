/** Brings the tables up to date, once, in order, under a lock. */
import { type Kysely, sql } from "kysely";
import { Migrator } from "kysely/migration";
import { MIGRATIONS } from "../../migrations/all.ts";
import { patientConnection, type Server } from "./connections.ts";
import type { Tables } from "./tables.ts";

export class MigrationError extends Error {
  override readonly name = "MigrationError";
}

export class DatabaseUnreachableError extends Error {
  override readonly name = "DatabaseUnreachableError";
}

/** Names the server without the account, whose password is nobody's to log. */
function nameOf(server: Server): string {
  if (server.kind === "socket") return "the embedded database";
  const { host, pathname } = new URL(server.url);
  return `the database ${host}${pathname}`;
}

/** Every reason there is: a host of several addresses fails with one for each. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join("; ");
  return error instanceof Error ? error.message : String(error);
}

async function reach(db: Kysely<Tables>, server: Server): Promise<void> {
  try {
    await sql`select 1`.execute(db);
  } catch (cause) {
    throw new DatabaseUnreachableError(`${nameOf(server)} cannot be used: ${reasonOf(cause)}`, { cause });
  }
}

/**
 * Runs the migrations that this database has not seen; several nodes may start at once, one of them does the work.
 * Throws {@link MigrationError} with the name of the one that failed; it has been rolled back, as have the others of
 * this run. Throws {@link DatabaseUnreachableError} when the server does not take a first query. Returns the names of
 * those that ran.
 */
export async function migrate(server: Server): Promise<readonly string[]> {
  const db = patientConnection(server);
  try {
    await reach(db, server);
    const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve({ ...MIGRATIONS }) } });
    const { error, results = [] } = await migrator.migrateToLatest();
    if (error !== undefined) {
      const failed = results.find((result) => result.status === "Error")?.migrationName ?? "before the first migration";
      throw new MigrationError(`migrating the database failed at ${failed}: ${reasonOf(error)}`, { cause: error });
    }
    return results.map((result) => result.migrationName);
  } finally {
    await db.destroy();
  }
}
