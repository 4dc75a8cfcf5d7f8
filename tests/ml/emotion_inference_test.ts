import assert from "node:assert/strict";
import type { CameraFrame, FrameOutcome } from "../../src/http/ports.ts";
import { PooledEmotionService, startEmotionService } from "../../src/ml/emotion_inference.ts";
import { WorkerPool } from "../../src/ml/worker_pool.ts";
import { DoomedWorker, StillbornWorker } from "./faulty_workers.ts";
import { CountingMeter, ManualClock } from "./manual_clock.ts";
import { asJpeg, type Bytes, wall, webcamFrame } from "./photographs.ts";

const face = await asJpeg(await webcamFrame("laughing"));
const ENTRY = new URL("../../src/ml/emotion_worker.ts", import.meta.url);
const noFace = await asJpeg(wall());

async function start() {
  const meter = new CountingMeter();
  const config = { backend: "wasm", emotionModelPath: null, wasmWorkers: 1, clock: new ManualClock(), meter } as const;
  return { service: await startEmotionService(config), meter };
}

function frameOf(learnerId: string, capturedAtMs: number, bytes: Bytes): CameraFrame {
  return { learnerId, kind: "stream", capturedAtMs, format: "jpeg", bytes };
}

Deno.test("[M2] while a learner's frame is read the newest of those that follow wins; the others say so", async () => {
  const { service, meter } = await start();
  try {
    const outcomes = await Promise.all([1, 2, 3, 4].map((at) => service.read(frameOf("ada", at, face))));
    assert.deepEqual(outcomes.map((outcome) => outcome.kind), ["observed", "dropped", "dropped", "observed"]);
    assert.deepEqual(outcomes[1], { kind: "dropped", reason: "superseded" });
    assert.equal(meter.counts.get("emotion_frames_dropped_superseded"), 2);
    const last = outcomes[3];
    assert.ok(last?.kind === "observed");
    assert.equal(last.observation.capturedAtMs, 4);
    const { faceModel, emotionModel } = service.report();
    assert.equal(last.observation.model, `${faceModel}+${emotionModel}`);
  } finally {
    service.close();
  }
});

Deno.test("[M1] a learner who is forgotten has nothing read that waited, and others do", async () => {
  const { service, meter } = await start();
  try {
    const reading = service.read(frameOf("ada", 1, face));
    const waiting = service.read(frameOf("ada", 2, face));
    const still = service.read({ ...frameOf("ada", 3, face), kind: "still" });
    const other = service.read(frameOf("bob", 4, face));
    service.forget("ada");
    const outcomes = await Promise.all([reading, waiting, still, other]);
    assert.deepEqual(outcomes.map((outcome) => outcome.kind), ["observed", "dropped", "dropped", "observed"]);
    assert.deepEqual(outcomes[1], { kind: "dropped", reason: "forgotten" });
    assert.equal(meter.counts.get("emotion_frames_dropped_forgotten"), 2);
    assert.equal(meter.counts.get("emotion_frames_read"), 2);
  } finally {
    service.close();
  }
});

Deno.test("[M16] a learner's next frame is searched near the face of the last one, a single picture as a whole", async () => {
  const { service, meter } = await start();
  try {
    for (const at of [1, 2]) assert.equal((await service.read(frameOf("ada", at, face))).kind, "observed");
    const still: CameraFrame = { ...frameOf("ada", 3, face), kind: "still" };
    assert.equal((await service.read(still)).kind, "observed");
    assert.deepEqual([meter.counts.get("emotion_looks_coarse"), meter.counts.get("emotion_looks_near")], [2, 1]);
    service.forget("ada");
    await service.read(frameOf("ada", 4, face));
    assert.deepEqual([meter.counts.get("emotion_looks_coarse"), meter.counts.get("emotion_looks_near")], [3, 1]);
  } finally {
    service.close();
  }
});

Deno.test("[M2] a single picture and the camera of one learner do not supersede each other", async () => {
  const { service } = await start();
  try {
    const busy = service.read(frameOf("bob", 1, face));
    const camera = service.read(frameOf("ada", 2, face));
    const still = service.read({ ...frameOf("ada", 3, face), kind: "still" });
    const outcomes = await Promise.all([busy, camera, still]);
    assert.deepEqual(outcomes.map((outcome) => outcome.kind), ["observed", "observed", "observed"]);
  } finally {
    service.close();
  }
});

Deno.test("[M17] one who floods starves nobody: the others' frames are all read, and every frame is counted once", async () => {
  const { service, meter } = await start();
  try {
    const calm: Promise<FrameOutcome>[] = [];
    const flood: Promise<FrameOutcome>[] = [];
    for (let round = 0; round < 5; round += 1) {
      for (let repeat = 0; repeat < 20; repeat += 1) flood.push(service.read(frameOf("eager", round, face)));
      const others = ["ada", "bob", "cy"].map((learner) => service.read(frameOf(learner, round, face)));
      calm.push(...others);
      await Promise.all(others);
    }
    flood.push(service.read(frameOf("eager", 9, new Uint8Array(9))));
    for (const outcome of await Promise.all(calm)) assert.equal(outcome.kind, "observed");
    const read = (await Promise.all(flood)).filter((outcome) => outcome.kind === "observed");
    assert.ok(read.length <= 2 * 5, `${read.length} frames of the flood were read`);
    const counted = [...meter.counts].filter(([name]) => name.startsWith("emotion_frames_"));
    assert.equal(counted.reduce((sum, [, count]) => sum + count, 0), 101 + 15);
    assert.equal(meter.counts.get("emotion_frames_read"), read.length + 15);
  } finally {
    service.close();
  }
});

Deno.test("[M4] the service says no_face of a wall and leaves the caller's bytes as they were", async () => {
  const { service } = await start();
  try {
    const bytes = noFace.slice();
    const outcome = await service.read(frameOf("ada", 1, bytes));
    assert.ok(outcome.kind === "observed");
    assert.deepEqual(outcome.observation.reading, { kind: "no_face" });
    assert.deepEqual(bytes, noFace);
  } finally {
    service.close();
  }
});

Deno.test("[M3] what is no image is refused and the next frame is read", async () => {
  const { service, meter } = await start();
  try {
    const text = new TextEncoder().encode("secret words in a text");
    const refused = await service.read(frameOf("ada", 1, text));
    assert.ok(refused.kind === "refused" && refused.code === "not_an_image");
    assert.ok(!refused.message.includes("secret"));
    assert.equal((await service.read(frameOf("ada", 2, face))).kind, "observed");
    assert.equal(meter.counts.get("emotion_frames_refused_not_an_image"), 1);
  } finally {
    service.close();
  }
});

Deno.test("[M5] the service reports backend, models and warm-up, and is ready until it is closed", async () => {
  const { service } = await start();
  const report = service.report();
  assert.equal(report.backend, "wasm");
  assert.equal(report.workers, 1);
  assert.equal(report.imageDecoder, "@napi-rs/image");
  assert.ok(report.warmUpMs > 0);
  assert.ok(service.ready().ok);
  const reading = service.read(frameOf("ada", 1, face));
  const waiting = service.read(frameOf("bob", 1, face));
  service.close();
  assert.equal((await reading).kind, "unavailable");
  assert.equal((await waiting).kind, "unavailable");
  assert.equal((await service.read(frameOf("ada", 2, face))).kind, "unavailable");
  assert.ok(!service.ready().ok);
});

Deno.test("[M3] while no worker can be started frames are answered with unavailable; after the back-off they are read", async () => {
  const kinds = [DoomedWorker, StillbornWorker];
  const clock = new ManualClock();
  const meter = new CountingMeter();
  const pool = await WorkerPool.open({
    backend: "wasm",
    emotionModelPath: null,
    wasmWorkers: 1,
    clock,
    meter,
    openWorker: () => new (kinds.shift() ?? Worker)(ENTRY, { type: "module" }),
  });
  const service = new PooledEmotionService(pool, clock, meter);
  try {
    const outcomes = await Promise.all(["ada", "bob"].map((learner) => service.read(frameOf(learner, 1, face))));
    assert.deepEqual(outcomes.map((outcome) => outcome.kind), ["unavailable", "unavailable"]);
    assert.ok(!service.ready().ok);
    assert.equal((await service.read(frameOf("cy", 2, face))).kind, "unavailable");
    const started = meter.counted("emotion_workers_started");
    clock.advance(500);
    await started;
    assert.equal((await service.read(frameOf("cy", 3, face))).kind, "observed");
    assert.ok(service.ready().ok);
  } finally {
    service.close();
  }
});

const READ_ONE = `
import { startEmotionService } from "${new URL("../../src/ml/emotion_inference.ts", import.meta.url)}";
const bytes = new Uint8Array(await new Response(Deno.stdin.readable).arrayBuffer());
const clock = { nowMs: () => 0, after: () => () => undefined };
const meter = { count: () => undefined, observe: () => undefined };
const service = await startEmotionService({ backend: "wasm", emotionModelPath: null, wasmWorkers: 1, clock, meter });
const outcome = await service.read({ learnerId: "ada", kind: "still", capturedAtMs: 1, format: "jpeg", bytes });
if (outcome.kind !== "observed" || outcome.observation.reading.kind !== "face") Deno.exit(3);
if (service.report().imageDecoder !== "@jsquash") Deno.exit(4);
service.close();
`;

Deno.test("[M6] a process that may neither write, nor connect, nor load native code reads a frame and prints nothing", async () => {
  const script = await Deno.makeTempFile({ suffix: ".ts" });
  try {
    await Deno.writeTextFile(script, READ_ONE);
    const config = new URL("../../deno.json", import.meta.url).pathname;
    const args = [
      "run",
      "--quiet",
      "--no-lock",
      "--no-prompt",
      "--config",
      config,
      "--allow-read",
      "--allow-env",
      script,
    ];
    const child = new Deno.Command(Deno.execPath(), { args, stdin: "piped", stdout: "piped", stderr: "piped" }).spawn();
    const input = child.stdin.getWriter();
    await input.write(face);
    await input.close();
    const { code, stdout, stderr } = await child.output();
    const printed = new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
    assert.deepEqual({ code, printed }, { code: 0, printed: "" });
  } finally {
    await Deno.remove(script);
  }
});
