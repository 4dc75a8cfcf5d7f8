/** PGlite as a database of our own: the folder it owns, what survives a death, and the upkeep it needs. */
import assert from "node:assert/strict";
import { sql } from "kysely";
import { addressOf } from "../../src/domain/address.ts";
import { patientConnection } from "../../src/store/connections.ts";
import { openStore } from "../../src/store/open_store.ts";
import { openPglite, type Pglite } from "../../src/store/pglite.ts";
import { openDatabase } from "../../src/store/pglite_database.ts";
import { Upkeep } from "../../src/store/upkeep.ts";
import { seqsOf } from "./contract/turns.ts";

async function inTempDir(run: (dir: string) => Promise<void>): Promise<void> {
  const dir = await Deno.makeTempDir({ prefix: "nl-" });
  try {
    await run(dir);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

async function withPglite(dataDir: string, run: (pglite: Pglite) => Promise<void>): Promise<void> {
  const pglite = await openPglite({ dataDir, durability: "process" });
  try {
    await run(pglite);
  } finally {
    await pglite.close();
  }
}

Deno.test("[D2] a data folder in use is refused by name, and free again once closed", () =>
  inTempDir(async (dataDir) => {
    await withPglite(dataDir, async () => {
      await assert.rejects(openPglite({ dataDir, durability: "process" }), (error: Error) => {
        assert.equal(error.name, "DataFolderInUseError");
        assert.ok(error.message.includes(dataDir) && error.message.includes("another process"));
        return true;
      });
    });
    await withPglite(dataDir, () => Promise.resolve());
  }));

Deno.test("[D4] a first start that was cut short leaves no half-made database", () =>
  inTempDir(async (dataDir) => {
    await Deno.mkdir(`${dataDir}/postgres.unfinished/base`, { recursive: true });
    await Deno.writeTextFile(`${dataDir}/postgres.unfinished/PG_VERSION`, "18\n");
    const store = await openStore({ kind: "pglite", dataDir, durability: "process" });
    const { ok, detail } = await store.ready();
    await store.close();
    assert.ok(ok, detail);
  }));

Deno.test("[D1] a folder whose socket path would be too long still opens, in private", () =>
  inTempDir(async (dir) => {
    await withPglite(`${dir}/${"long-".repeat(20)}`, async ({ socketFolder }) => {
      assert.ok(!socketFolder.startsWith(dir));
      assert.equal(((await Deno.stat(socketFolder)).mode ?? 0) & 0o777, 0o700);
    });
    await withPglite(dir, async ({ socketFolder }) => {
      assert.equal(socketFolder, `${dir}/run`);
      assert.equal(((await Deno.stat(socketFolder)).mode ?? 0) & 0o777, 0o700);
    });
  }));

async function modeOf(path: string): Promise<number> {
  return ((await Deno.stat(path)).mode ?? 0) & 0o777;
}

Deno.test("[D5] the data folder and the database in it are their owner's alone, also when they were open before", () =>
  inTempDir(async (dir) => {
    const fresh = `${dir}/fresh`;
    const folders = [fresh, `${fresh}/postgres`];
    const closed = async () => assert.deepEqual(await Promise.all(folders.map(modeOf)), [0o700, 0o700]);
    await withPglite(fresh, closed);
    await closed();
    for (const folder of folders) await Deno.chmod(folder, 0o755);
    await withPglite(fresh, closed);
    await closed();
  }));

async function* linesOf(output: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<string> {
  let rest = "";
  for await (const text of output.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
}

Deno.test("[D4] what was acknowledged is there after kill -9, and the lock died with its holder", () =>
  inTempDir(async (dataDir) => {
    let acknowledged = 0;
    for (const target of [100, 250]) {
      const child = new Deno.Command(Deno.execPath(), {
        args: [
          "run",
          "--quiet",
          "--no-check",
          "-A",
          new URL("./append_until_killed.ts", import.meta.url).pathname,
          dataDir,
        ],
        cwd: new URL("../../", import.meta.url),
        stdout: "piped",
      }).spawn();
      for await (const line of linesOf(child.stdout)) {
        const [seq, outcome] = line.split(" ");
        assert.equal(outcome, "committed");
        acknowledged = Number(seq);
        if (acknowledged === target) child.kill("SIGKILL");
      }
      assert.equal((await child.status).signal, "SIGKILL");
    }
    const store = await openStore({ kind: "pglite", dataDir, durability: "process" });
    const stored = await seqsOf(store.store, addressOf("session", "killed"));
    await store.close();
    assert.ok(
      acknowledged >= 250 && stored.length >= acknowledged,
      `${acknowledged} acknowledged, ${stored.length} kept`,
    );
    assert.deepEqual(stored, stored.map((_, i) => i + 1));
  }));

Deno.test("[D4] with durability for power loss every commit and checkpoint is synced to the disk", () =>
  inTempDir(async (dir) => {
    const db = await openDatabase(`${dir}/postgres`, "power", (error) => assert.fail(String(error)));
    const files = Reflect.get(Reflect.get(db.Module.FS, "filesystems"), "NODEFS");
    const fsync = files.stream_ops.fsync;
    let syncs = 0;
    files.stream_ops.fsync = (stream: unknown) => {
      syncs++;
      return fsync(stream);
    };
    await db.exec("create table t (i int)");
    syncs = 0;
    for (let i = 0; i < 20; i++) await db.query("insert into t values ($1)", [i]);
    assert.equal(syncs, 20);
    await db.exec("checkpoint");
    assert.ok(syncs > 20, "the checkpoint synced the tables");
    await db.close();
  }));

Deno.test("[B3] upkeep bounds the log and frees what was deleted", () =>
  inTempDir((dataDir) =>
    withPglite(dataDir, async ({ socketFolder }) => {
      const db = patientConnection({ kind: "socket", folder: socketFolder });
      const upkeep = new Upkeep(db);
      assert.equal(await upkeep.checkpointIfDue(), "not_due");
      await sql`create table filler as select repeat('x', 1000) as x from generate_series(1, 70000)`.execute(db);
      assert.equal(await upkeep.checkpointIfDue(), "checkpointed");
      assert.equal(await upkeep.checkpointIfDue(), "not_due");
      const size = async () =>
        (await sql<{ size: number }>`select pg_relation_size('filler') as size`.execute(db)).rows[0]?.size ?? 0;
      const full = await size();
      await sql`delete from filler`.execute(db);
      await upkeep.vacuum();
      assert.ok(await size() < full / 10);
      await upkeep.stop();
    })
  ));
