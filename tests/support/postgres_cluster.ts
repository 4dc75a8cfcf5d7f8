/** A throwaway Postgres for tests: its own folder, a loopback port, gone when stopped. */
import assert from "node:assert/strict";
// @ts-types="@types/pg"
import pg from "pg";
import { lastingPort } from "./lasting_port.ts";

export interface ThrowawayPostgres {
  readonly url: string;
  stop(): Promise<void>;
}

const VERSIONS_DIR = "/usr/lib/postgresql";

/** Why no Postgres can be started here, or null when one can. */
export function postgresMissing(): string | null {
  if (Deno.env.get("TEST_DATABASE_URL") !== undefined) return null;
  return binDir() === null
    ? `no Postgres: set TEST_DATABASE_URL, or install Debian's postgresql (looked in ${VERSIONS_DIR}/*/bin)`
    : null;
}

/**
 * Starts a fresh cluster from Debian's binaries, listening on a loopback port and a Unix socket in its own folder.
 * With `TEST_DATABASE_URL` set, makes a fresh database on that server instead. Call `stop()` to remove it.
 */
export async function startPostgres(): Promise<ThrowawayPostgres> {
  const server = Deno.env.get("TEST_DATABASE_URL");
  if (server !== undefined) return await freshDatabase(server);
  const bin = binDir();
  assert.ok(bin !== null, postgresMissing() ?? "");
  const dir = await Deno.makeTempDir({ prefix: "pg-" });
  const port = lastingPort();
  if (Deno.uid() === 0) await checked("chown", ["-R", "postgres", dir]);
  const data = `${dir}/data`;
  await asPostgres(`${bin}/initdb`, ["-D", data, "-A", "trust", "-U", "postgres", "--no-sync", "-E", "UTF8"]);
  const settings = `-h 127.0.0.1 -p ${port} -k ${dir} -c max_connections=200`;
  await asPostgres(`${bin}/pg_ctl`, ["-D", data, "-w", "-l", `${dir}/log`, "-o", settings, "start"]);
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    async stop() {
      await asPostgres(`${bin}/pg_ctl`, ["-D", data, "-w", "-m", "immediate", "stop"]);
      await Deno.remove(dir, { recursive: true });
    },
  };
}

async function freshDatabase(server: string): Promise<ThrowawayPostgres> {
  const name = `neurolearn_test_${crypto.randomUUID().replaceAll("-", "")}`;
  const run = async (statement: string) => {
    const client = new pg.Client({ connectionString: server });
    await client.connect();
    try {
      await client.query(statement);
    } finally {
      await client.end();
    }
  };
  await run(`create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, stop: () => run(`drop database ${name} with (force)`) };
}

function binDir(): string | null {
  try {
    const versions = [...Deno.readDirSync(VERSIONS_DIR)].map((entry) => Number(entry.name)).filter(Number.isFinite);
    const newest = Math.max(...versions);
    return Number.isFinite(newest) ? `${VERSIONS_DIR}/${newest}/bin` : null;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

/** Postgres refuses to run as root, so root steps down to the account that Debian's package made. */
async function asPostgres(program: string, args: readonly string[]): Promise<void> {
  if (Deno.uid() === 0) await checked("runuser", ["-u", "postgres", "--", program, ...args]);
  else await checked(program, args);
}

async function checked(program: string, args: readonly string[]): Promise<void> {
  // Piped output would be held open by the server that pg_ctl leaves behind.
  const { code } = await new Deno.Command(program, { args: [...args], cwd: "/", stdout: "null", stderr: "null" })
    .output();
  assert.equal(code, 0, `${program} ${args.join(" ")} ended with ${code}`);
}
