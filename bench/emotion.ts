/**
 * Faces and emotion: a frame's time beside `@vladmandic/human`, batches, and lessons while a class has its cameras on.
 * Run: deno task bench:emotion [--backend wasm|webgpu] [--seconds 20] [--dir LABELLED_IMAGES]
 */
import { parseArgs } from "node:util";
import { measureLessons } from "./adaptive/live_lessons.ts";
import { compareAccuracy } from "./emotion/accuracy.ts";
import { compareFrames, measureBatches } from "./emotion/frame_times.ts";

const { values } = parseArgs({
  options: {
    backend: { type: "string", default: "wasm" },
    seconds: { type: "string", default: "20" },
    dir: { type: "string" },
  },
});

function print(title: string, lines: readonly string[]): void {
  console.log(`${title}\n${lines.map((line) => `  ${line}`).join("\n")}\n`);
}

print("From a 640x480 JPEG to probabilities, one thread", await compareFrames());
print("Batches", await measureBatches(values.backend === "webgpu" ? "webgpu" : "wasm"));
if (values.dir !== undefined) print("Accuracy, face detection included", await compareAccuracy(values.dir));
const seconds = Number(values.seconds);
if (seconds > 0) {
  const load = { sessions: 30, answerEveryMs: 1_500, cameras: 30, frameEveryMs: 500, seconds, rounds: 3, seed: 1 };
  print("A class of 30, with and without cameras", await measureLessons(load));
}
Deno.exit(0);
