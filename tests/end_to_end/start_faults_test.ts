/** Starts that fail for what an operator can mend: one log line each, no stack, nothing left running. */
import assert from "node:assert/strict";
import { z } from "zod";
import { lastingPort } from "../support/lasting_port.ts";
import { failToStart, startServer } from "../support/server_process.ts";

const complaint = z.strictObject({
  at: z.string(),
  level: z.literal("error"),
  message: z.string(),
  remedy: z.string(),
  faults: z.array(z.string()).optional(),
});

async function inDataDir(run: (dataDir: string) => Promise<void>): Promise<void> {
  const dir = await Deno.makeTempDir({ prefix: "start_" });
  try {
    await run(`${dir}/data`);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

/** Starts a server that must end by itself with `code`, having written one complaint, its last line, and no stack. */
async function complaintOf(settings: { readonly [name: string]: string }, code: number) {
  const ended = await failToStart({ EMOTION: "off", BCRYPT_COST: "4", ...settings });
  const lines = ended.stdout.trim().split("\n");
  assert.deepEqual([ended.code, ended.stderr.replace(/^Check .*\n/gm, "")], [code, ""], ended.stdout);
  assert.equal(lines.filter((line) => line.includes('"level":"error"')).length, 1, ended.stdout);
  assert.doesNotMatch(ended.stdout, /\.ts:\d+/);
  return complaint.parse(JSON.parse(lines.at(-1) ?? ""));
}

/** What a failed start may not keep: the folder's lock, which a next start on the same folder would run into. */
async function startsAfterwards(dataDir: string): Promise<void> {
  const server = await startServer({ DATA_DIR: dataDir, EMOTION: "off", BCRYPT_COST: "4" });
  assert.equal(await server.stop("SIGTERM"), 0);
}

Deno.test("[K3][D2] a port in use and a data folder in use are told, and the server that has them serves on", () =>
  inDataDir(async (dataDir) => {
    const server = await startServer({ DATA_DIR: dataDir, EMOTION: "off", BCRYPT_COST: "4" });
    const { port } = new URL(server.url);

    const folderInUse = await complaintOf({ DATA_DIR: dataDir, PORT: "0" }, 1);
    assert.match(folderInUse.message, /data folder .* is in use by another process/);
    assert.match(folderInUse.remedy, /DATA_DIR/);

    const portInUse = await complaintOf({ DATA_DIR: `${dataDir}-2`, PORT: port }, 1);
    assert.match(portInUse.message, new RegExp(`cannot listen on 127\\.0\\.0\\.1, port ${port}`));
    assert.match(portInUse.remedy, /PORT/);

    assert.equal((await fetch(`${server.url}/ready`).then(async (r) => [r.status, await r.body?.cancel()]))[0], 200);
    assert.equal(await server.stop("SIGTERM"), 0);
    await startsAfterwards(`${dataDir}-2`);
  }));

Deno.test("[K3] a model folder that is not there is told by its name", () =>
  inDataDir(async (dataDir) => {
    const missing = await complaintOf(
      { DATA_DIR: dataDir, EMOTION: "on", ML_BACKEND: "wasm", EMOTION_MODEL_PATH: `${dataDir}/no-model` },
      1,
    );
    assert.ok(missing.message.includes(`${dataDir}/no-model/manifest.json`), missing.message);
    assert.match(missing.remedy, /EMOTION_MODEL_PATH/);
  }));

Deno.test("[K3] [N6] a knowledge model whose weights are truncated is told, with what to check", () =>
  inDataDir(async (dataDir) => {
    const folder = `${dataDir}-model`;
    await Deno.mkdir(folder);
    for (const file of ["manifest.json", "weights.bin"]) {
      await Deno.copyFile(new URL(`../../models/knowledge/${file}`, import.meta.url), `${folder}/${file}`);
    }
    await Deno.truncate(`${folder}/weights.bin`, 1_000);
    const truncated = await complaintOf({ DATA_DIR: dataDir, ML_BACKEND: "wasm", ADAPTIVE_MODEL_PATH: folder }, 1);
    assert.match(truncated.message, /knowledge: .*1000 bytes, expected/);
    assert.match(truncated.remedy, /ADAPTIVE_MODEL_PATH/);
  }));

Deno.test("[K3] a Postgres that cannot be reached is told without its password", () =>
  inDataDir(async (dataDir) => {
    const port = lastingPort();
    const url = `postgres://school:s3same@127.0.0.1:${port}/lessons`;
    const unreachable = await complaintOf({ DATA_DIR: dataDir, DATABASE_URL: url }, 1);
    assert.ok(unreachable.message.includes(`127.0.0.1:${port}/lessons`), unreachable.message);
    assert.match(unreachable.message, /ECONNREFUSED|refused/);
    assert.match(unreachable.remedy, /DATABASE_URL/);
    assert.ok(!JSON.stringify(unreachable).includes("s3same"));
  }));

Deno.test("[K3] a data folder that is a file is told", () =>
  inDataDir(async (dataDir) => {
    await Deno.writeTextFile(dataDir, "");
    const told = await complaintOf({ DATA_DIR: dataDir }, 1);
    assert.ok(told.message.includes(dataDir), told.message);
    assert.match(told.remedy, /DATA_DIR/);
  }));

Deno.test("[K1][K3] bad settings end in one line that lists every fault, before anything is made", () =>
  inDataDir(async (dataDir) => {
    const { faults = [] } = await complaintOf(
      { DATA_DIR: dataDir, PORT: "http", DATABASE_URL: "mysql://x", ML_BACKEND: "cuda", JWT_SECRET_KEY: "secret" },
      2,
    );
    for (const name of ["PORT", "DATABASE_URL", "ML_BACKEND", "JWT_SECRET_KEY"]) {
      assert.ok(faults.some((fault) => fault.startsWith(name)), `${name} is not among: ${faults.join("; ")}`);
    }
    await assert.rejects(Deno.stat(dataDir), Deno.errors.NotFound);
  }));
