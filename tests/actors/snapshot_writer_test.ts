/** Saving snapshots beside the turns. */
import assert from "node:assert/strict";
import { DEFAULT_RUNTIME_LIMITS } from "../../src/actors/limits.ts";
import type { StoredSnapshot } from "../../src/actors/ports.ts";
import { SnapshotWriter } from "../../src/actors/snapshot_writer.ts";
import { addressOf } from "../../src/domain/address.ts";
import { Stage, StoreFaultError } from "./stage.ts";

const snapshotOf = (key: string, seq: number): StoredSnapshot => ({
  actor: addressOf("test", key),
  seq,
  epoch: 1,
  version: 1,
  body: null,
});

/** A writer whose first `failures` saves fail. */
function writerOf(failures: number, batchMax = 64) {
  const stage = new Stage();
  const calls: string[][] = [];
  const writer = new SnapshotWriter({
    snapshots: {
      load: () => Promise.resolve(null),
      save: (batch) => {
        calls.push(batch.map(({ actor, seq }) => `${actor} ${seq}`));
        return calls.length <= failures ? Promise.reject(new StoreFaultError("not saved")) : Promise.resolve();
      },
    },
    clock: stage.clock,
    meter: stage.meter,
    limits: { ...DEFAULT_RUNTIME_LIMITS, snapshotBatchMax: batchMax },
  });
  return { stage, calls, writer };
}

Deno.test("[S4 B3] snapshots of many actors go together, the newest of each, snapshotBatchMax at a time", async () => {
  const { stage, calls, writer } = writerOf(0, 2);
  for (const [key, seq] of [["a", 1], ["b", 1], ["a", 2], ["c", 1]] as const) writer.save(snapshotOf(key, seq), null);
  await stage.pass(1);
  assert.deepEqual(calls, [["test/a 2", "test/b 1"], ["test/c 1"]]);
});

Deno.test("[L2 L6] a last snapshot is tried again; a running actor's is not", async () => {
  const { stage, calls, writer } = writerOf(1);
  let ended = 0;
  writer.save(snapshotOf("running", 1), null);
  writer.save(snapshotOf("leaving", 1), () => ended++);
  await stage.pass(1_000);
  assert.deepEqual(calls, [["test/running 1", "test/leaving 1"], ["test/leaving 1"]]);
  assert.equal(ended, 1);
});

Deno.test("[L2 B3] an actor leaves without its snapshot when every try has failed", async () => {
  const { stage, calls, writer } = writerOf(100);
  let ended = 0;
  writer.save(snapshotOf("leaving", 1), () => ended++);
  await stage.pass(60_000);
  assert.deepEqual([calls.length, ended], [DEFAULT_RUNTIME_LIMITS.deliveryTriesMax, 1]);
});
