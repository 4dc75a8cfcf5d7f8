import assert from "node:assert/strict";
import { pngQuantize, Transformer } from "@napi-rs/image";
import { join } from "node:path";
import { evaluateEmotion } from "../../../src/ml/emotion_evaluation/evaluate_emotion.ts";
import {
  EvaluationUsageError,
  readEmotionEvaluationOptions,
} from "../../../src/ml/emotion_evaluation/evaluation_options.ts";
import { handmadePng } from "../handmade_png.ts";
import { asJpeg, type Bytes, wall, webcamFrame } from "../photographs.ts";

async function withFolder(files: Readonly<Record<string, Bytes>>, test: (dir: string) => Promise<void>): Promise<void> {
  const dir = await Deno.makeTempDir();
  try {
    for (const [name, bytes] of Object.entries(files)) {
      await Deno.mkdir(join(dir, name, ".."), { recursive: true });
      await Deno.writeFile(join(dir, name), bytes);
    }
    await test(dir);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

async function evaluated(...args: string[]) {
  const told: string[] = [];
  const options = readEmotionEvaluationOptions([...args, "--json", "--backend", "wasm"]);
  return { report: JSON.parse(await evaluateEmotion(options, (line) => told.push(line))), told };
}

const laughing = await webcamFrame("laughing");
const laughingPng = new Uint8Array(await laughing.png());

Deno.test("[M15] faces are found in photographs; what is missed, unreadable or of no class is told apart", async () => {
  const files = {
    "happy/laughing.jpg": await asJpeg(laughing),
    "Happy/not one.png": new TextEncoder().encode("no image"),
    "neutral/wall.JPEG": await asJpeg(wall()),
    "contempt/laughing.png": laughingPng,
    "notes.txt": new Uint8Array(1),
  };
  await withFolder(files, async (dir) => {
    const { report, told } = await evaluated("--dir", dir, "--detect");
    assert.deepEqual([report.count, report.missed_faces, report.unreadable], [2, 1, 1]);
    assert.deepEqual([report.accuracy, report.accuracy_missed_as_wrong, report.macro_f1], [1, 0.5, 1]);
    assert.equal(report.confusion[3][3], 1);
    assert.ok(report.ece >= 0 && report.coverage >= 0 && report.accuracy_at_coverage !== undefined);
    assert.ok(report.ms_per_image > 0);
    assert.ok(told.some((line) => line.includes("contempt")) && told.some((line) => line.includes("not one.png")));
  });
});

Deno.test("[M15] a face is read alike from a gray, a palette, a transparent, a sixteen-bit and a huge picture", async () => {
  const face = new Transformer(laughingPng).crop(170, 90, 300, 300);
  const png = new Uint8Array(await face.png());
  const gray = await new Transformer(png).grayscale().rawPixels();
  const deep = new Uint8Array(300 * (1 + 600));
  const stride = gray.length / (300 * 300);
  for (let y = 0; y < 300; y += 1) {
    for (let x = 0; x < 300; x += 1) deep[y * 601 + 1 + 2 * x] = gray[(y * 300 + x) * stride] ?? 0;
  }
  const files = {
    "happy/gray.jpg": await asJpeg(new Transformer(png).grayscale()),
    "happy/palette.png": new Uint8Array(await pngQuantize(png)),
    "happy/transparent.png": png,
    "happy/deep.png": handmadePng({ width: 300, height: 300, bitDepth: 16 }, deep),
    "happy/huge.jpg": new Uint8Array(await new Transformer(png).resize(4000, 4000).jpeg(80)),
    "happy/small.webp": new Uint8Array(await new Transformer(png).resize(48, 48).webp(90)),
  };
  await withFolder(files, async (dir) => {
    const { report } = await evaluated("--dir", dir);
    assert.deepEqual([report.count, report.unreadable, report.missed_faces, report.accuracy], [6, 0, 0, 1]);
  });
});

Deno.test("[M15] the table and the plot say what the JSON says", async () => {
  await withFolder({ "happy/a.png": laughingPng }, async (dir) => {
    const plot = join(dir, "confusion.svg");
    const options = readEmotionEvaluationOptions(["--dir", dir, "--detect", "--plot", plot]);
    const table = await evaluateEmotion(options, () => undefined);
    assert.match(table, /1 images, 1 faces found, 0 missed/);
    assert.match(await Deno.readTextFile(plot), /^<svg .*>100%</s);
  });
});

Deno.test("[M15] what looks like an image and is no file costs the others nothing; a plot without a place is told first", async () => {
  await withFolder({ "happy/b.png": laughingPng, "happy/a.png/inside.txt": new Uint8Array(1) }, async (dir) => {
    await Deno.symlink(join(dir, "nothing.png"), join(dir, "happy", "c.png"));
    const { report, told } = await evaluated("--dir", dir, "--detect");
    assert.deepEqual([report.count, report.unreadable, report.accuracy], [1, 2, 1]);
    assert.equal(told.filter((line) => line.startsWith("not read")).length, 2);
    const plot = join(dir, "none", "confusion.svg");
    await assert.rejects(evaluated("--dir", dir, "--plot", plot), /EvaluationUsageError: cannot write/);
  });
});

Deno.test("[M15] a folder without a class, a folder that is not there and a wrong option are named", async () => {
  await withFolder({ "contempt/a.png": laughingPng }, async (dir) => {
    await assert.rejects(evaluated("--dir", dir), EvaluationUsageError);
    await assert.rejects(evaluated("--dir", join(dir, "none")), /cannot list/);
  });
  for (const args of [[], ["--dir", "x", "--backend", "cpu"], ["--dir", "x", "--wrong"]]) {
    assert.throws(() => readEmotionEvaluationOptions(args), EvaluationUsageError);
  }
});
