/** Reads seven emotion probabilities from face crops with the network that a manifest describes. */
import type { GraphModel } from "@tensorflow/tfjs-converter";
import { tensor4d, tidy } from "@tensorflow/tfjs-core";
import { EMOTIONS } from "../domain/affect/observation.ts";
import type { EmotionManifest } from "./manifest.ts";
import { ModelManifestError } from "./model_manifest_error.ts";
import { type PixelImage, type Region, sampleRegion } from "./pixels.ts";
import { warmUpImage } from "./warm_up.ts";

/** A face in an image. */
export interface FaceCrop {
  readonly image: PixelImage;
  readonly region: Region;
}

/** A network that names the emotion a face shows. */
export class EmotionModel {
  readonly id: string;
  /** A highest probability below it is no answer. */
  readonly confidenceMin: number;
  readonly #graph: GraphModel;
  readonly #manifest: EmotionManifest;
  /** Where each of {@link EMOTIONS} stands in the network's output. */
  readonly #order: readonly number[];

  /** `graph` is the network that `manifest` describes. */
  constructor(graph: GraphModel, manifest: EmotionManifest) {
    this.id = `${manifest.name}@${manifest.version}`;
    this.confidenceMin = manifest.output.confidenceMin;
    this.#graph = graph;
    this.#manifest = manifest;
    this.#order = EMOTIONS.map((emotion) => manifest.output.classes.indexOf(emotion));
  }

  /** For each crop, seven probabilities in the order of `EMOTIONS`, adding up to 1. */
  async classify(crops: readonly FaceCrop[]): Promise<readonly number[][]> {
    if (crops.length === 0) return [];
    const raw = await this.#forward(crops);
    const classes = this.#order.length;
    return crops.map((_, index) => {
      const own = raw.subarray(index * classes, (index + 1) * classes);
      return calibrate(this.#order.map((at) => own[at] ?? 0), this.#manifest.output);
    });
  }

  /** The network's numbers for the manifest's test picture. */
  async warmUp(): Promise<readonly Float32Array[]> {
    const image = warmUpImage(this.#manifest.warmUp);
    return [await this.#forward([{ image, region: { x: 0, y: 0, width: image.width, height: image.height } }])];
  }

  close(): void {
    this.#graph.dispose();
  }

  /** The network's own numbers, in its own order, faces end to end; every tensor is freed. */
  async #forward(crops: readonly FaceCrop[]): Promise<Float32Array> {
    const { width, height, channels, scale, offset } = this.#manifest.input;
    const numbers = width * height * channels;
    const data = new Float32Array(crops.length * numbers);
    for (const [index, { image, region }] of crops.entries()) {
      const start = index * numbers;
      sampleRegion(image, region, { data, start, rowPixels: width, width, height, channels, scale, offset });
    }
    const output = tidy(() => {
      const result = this.#graph.execute(tensor4d(data, [crops.length, height, width, channels]));
      const [first] = Array.isArray(result) ? result : [result];
      if (first === undefined) throw new ModelManifestError(`${this.id}: the graph has no output`);
      return first;
    });
    try {
      const read = await output.data<"float32">();
      if (read.length !== crops.length * this.#order.length) {
        throw new ModelManifestError(`${this.id}: ${read.length} outputs for ${crops.length} faces`);
      }
      if (read.every(Number.isFinite)) return read;
      throw new ModelManifestError(`${this.id}: an output that is no number`);
    } finally {
      output.dispose();
    }
  }
}

/** Smallest probability taken for a network's own rounding to zero. */
const PROBABILITY_MIN = 1e-7;

/** Temperature scaling (Guo et al. 2017): softmax of the logits over `temperature`; log-probabilities are logits. */
export function calibrate(values: readonly number[], output: EmotionManifest["output"]): number[] {
  const logits = output.kind === "logits" ? values : values.map((p) => Math.log(Math.max(PROBABILITY_MIN, p)));
  const highest = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp((logit - highest) / output.temperature));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}
