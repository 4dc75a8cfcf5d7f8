/** Milliseconds from a 640x480 JPEG to emotion probabilities on one thread: ours beside `@vladmandic/human`, in turns. */
import { Transformer } from "@napi-rs/image";
import { cpuUsage } from "node:process";
import type { BackendChoice } from "../../src/ml/backend.ts";
import { asJpeg, webcamFrame } from "../../tests/ml/photographs.ts";
import { percentilesMs } from "../percentiles.ts";
import { type Answer, type EncodedImage, Human, openOurs, type Ours } from "./readers.ts";

const ROUNDS = 12;
const WARM_UP_ROUNDS = 3;
const FRAMES_A_ROUND = 20;
const BATCHES = [1, 2, 4, 8, 16, 32] as const;
const RANKS = [50, 95];
/** A face of 300 pixels shrinks to 100: too small for a look at the whole frame in small. */
const FAR_SCALE = 1 / 3;

interface Timed {
  readonly emotion: string | null;
  readonly ms: number;
}

/** A way to read frames, and what it took. */
interface Contender {
  readonly label: string;
  read(): Promise<readonly Timed[]>;
  readonly ms: number[];
  cpuMs: number;
}

/** Five portraits before a webcam; the head is 300 of 640 pixels wide. */
export async function portraits(): Promise<EncodedImage[]> {
  const names = ["man", "dark", "blonde", "brown", "laughing"] as const;
  return await Promise.all(names.map(async (name): Promise<EncodedImage> => {
    return { format: "jpeg", bytes: await asJpeg(await webcamFrame(name)) };
  }));
}

/** The same frame from further away, on gray. */
async function farFrame(frame: EncodedImage): Promise<EncodedImage> {
  const [width, height] = [Math.round(640 * FAR_SCALE), Math.round(480 * FAR_SCALE)];
  const png = await new Transformer(frame.bytes).resize(width, height).png();
  const small = await new Transformer(png).rawPixels();
  const rgba = new Uint8Array(640 * 480 * 4).fill(90);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const from = (y * width + x) * 3;
      rgba.set([...small.subarray(from, from + 3), 255], ((y + 200) * 640 + x + 250) * 4);
    }
  }
  return { format: "jpeg", bytes: await asJpeg(Transformer.fromRgbaPixels(rgba, 640, 480)) };
}

function contender(label: string, read: Contender["read"]): Contender {
  return { label, read, ms: [], cpuMs: 0 };
}

async function stream(label: string, ours: Ours, image: EncodedImage): Promise<Contender> {
  const search = await ours.searchAfter(image);
  return contender(label, async () => (await ours.readBatch([image], search)).answers);
}

/** Plays every contender in each round, so that a busy machine is busy for all of them. */
async function playInTurns(contenders: readonly Contender[]): Promise<void> {
  for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round += 1) {
    for (const each of contenders) {
      const cpuBefore = cpuUsage();
      const answers: Timed[] = [];
      while (answers.length < FRAMES_A_ROUND) answers.push(...await each.read());
      const { user, system } = cpuUsage(cpuBefore);
      if (answers.some(({ emotion }) => emotion === null)) throw new TypeError(`${each.label} found no face`);
      if (round < WARM_UP_ROUNDS) continue;
      each.ms.push(...answers.map(({ ms }) => ms));
      each.cpuMs += (user + system) / 1000;
    }
  }
}

function line({ label, ms, cpuMs }: Contender): string {
  return `${label.padEnd(42)} ${percentilesMs(ms, RANKS)}  CPU ${
    (cpuMs / ms.length).toFixed(2).padStart(6)
  } ms a frame`;
}

/** A frame by itself, in a stream, and from far; the other library at the same frames. A report, line by line. */
export async function compareFrames(): Promise<readonly string[]> {
  const ours = await openOurs("wasm");
  const human = await Human.open();
  const images = await portraits();
  const [first] = images;
  if (first === undefined) throw new RangeError("no portrait");
  const far = await farFrame(first);
  const contenders = [
    contender("a frame by itself", async () => {
      const answers: Answer[] = [];
      for (const image of images) answers.push(...(await ours.readBatch([image], { kind: "whole" })).answers);
      return answers;
    }),
    await stream("a frame of a stream", ours, first),
    contender("a far face, by itself", async () => (await ours.readBatch([far], { kind: "whole" })).answers),
    await stream("a far face, in a stream", ours, far),
    contender("@vladmandic/human, the same frames", () => human.read(images)),
  ];
  await playInTurns(contenders);
  human.close();
  return [ours.name, ...ours.notes, ...contenders.map(line)];
}

/** Frames a second by batch size, each stage's share in a frame. */
export async function measureBatches(backend: BackendChoice): Promise<readonly string[]> {
  const ours = await openOurs(backend);
  const images = await portraits();
  const lines: string[] = [];
  for (const size of BATCHES) {
    const batch = Array.from({ length: size }, (_, at) => images.slice(at % images.length)).flatMap(([image]) =>
      image ?? []
    );
    const stages = { decodeMs: 0, detectMs: 0, classifyMs: 0 };
    for (let round = 0; round < WARM_UP_ROUNDS; round += 1) await ours.readBatch(batch, { kind: "whole" });
    const startedMs = performance.now();
    for (let round = 0; round < ROUNDS; round += 1) {
      const { times } = await ours.readBatch(batch, { kind: "whole" });
      stages.decodeMs += times.decodeMs;
      stages.detectMs += times.detectMs;
      stages.classifyMs += times.classifyMs;
    }
    const frames = ROUNDS * size;
    const share = (ms: number) => (ms / frames).toFixed(2);
    lines.push(
      `batches of ${String(size).padStart(2)}: ${
        (frames * 1000 / (performance.now() - startedMs)).toFixed(0).padStart(5)
      } frames a second; ms a frame: decode ${share(stages.decodeMs)}, detect ${share(stages.detectMs)}, classify ${
        share(stages.classifyMs)
      }`,
    );
  }
  return [ours.name, ...ours.notes, ...lines];
}
