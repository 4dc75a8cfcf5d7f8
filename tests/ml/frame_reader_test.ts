import assert from "node:assert/strict";
import { memory } from "@tensorflow/tfjs-core";
import { Transformer } from "@napi-rs/image";
import { EMOTIONS, type FaceBox, type FrameReading } from "../../src/domain/affect/observation.ts";
import { openImageDecoder } from "../../src/ml/decode_image.ts";
import type { LookName } from "../../src/ml/face_search.ts";
import { type EncodedFrame, FrameReader, type FrameResult } from "../../src/ml/frame_reader.ts";
import { modelFolders, openModels } from "../../src/ml/proven_models.ts";
import { asJpeg, type Bytes, FACE_AREA, pairFrame, type Portrait, wall, webcamFrame } from "./photographs.ts";

const models = await openModels("wasm", modelFolders(null));
const { decoder } = await openImageDecoder();
const reader = new FrameReader(decoder, models.faces, models.emotions);

function jpeg(bytes: Bytes): EncodedFrame {
  return { format: "jpeg", orientation: 1, bytes, search: { kind: "whole" } };
}

function readingOf(result: FrameResult | undefined): FrameReading {
  assert.equal(result?.kind, "read");
  return result.reading;
}

async function readOne(frame: EncodedFrame): Promise<FrameReading> {
  return readingOf((await reader.read([frame])).results[0]);
}

function faceOf(reading: FrameReading): Extract<FrameReading, { kind: "face" }> {
  assert.equal(reading.kind, "face");
  return reading;
}

function strongest(reading: FrameReading): string {
  const { probabilities } = faceOf(reading);
  return EMOTIONS[probabilities.indexOf(Math.max(...probabilities))] ?? "";
}

const PORTRAITS: readonly Portrait[] = ["man", "dark", "blonde", "brown", "laughing"];

Deno.test("[M4] a face before a webcam is found where it is", async () => {
  for (const portrait of PORTRAITS) {
    const { box, faces } = faceOf(await readOne(jpeg(await asJpeg(await webcamFrame(portrait)))));
    assert.equal(faces, 1, portrait);
    const centre = FACE_AREA.side / 2;
    const x = box.x + box.width / 2 - FACE_AREA.x, y = box.y + box.height / 2 - FACE_AREA.y;
    assert.ok(Math.hypot(x - centre, y - centre) < FACE_AREA.side / 4, `${portrait} at ${x}, ${y}`);
    assert.ok(box.width > FACE_AREA.side * 0.35 && box.width < FACE_AREA.side, `${portrait} is ${box.width} wide`);
  }
});

Deno.test("[M4] probabilities are seven numbers that add up to 1", async () => {
  for (const portrait of PORTRAITS) {
    const { probabilities } = faceOf(await readOne(jpeg(await asJpeg(await webcamFrame(portrait)))));
    assert.equal(probabilities.length, EMOTIONS.length);
    assert.ok(probabilities.every((p) => p >= 0 && p <= 1));
    assert.ok(Math.abs(probabilities.reduce((sum, p) => sum + p, 0) - 1) < 1e-6);
  }
});

Deno.test("[M7] a reading is confident exactly when its highest probability reaches the manifest's minimum", async () => {
  const readings: Extract<FrameReading, { kind: "face" }>[] = [];
  for (const portrait of PORTRAITS) {
    readings.push(faceOf(await readOne(jpeg(await asJpeg(await webcamFrame(portrait))))));
  }
  for (const { probabilities, confident } of readings) {
    assert.equal(confident, Math.max(...probabilities) >= models.emotions.confidenceMin);
  }
  assert.deepEqual(new Set(readings.map(({ confident }) => confident)), new Set([true, false]));
});

Deno.test("[M4] laughing is read as happy, whatever the format", async () => {
  const frame = await webcamFrame("laughing");
  const files: readonly EncodedFrame[] = [
    jpeg(await asJpeg(frame)),
    { ...jpeg(new Uint8Array(await frame.png())), format: "png" },
    { ...jpeg(new Uint8Array(await frame.webp(90))), format: "webp" },
  ];
  for (const file of files) assert.equal(strongest(await readOne(file)), "happy", file.format);
});

Deno.test("[M4] two faces before one webcam are counted and the larger is read", async () => {
  const { faces, box } = faceOf(await readOne(jpeg(await asJpeg(await pairFrame("brown", "laughing")))));
  assert.equal(faces, 2);
  const alone = faceOf(await readOne(jpeg(await asJpeg(await webcamFrame("brown")))));
  const other = faceOf(await readOne(jpeg(await asJpeg(await webcamFrame("laughing")))));
  assert.equal(box.x + box.width / 2 < 320, alone.box.width > other.box.width);
});

Deno.test("[M4] a small face is found by the fine pass", async () => {
  const small = new Transformer(await (await webcamFrame("brown")).png()).resize(200, 150);
  const canvas = new Uint8Array(640 * 480 * 4).fill(255);
  const pixels = await new Transformer(await small.png()).rawPixels();
  for (let y = 0; y < 150; y += 1) canvas.set(pixels.subarray(y * 800, (y + 1) * 800), ((y + 300) * 640 + 400) * 4);
  const bytes = await asJpeg(Transformer.fromRgbaPixels(canvas, 640, 480));
  const { box } = faceOf(await readOne(jpeg(bytes)));
  assert.ok(box.width < 75, `the face is ${box.width} pixels wide`);
  assert.ok(Math.abs(box.x + box.width / 2 - 500) < 30 && Math.abs(box.y + box.height / 2 - 375) < 30);
});

async function readNear(bytes: Bytes, box: FaceBox): Promise<{ reading: FrameReading; look: LookName }> {
  const search = { kind: "near", last: { box, faces: 3 } } as const;
  const { results: [result] } = await reader.read([{ ...jpeg(bytes), search }]);
  assert.equal(result?.kind, "read");
  return result;
}

Deno.test("[M16] a face that moved a little is found near its last place, as the whole search finds it", async () => {
  for (const portrait of PORTRAITS) {
    const bytes = await asJpeg(await webcamFrame(portrait));
    const whole = faceOf(await readOne(jpeg(bytes)));
    const shift = whole.box.width / 5;
    const { reading, look } = await readNear(bytes, { ...whole.box, x: whole.box.x + shift, y: whole.box.y - shift });
    assert.equal(look, "near", portrait);
    const { box, faces } = faceOf(reading);
    assert.equal(faces, 3, "the number of faces is that of the last whole search");
    const apart = Math.hypot(box.x - whole.box.x, box.y - whole.box.y, box.width - whole.box.width);
    assert.ok(apart < whole.box.width / 4, `${portrait}: ${apart} pixels apart`);
  }
});

Deno.test("[M16] a face that is lost is searched for in the whole frame; one that has gone is gone", async () => {
  const bytes = await asJpeg(await webcamFrame("brown"));
  const away = { x: 0, y: 0, width: 60, height: 60 };
  const found = await readNear(bytes, away);
  assert.equal(found.look, "coarse");
  assert.equal(faceOf(found.reading).faces, 1);
  assert.deepEqual((await readNear(await asJpeg(wall()), away)).reading, { kind: "no_face" });
});

Deno.test("[M16] a frame that is searched small takes no large look", async () => {
  const { results } = await reader.read([{ ...jpeg(await asJpeg(wall())), search: { kind: "small" } }]);
  assert.deepEqual(results, [{ kind: "read", reading: { kind: "no_face" }, look: "coarse" }]);
});

Deno.test("[M4] a face that reaches over the frame's edges is found by the look with a margin", async () => {
  const png = new Uint8Array(await (await webcamFrame("dark")).png());
  const { box } = faceOf(await readOne({ ...jpeg(png), format: "png" }));
  const [width, height] = [Math.round(0.65 * box.width), Math.round(0.65 * box.height)];
  const [left, top] = [Math.round(box.x + (box.width - width) / 2), Math.round(box.y + (box.height - height) / 2)];
  const cut = new Uint8Array(await new Transformer(png).crop(left, top, width, height).png());
  const { results: [result] } = await reader.read([jpeg(await asJpeg(new Transformer(cut).resize(480, 480)))]);
  assert.ok(result?.kind === "read" && result.look === "inset");
  assert.ok(faceOf(result.reading).box.width > 480);
});

Deno.test("[M4] a wall has no face", async () => {
  assert.deepEqual(await readOne(jpeg(await asJpeg(wall()))), { kind: "no_face" });
});

Deno.test("[M3] a frame that cannot be decoded is refused and its batch is read all the same", async () => {
  const good = jpeg(await asJpeg(await webcamFrame("laughing")));
  const bad = { ...good, bytes: good.bytes.slice(0, 300) };
  const { results } = await reader.read([good, bad, good]);
  assert.deepEqual(results.map((result) => result.kind), ["read", "refused", "read"]);
});

Deno.test("[M4] a batch of mixed shapes yields what its frames yield alone", async () => {
  const upright = new Transformer(await (await webcamFrame("man")).png()).crop(140, 0, 360, 480);
  const frames = [
    jpeg(await asJpeg(await webcamFrame("laughing"))),
    jpeg(await asJpeg(wall())),
    jpeg(await asJpeg(upright)),
    jpeg(await asJpeg(await webcamFrame("dark"))),
  ];
  const together = (await reader.read(frames)).results.map(readingOf);
  for (const [index, frame] of frames.entries()) {
    const alone = await readOne(frame);
    const batched = together[index];
    assert.equal(batched?.kind, alone.kind);
    if (alone.kind !== "face" || batched?.kind !== "face") continue;
    assert.deepEqual(batched.faces, alone.faces);
    for (const [at, p] of alone.probabilities.entries()) {
      assert.ok(Math.abs(p - (batched.probabilities[at] ?? 9)) < 1e-4);
    }
  }
});

Deno.test("[B3] tensors do not pile up over 200 frames", async () => {
  const frames = [jpeg(await asJpeg(await webcamFrame("blonde"))), jpeg(await asJpeg(wall()))];
  await reader.read(frames);
  const before = memory();
  for (let round = 0; round < 100; round += 1) await reader.read(frames);
  const after = memory();
  assert.deepEqual([after.numTensors, after.numBytes], [before.numTensors, before.numBytes]);
});
