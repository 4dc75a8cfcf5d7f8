/** The knowledge model at start: a folder that was asked for must work, one that ships may be missing. */
import assert from "node:assert/strict";
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
