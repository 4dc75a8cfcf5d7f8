/** The knowledge model at work: learners' hidden states after an answer, and the odds of candidate items. */
import { div, getBackend, keep, tensor2d, tidy } from "@tensorflow/tfjs-core";
import type { KnowledgeManifest } from "./knowledge_manifest.ts";
import { boundFeatures, headOfHidden, type NetworkTensors, nextHidden, scoreLogits } from "./network.ts";
import { type NetworkSize, PARAMETER_NAMES, parameterShapes, perParameter } from "./network_size.ts";
import { takeNumbers } from "./take_numbers.ts";
import type { WeightArrays } from "./weights_file.ts";

/** One answer each of `n` learners. */
export interface StepBatch {
  /** `n x features`: the answered item as it stood before the answer. */
  readonly features: Float32Array;
  /** 1 right, 0 wrong. */
  readonly correct: Uint8Array;
  /** `n x hidden`: the states before the answer; zeros for a learner who has not answered yet. */
  readonly hidden: Float32Array;
}

/** One learner and the items to choose from. */
export interface ScoreRequest {
  /** The learner's state, `hidden` numbers. */
  readonly hidden: Float32Array;
  /** `candidates x features`. */
  readonly features: Float32Array;
  /** The Elo logit of each candidate. */
  readonly eloLogits: Float32Array;
}

/** A batch whose arrays do not fit each other or the network. */
export class BatchShapeError extends Error {
  override readonly name = "BatchShapeError";
}

/** What a pass leaves between its operations, about 500 bytes a row, then stays in a core's cache. */
const WASM_PASS_ROWS = 2048;
/** A GPU likes large passes; this bounds its memory. */
const GPU_PASS_ROWS = 65_536;

export class KnowledgeModel {
  readonly id: string;
  readonly size: NetworkSize;
  readonly weights: NetworkTensors;
  /** Divides the logits, so that a stated probability is a frequency. */
  readonly temperature: number;

  /** Takes the arrays' numbers to the current backend. */
  constructor(manifest: Pick<KnowledgeManifest, "name" | "version" | "size" | "temperature">, weights: WeightArrays) {
    this.id = `${manifest.name}@${manifest.version}`;
    this.size = manifest.size;
    this.temperature = manifest.temperature;
    const shapes = parameterShapes(manifest.size);
    this.weights = perParameter((name) => keep(tensor2d(weights[name], [...shapes[name]])));
  }

  /**
   * The hidden states after one answer each, `n x hidden`.
   *
   * @throws BatchShapeError
   */
  async step({ features, correct, hidden }: StepBatch): Promise<Float32Array> {
    const rows = correct.length;
    if (rows === 0) return new Float32Array(0);
    checkLength("features", features, rows * this.size.features);
    checkLength("hidden", hidden, rows * this.size.hidden);
    const next = tidy(() => {
      const answered = {
        features: tensor2d(features, [rows, this.size.features]),
        signs: tensor2d(Float32Array.from(correct, (right) => right === 1 ? 1 : -1), [rows, 1]),
      };
      return nextHidden(this.weights, answered, tensor2d(hidden, [rows, this.size.hidden]));
    });
    return await takeNumbers(next);
  }

  /**
   * Calibrated logits of success, one array a request. Requests share passes through the network; in a pass the shorter
   * ones are padded to the longest, so callers do well to batch requests of like size.
   *
   * @throws BatchShapeError
   */
  async score(requests: readonly ScoreRequest[]): Promise<Float32Array[]> {
    for (const request of requests) {
      checkLength("features", request.features, request.eloLogits.length * this.size.features);
      checkLength("hidden", request.hidden, this.size.hidden);
    }
    const candidatesMax = Math.max(1, ...requests.map((request) => request.eloLogits.length));
    const rowsMax = getBackend() === "wasm" ? WASM_PASS_ROWS : GPU_PASS_ROWS;
    const requestsMax = Math.max(1, Math.floor(rowsMax / candidatesMax));
    const scores: Float32Array[] = [];
    for (let from = 0; from < requests.length; from += requestsMax) {
      scores.push(...await this.#scorePass(requests.slice(from, from + requestsMax)));
    }
    return scores;
  }

  /** Frees the weights. */
  close(): void {
    for (const name of PARAMETER_NAMES) this.weights[name].dispose();
  }

  async #scorePass(requests: readonly ScoreRequest[]): Promise<Float32Array[]> {
    const candidatesMax = Math.max(0, ...requests.map((request) => request.eloLogits.length));
    if (candidatesMax === 0) return requests.map(() => new Float32Array(0));
    const rows = requests.length * candidatesMax;
    const hidden = new Float32Array(requests.length * this.size.hidden);
    const features = new Float32Array(rows * this.size.features);
    const eloLogits = new Float32Array(rows);
    for (const [index, request] of requests.entries()) {
      hidden.set(request.hidden, index * this.size.hidden);
      features.set(request.features, index * candidatesMax * this.size.features);
      eloLogits.set(request.eloLogits, index * candidatesMax);
    }
    const logits = await this.#logits(requests.length, { hidden, features, eloLogits });
    return requests.map((request, index) => {
      const from = index * candidatesMax;
      return logits.slice(from, from + request.eloLogits.length);
    });
  }

  async #logits(learners: number, { hidden, features, eloLogits }: ScoreRequest): Promise<Float32Array> {
    const rows = eloLogits.length;
    const tempered = tidy(() => {
      const logits = scoreLogits(
        this.weights,
        boundFeatures(tensor2d(features, [rows, this.size.features])),
        tensor2d(eloLogits, [rows, 1]),
        headOfHidden(this.weights, tensor2d(hidden, [learners, this.size.hidden])),
      );
      return div(logits, this.temperature);
    });
    return await takeNumbers(tempered);
  }
}

function checkLength(what: string, values: Float32Array, expected: number): void {
  if (values.length !== expected) {
    throw new BatchShapeError(`${what} holds ${values.length} numbers, expected ${expected}`);
  }
}
