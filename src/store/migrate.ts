/** Brings the tables up to date, once, in order, under a lock. */
import { Migrator } from "kysely/migration";
import { MIGRATIONS } from "../../migrations/all.ts";
import { patientConnection, type Server } from "./connections.ts";

export class MigrationError extends Error {
  override readonly name = "MigrationError";
}

/**
 * Runs the migrations that this database has not seen; several nodes may start at once, one of them does the work.
 * Throws {@link MigrationError} with the name of the one that failed; it has been rolled back, as have the others of
 * this run. Returns the names of those that ran.
 */
export async function migrate(server: Server): Promise<readonly string[]> {
  const db = patientConnection(server);
  try {
    const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve({ ...MIGRATIONS }) } });
    const { error, results = [] } = await migrator.migrateToLatest();
    if (error !== undefined) {
      const failed = results.find((result) => result.status === "Error")?.migrationName ?? "before the first migration";
      throw new MigrationError(`migrating the database failed at ${failed}`, { cause: error });
    }
    return results.map((result) => result.migrationName);
  } finally {
    await db.destroy();
  }
}
