/** The `@vladmandic/human` library at the same work: decoding by the same decoder, then its own detector and emotion. */
import { ImageDecodeError, openImageDecoder } from "../../src/ml/decode_image.ts";
import { packageFile } from "../../src/ml/package_files.ts";
import type { FromHumanWorker, HumanAnswer, ToHumanWorker } from "./human_protocol.ts";

/** What is used of the library. */
interface Human {
  readonly tf: {
    env(): { set(flag: string, value: boolean): void };
    tensor3d(data: Uint8Array, shape: [number, number, number], type: "int32"): { dispose(): void };
  };
  load(): Promise<void>;
  detect(tensor: unknown): Promise<
    { readonly face: readonly { readonly emotion?: readonly { readonly score: number; readonly emotion: string }[] }[] }
  >;
}
interface HumanLibrary {
  readonly Human: new (config: unknown) => Human;
}

interface WorkerScope {
  onmessage: ((event: MessageEvent<ToHumanWorker>) => void) | null;
  postMessage(message: FromHumanWorker): void;
}

const OFF = { enabled: false };
/** Detector and emotion alone, on every frame: no mesh, no filter, no gesture, and nothing taken from a cache. */
const CONFIG = {
  backend: "wasm",
  warmup: "none",
  cacheSensitivity: 0,
  async: false,
  wasmPath: `file://${packageFile("@tensorflow/tfjs-backend-wasm", "dist")}/`,
  wasmPlatformFetch: true,
  modelBasePath: `file://${packageFile("@vladmandic/human", "models")}/`,
  filter: OFF,
  gesture: OFF,
  hand: OFF,
  body: OFF,
  object: OFF,
  segmentation: OFF,
  face: {
    enabled: true,
    detector: { enabled: true, rotation: false, maxDetected: 1, skipFrames: 0, skipTime: 0 },
    mesh: OFF,
    attention: OFF,
    iris: OFF,
    description: OFF,
    antispoof: OFF,
    liveness: OFF,
    emotion: { enabled: true, minConfidence: 0, skipFrames: 0, skipTime: 0 },
  },
};

async function openHuman(): Promise<Human> {
  const library = `file://${packageFile("@vladmandic/human", "dist/human.esm.js")}`;
  // Its browser build takes a `process` for Node and then misses the rest of Node.
  Reflect.deleteProperty(globalThis, "process");
  const { Human } = await import(library) as HumanLibrary;
  const human = new Human(CONFIG);
  // The threads of the WASM build want workers of a kind that Deno has not.
  human.tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", THREADS_OFF);
  await human.load();
  return human;
}

const THREADS_OFF = false;

const { decoder } = await openImageDecoder();
const human = await openHuman();
const scope: WorkerScope = globalThis as typeof globalThis & WorkerScope;

/** The likeliest emotion of the face found, null where none is, and how long that took from the file's bytes. */
async function read(image: ToHumanWorker["images"][number]): Promise<HumanAnswer> {
  const startedMs = performance.now();
  try {
    return { emotion: await emotionIn(image), ms: performance.now() - startedMs };
  } catch (error) {
    if (error instanceof ImageDecodeError) return { emotion: null, ms: performance.now() - startedMs };
    throw error;
  }
}

async function emotionIn({ format, bytes }: ToHumanWorker["images"][number]): Promise<string | null> {
  const { data, width, height, channels } = await decoder.decode(format, bytes);
  const rgb = channels === 3 ? data : asRgb(data, channels);
  const tensor = human.tf.tensor3d(rgb, [height, width, 3], "int32");
  const { face: [face] } = await human.detect(tensor);
  tensor.dispose();
  const emotions = face?.emotion ?? [];
  return emotions.toSorted((a, b) => b.score - a.score)[0]?.emotion ?? null;
}

function asRgb(data: Uint8Array, channels: number): Uint8Array {
  const isColour = channels === 4;
  return new Uint8Array(data.length / channels * 3).map((_, at) => {
    return data[Math.floor(at / 3) * channels + (isColour ? at % 3 : 0)] ?? 0;
  });
}

scope.onmessage = async ({ data: { images } }) => {
  const answers: HumanAnswer[] = [];
  for (const image of images) answers.push(await read(image));
  scope.postMessage({ kind: "answers", answers });
};
scope.postMessage({ kind: "open" });
