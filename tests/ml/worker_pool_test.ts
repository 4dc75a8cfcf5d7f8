import assert from "node:assert/strict";
import type { BackendChoice } from "../../src/ml/backend.ts";
import type { EncodedFrame } from "../../src/ml/frame_reader.ts";
import { WorkerStartError } from "../../src/ml/worker_link.ts";
import { WorkerPool } from "../../src/ml/worker_pool.ts";
import { DoomedWorker, MuteWorker } from "./faulty_workers.ts";
import { CountingMeter, ManualClock } from "./manual_clock.ts";
import { asJpeg, webcamFrame } from "./photographs.ts";

const ENTRY = new URL("../../src/ml/emotion_worker.ts", import.meta.url);
const frame: EncodedFrame = {
  format: "jpeg",
  orientation: 1,
  bytes: await asJpeg(await webcamFrame("laughing")),
  search: { kind: "whole" },
};

/** A pool of real workers: the first ones of the classes given, the others sound. */
async function openPool(config: {
  readonly backend: BackendChoice;
  readonly wasmWorkers: number;
  readonly emotionModelPath: string | null;
  readonly first: readonly (typeof Worker)[];
}) {
  const clock = new ManualClock();
  const meter = new CountingMeter();
  const opened: Worker[] = [];
  function openWorker(): Worker {
    const Kind = config.first[opened.length] ?? Worker;
    const worker = new Kind(ENTRY, { type: "module" });
    opened.push(worker);
    return worker;
  }
  const pool = await WorkerPool.open({ ...config, clock, meter, openWorker });
  return { pool, clock, meter, opened };
}

const ONE_WASM = { backend: "wasm", wasmWorkers: 1, emotionModelPath: null, first: [] } as const;

Deno.test("[M3] a worker that dies in the middle of a batch is replaced and no frame of it fails", async () => {
  const { pool, meter, opened } = await openPool({ ...ONE_WASM, first: [DoomedWorker] });
  try {
    const results = await pool.read([frame, frame]);
    assert.deepEqual(results.map((result) => result.kind), ["read", "read"]);
    assert.equal(pool.workers, 1);
    assert.equal(opened.length, 2);
    assert.equal(meter.counts.get("emotion_workers_lost"), 1);
    assert.ok(pool.report.notes.some((note) => note.includes("killed by the test")));
  } finally {
    pool.close();
  }
});

Deno.test("[M3] a worker that falls silent is given up after its time and replaced", async () => {
  const { pool, clock, opened } = await openPool({ ...ONE_WASM, first: [MuteWorker] });
  try {
    const isWaiting = clock.alarmSet();
    const reading = pool.read([frame]);
    await isWaiting;
    clock.advance(60_000);
    assert.deepEqual((await reading).map((result) => result.kind), ["read"]);
    assert.equal(opened.length, 2);
  } finally {
    pool.close();
  }
});

Deno.test("[M3] a frame that loses two workers is answered with unavailable and the pool recovers", async () => {
  const { pool, opened } = await openPool({ ...ONE_WASM, first: [DoomedWorker, DoomedWorker] });
  try {
    const [result] = await pool.read([frame]);
    assert.equal(result?.kind, "unavailable");
    assert.deepEqual((await pool.read([frame])).map(({ kind }) => kind), ["read"]);
    assert.equal(opened.length, 3);
  } finally {
    pool.close();
  }
});

Deno.test("[M3] workers that die one after the other without reading anything are started ever more rarely", async () => {
  const { pool, clock, meter, opened } = await openPool({ ...ONE_WASM, first: Array(5).fill(DoomedWorker) });
  try {
    assert.deepEqual((await pool.read([frame])).map(({ kind }) => kind), ["unavailable"]);
    assert.deepEqual((await pool.read([frame])).map(({ kind }) => kind), ["unavailable"]);
    assert.deepEqual([opened.length, pool.isDown], [3, true]);
    const fourth = meter.counted("emotion_workers_started");
    clock.advance(499);
    assert.equal(opened.length, 3);
    clock.advance(1);
    await fourth;
    assert.deepEqual((await pool.read([frame])).map(({ kind }) => kind), ["unavailable"]);
    clock.advance(999);
    assert.equal(opened.length, 4);
  } finally {
    pool.close();
  }
});

Deno.test("[B3] on WASM there are as many workers as asked for, each taking one batch at a time", async () => {
  const { pool, opened } = await openPool({ ...ONE_WASM, wasmWorkers: 2 });
  try {
    assert.equal(opened.length, 2);
    assert.equal(pool.idleWorkers, 2);
    const first = pool.read([frame]), second = pool.read([frame]);
    assert.equal(pool.idleWorkers, 0);
    await Promise.all([first, second]);
    assert.equal(pool.idleWorkers, 2);
  } finally {
    pool.close();
  }
});

Deno.test("[M3] a closed pool answers what it was reading with unavailable", async () => {
  const { pool } = await openPool(ONE_WASM);
  const reading = pool.read([frame]);
  pool.close();
  assert.deepEqual((await reading).map((result) => result.kind), ["unavailable"]);
});

Deno.test("[M5] a pool whose model cannot be read does not start, and says why", async () => {
  await assert.rejects(openPool({ ...ONE_WASM, emotionModelPath: "no/such/folder" }), (error: unknown) => {
    assert.ok(error instanceof WorkerStartError);
    assert.match(error.message, /manifest\.json/);
    return true;
  });
});

const adapter = navigator.gpu === undefined ? null : await navigator.gpu.requestAdapter();

Deno.test({
  name: `[M5] a lost GPU device is replaced by WASM workers in the middle of a batch${
    adapter === null ? " (ignored: this machine has no WebGPU adapter)" : ""
  }`,
  ignore: adapter === null,
  async fn() {
    const { pool, opened } = await openPool({ ...ONE_WASM, backend: "webgpu", wasmWorkers: 2 });
    try {
      assert.equal(pool.report.backend, "webgpu");
      assert.equal(opened.length, 1);
      const reading = pool.read([frame]);
      opened[0]?.dispatchEvent(new MessageEvent("message", { data: { kind: "device_lost", reason: "pulled" } }));
      assert.deepEqual((await reading).map((result) => result.kind), ["read"]);
      assert.equal(pool.report.backend, "wasm");
      assert.ok(pool.report.notes.some((note) => note.includes("pulled")));
    } finally {
      pool.close();
    }
  },
});
