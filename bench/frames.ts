/**
 * Frames a second and milliseconds a stage, from a 640x480 JPEG to emotion probabilities, on one thread.
 * Run: deno run --allow-read --allow-env --allow-ffi --allow-sys --unstable-webgpu bench/frames.ts [wasm|webgpu] [batch]
 */
import { Transformer } from "@napi-rs/image";
import type { BackendChoice } from "../src/ml/backend.ts";
import { openImageDecoder } from "../src/ml/decode_image.ts";
import { type EncodedFrame, FrameReader, type StageTimes } from "../src/ml/frame_reader.ts";
import { packageFile } from "../src/ml/package_files.ts";
import { modelFolders, openModels } from "../src/ml/proven_models.ts";

const WARM_UP_ROUNDS = 20;
const ROUNDS = 150;

/** A portrait in a 640x480 frame: the face is 300 pixels wide. */
async function webcamJpeg(): Promise<Uint8Array<ArrayBuffer>> {
  const picture = await Deno.readFile(packageFile("@vladmandic/human", "assets/screenshot-facedetect.jpg"));
  const cut = await new Transformer(picture).crop(600, 343, 200, 150).png();
  return new Uint8Array(await new Transformer(cut).resize(640, 480).jpeg(85));
}

function percentile(values: readonly number[], share: number): string {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[Math.floor(share * (sorted.length - 1))] ?? NaN).toFixed(2);
}

function line(label: string, values: readonly number[]): string {
  return `${label.padEnd(10)} p50 ${percentile(values, 0.5).padStart(7)} ms   p95 ${
    percentile(values, 0.95).padStart(7)
  } ms`;
}

const [choice = "wasm", batchText = "1"] = Deno.args;
const backend: BackendChoice = choice === "webgpu" ? "webgpu" : "wasm";
const batch = Math.max(1, Number.parseInt(batchText, 10) || 1);
const models = await openModels(backend, modelFolders(null));
const { decoder, notes } = await openImageDecoder();
const reader = new FrameReader(decoder, models.faces, models.emotions);
const bytes = await webcamJpeg();
const frames = Array.from({ length: batch }, (): EncodedFrame => ({
  format: "jpeg",
  orientation: 1,
  bytes,
  search: { kind: "whole" },
}));

for (let round = 0; round < WARM_UP_ROUNDS; round += 1) await reader.read(frames);
const wholeMs: number[] = [];
const stages: StageTimes[] = [];
const startedMs = performance.now();
for (let round = 0; round < ROUNDS; round += 1) {
  const beganMs = performance.now();
  const { results: [first], times } = await reader.read(frames);
  wholeMs.push((performance.now() - beganMs) / batch);
  stages.push(times);
  if (first?.kind !== "read" || first.reading.kind !== "face") throw new TypeError("the bench frame shows no face");
}
const framesPerSecond = ROUNDS * batch * 1000 / (performance.now() - startedMs);

const report = [
  `${models.backend}, ${decoder.name}, batches of ${batch}, warm-up ${models.warmUpMs.toFixed(0)} ms`,
  ...models.notes,
  ...notes,
  line("decode", stages.map((stage) => stage.decodeMs / batch)),
  line("detect", stages.map((stage) => stage.detectMs / batch)),
  line("classify", stages.map((stage) => stage.classifyMs / batch)),
  line("a frame", wholeMs),
  `${framesPerSecond.toFixed(0)} frames a second on one thread`,
];
console.log(report.join("\n"));
