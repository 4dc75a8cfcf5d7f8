/** The knowledge model at start: a folder that was asked for must work, one that ships may be missing. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { openKnowledge } from "../../src/boot/open_knowledge.ts";
import { startBackend } from "../../src/ml/backend.ts";
import { CountingMeter } from "../ml/manual_clock.ts";
import { smallModelFolder } from "../ml/knowledge/model_folder.ts";

await startBackend("wasm");

const quiet = { write: () => undefined };

Deno.test("[N6] [K1] a model folder that was asked for and does not load stops the start, and says why", async () => {
  const settings = { mlBackend: "wasm", adaptiveModelPath: "no/such/folder" } as const;
  await assert.rejects(openKnowledge(settings, new CountingMeter(), quiet), {
    name: "KnowledgeUnavailableError",
    message: /cannot read .*manifest\.json/,
  });
});

Deno.test("[openKnowledge] a folder that was asked for is the one that answers", async () => {
  const folder = await smallModelFolder();
  const settings = { mlBackend: "wasm", adaptiveModelPath: folder } as const;
  const service = await openKnowledge(settings, new CountingMeter(), quiet);
  try {
    assert.equal(service?.report().model, "small@1");
  } finally {
    service?.close();
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("[N6] [N10] shipped files that are truncated or gone are logged with the reason, and lessons go on without", async () => {
  const folder = await smallModelFolder();
  const settings = { mlBackend: "wasm", adaptiveModelPath: null } as const;
  const said: unknown[][] = [];
  const log = { write: (...line: unknown[]) => void said.push(line) };
  try {
    await Deno.truncate(join(folder, "weights.bin"), 1_000);
    assert.equal(await openKnowledge(settings, new CountingMeter(), log, folder), null);
    await Deno.remove(join(folder, "weights.bin"));
    assert.equal(await openKnowledge(settings, new CountingMeter(), log, folder), null);
    const [truncated, gone] = said.map(([level, , fields]) => `${level} ${Object(fields).reason}`);
    assert.match(String(truncated), /^warn .*1000 bytes, expected/);
    assert.match(String(gone), /^warn .*cannot read weights\.bin/);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
