/** Puts malformed images through screening, decoding, detection and classification, and watches what they leave. */
import { memory } from "@tensorflow/tfjs-core";
import { randomFrom } from "../../../src/domain/random.ts";
import { EMOTIONS } from "../../../src/domain/affect/observation.ts";
import { type ImageDecoder, openImageDecoder } from "../../../src/ml/decode_image.ts";
import { FrameReader, type FrameResult } from "../../../src/ml/frame_reader.ts";
import { modelFolders, openModels } from "../../../src/ml/proven_models.ts";
import { FRAME_LIMITS, screenFrame } from "../../../src/ml/screen_frame.ts";
import { type FuzzedImage, malformedImage, photographsToDamage } from "./malformed_images.ts";

/** A promise that an image broke; its seed and number find it again. */
export class BrokenByImageError extends Error {
  override readonly name = "BrokenByImageError";
}

export interface FuzzTally {
  /** Images by what was done to them and what they were answered with. */
  readonly outcomes: ReadonlyMap<string, number>;
  readonly tensorsLeft: number;
  readonly tensorBytesLeft: number;
  /** By how much the process grew after the first quarter of the images, which fills caches and heaps. */
  readonly residentGrowthBytes: number;
}

const REFUSALS = ["not_an_image", "image_too_large", "image_truncated", "format_mismatch"];

async function readScreened({ format, bytes }: FuzzedImage, reader: FrameReader): Promise<FrameResult> {
  const screening = screenFrame(format, bytes, FRAME_LIMITS);
  if (screening.kind === "refused") return screening;
  const { orientation } = screening.header;
  const { results: [result] } = await reader.read([{ format, orientation, bytes, search: { kind: "whole" } }]);
  if (result === undefined) throw new BrokenByImageError("no result");
  return result;
}

/** The outcome's name; @throws BrokenByImageError where it is none that is promised */
function outcomeOf(result: FrameResult): string {
  if (result.kind === "refused") {
    if (REFUSALS.includes(result.code) && result.message !== "") return result.code;
    throw new BrokenByImageError(`refused with ${result.code}: "${result.message}"`);
  }
  const { reading } = result;
  if (reading.kind === "no_face") return "no_face";
  const { probabilities, box } = reading;
  const total = probabilities.reduce((sum, p) => sum + p, 0);
  const isSound = probabilities.length === EMOTIONS.length && Math.abs(total - 1) < 1e-6 &&
    [box.x, box.y, box.width, box.height].every(Number.isFinite);
  if (!isSound) throw new BrokenByImageError(`read as ${JSON.stringify(reading)}`);
  return "face";
}

async function readNumbered(image: FuzzedImage, reader: FrameReader, where: string): Promise<string> {
  try {
    return `${image.kind} → ${outcomeOf(await readScreened(image, reader))}`;
  } catch (cause) {
    throw new BrokenByImageError(`${where}, ${image.kind} as ${image.format}, ${image.bytes.length} bytes`, { cause });
  }
}

/** Reads `images` malformed images drawn from `seed`. @throws BrokenByImageError naming the first that breaks a promise */
export async function readMalformed(images: number, seed: number, decoder?: ImageDecoder): Promise<FuzzTally> {
  const models = await openModels("wasm", modelFolders(null));
  const used = decoder ?? (await openImageDecoder()).decoder;
  const reader = new FrameReader(used, models.faces, models.emotions);
  const sources = await photographsToDamage();
  const chance = randomFrom(seed);
  const outcomes = new Map<string, number>();
  const before = memory();
  let residentBytes = 0;
  for (let number = 0; number < images; number += 1) {
    if (number === Math.floor(images / 4)) residentBytes = Deno.memoryUsage().rss;
    const image = malformedImage(sources, chance);
    const outcome = await readNumbered(image, reader, `seed ${seed}, image ${number}`);
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  }
  const after = memory();
  models.faces.close();
  models.emotions.close();
  return {
    outcomes,
    tensorsLeft: after.numTensors - before.numTensors,
    tensorBytesLeft: after.numBytes - before.numBytes,
    residentGrowthBytes: Deno.memoryUsage().rss - residentBytes,
  };
}
