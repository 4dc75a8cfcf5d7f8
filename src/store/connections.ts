/** Connections to one Postgres: one kept for appends alone, and a pool for everything else. */
import { Kysely, PostgresDialect, type PostgresPool } from "kysely";
// @ts-types="@types/pg"
import pg from "pg";
import { APPLICATION_NAME } from "./application_name.ts";
import type { Tables } from "./tables.ts";

/** How long to wait for a connection, or for a free one of the pool, before giving up. */
const CONNECT_WAIT_MS_MAX = 5_000;
/** A statement that runs longer is cancelled by the server; the driver gives up somewhat later, the server lost. */
const STATEMENT_MS_MAX = 15_000;
const ANSWER_WAIT_MS_MAX = 20_000;
const INT8_OID = 20;

/** The driver's pool, named here so that its types are found once. */
export type Pool = pg.Pool;

/** Where the server is: a URL, or the folder of a Unix socket. */
export type Server =
  | { readonly kind: "url"; readonly url: string }
  | { readonly kind: "socket"; readonly folder: string };

export interface Connections {
  /** Appends go through here alone, so that no query of the edge is ever in front of them. */
  readonly appends: pg.Pool;
  readonly queries: pg.Pool;
  readonly db: Kysely<Tables>;
  /** The latest error of a connection that nobody was using, or null. */
  idleError(): string | null;
  close(): Promise<void>;
}

/** Counts, epochs and milliseconds all stay below 2^53; the driver's default is text. */
const types = {
  getTypeParser: (oid: number, format?: "text" | "binary") =>
    oid === INT8_OID ? Number : pg.types.getTypeParser(oid, format),
};

function placeOf(server: Server): pg.PoolConfig {
  const place = server.kind === "url"
    ? { connectionString: server.url }
    : { host: server.folder, port: 5432, user: "postgres", database: "postgres" };
  return {
    ...place,
    types,
    application_name: APPLICATION_NAME,
    keepAlive: true,
    connectionTimeoutMillis: CONNECT_WAIT_MS_MAX,
  };
}

function poolOf(server: Server, max: number, onIdleError: (error: Error) => void): pg.Pool {
  const pool = new pg.Pool({
    ...placeOf(server),
    max,
    // PGlite is one backend for all connections, where a setting of one would be a setting of all.
    ...(server.kind === "url" ? { statement_timeout: STATEMENT_MS_MAX } : {}),
    query_timeout: ANSWER_WAIT_MS_MAX,
  });
  pool.on("error", onIdleError);
  return pool;
}

/** One connection without a time limit, for migrations and upkeep; the caller destroys it. */
export function patientConnection(server: Server): Kysely<Tables> {
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool: new pg.Pool({ ...placeOf(server), max: 1 }) }) });
}

/** No connection became free or could be made in time; nothing has been asked of the database. */
export class NoConnectionError extends Error {
  override readonly name = "NoConnectionError";
}

/** The pool as queries see it: whoever gets no connection is told so by name. */
function named(pool: pg.Pool): PostgresPool {
  return {
    options: pool.options,
    async connect() {
      try {
        return await pool.connect();
      } catch (cause) {
        throw new NoConnectionError(cause instanceof Error ? cause.message : String(cause), { cause });
      }
    },
    end: () => pool.end(),
  };
}

/** Opens lazily: the first query connects. `poolMax` counts the connections beside the one for appends. */
export function connectTo(server: Server, poolMax: number): Connections {
  let idleError: string | null = null;
  // The pool has already dropped that connection and opens another when asked; readiness tells about it.
  const onIdleError = (error: Error) => {
    idleError = error.message;
  };
  const appends = poolOf(server, 1, onIdleError);
  const queries = poolOf(server, poolMax, onIdleError);
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: named(queries) }) });
  return {
    appends,
    queries,
    db,
    idleError: () => idleError,
    async close() {
      await Promise.all([appends.end(), db.destroy()]);
    },
  };
}
