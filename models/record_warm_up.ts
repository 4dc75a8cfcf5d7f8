/**
 * Prints the `warmUp.expected` numbers of the model in a folder, computed on WASM.
 * Run: deno run --allow-read --allow-env models/record_warm_up.ts models/emotion
 */
import { startBackend } from "../src/ml/backend.ts";
import { EmotionModel } from "../src/ml/emotion_model.ts";
import { FaceDetector } from "../src/ml/face_detector.ts";
import { loadGraph } from "../src/ml/load_graph.ts";
import { readManifest } from "../src/ml/manifest.ts";
import { warmUpSample } from "../src/ml/warm_up.ts";

const [folder = "models/emotion"] = Deno.args;
await startBackend("wasm");
const manifest = await readManifest(folder);
const graph = await loadGraph(manifest, folder);
const model = manifest.task === "emotion" ? new EmotionModel(graph, manifest) : new FaceDetector(graph, manifest);
const sample = warmUpSample(await model.warmUp(), manifest.warmUp.every);
// deno-lint-ignore no-console -- a command-line tool prints its result
console.log(JSON.stringify(sample.map((value) => Number(value.toPrecision(7)))));
