/** The two that are compared, ours and `@vladmandic/human`: each reads images one after the other on one thread. */
import type { FrameFormat } from "../../src/http/ports.ts";
import { type Emotion, EMOTIONS } from "../../src/domain/affect/observation.ts";
import type { BackendChoice } from "../../src/ml/backend.ts";
import { openImageDecoder } from "../../src/ml/decode_image.ts";
import type { FaceSearch } from "../../src/ml/face_search.ts";
import { type EncodedFrame, FrameReader, type StageTimes } from "../../src/ml/frame_reader.ts";
import { modelFolders, openModels } from "../../src/ml/proven_models.ts";
import type { FromHumanWorker, HumanAnswer, ToHumanWorker } from "./human_protocol.ts";

export interface EncodedImage {
  readonly format: FrameFormat;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** What one image gave. */
export interface Answer {
  /** Null where no face was found. */
  readonly emotion: Emotion | null;
  readonly ms: number;
}

export interface Ours {
  readonly name: string;
  readonly notes: readonly string[];
  /** Reads batches of alike images; the time of one is its share of its batch. */
  readBatch(images: readonly EncodedImage[], search: FaceSearch): Promise<{ answers: Answer[]; times: StageTimes }>;
  /** Where the face of an image is, for the search of the next one; a search of the whole where there is none. */
  searchAfter(image: EncodedImage): Promise<FaceSearch>;
}

function likeliest(probabilities: readonly number[]): Emotion | null {
  return EMOTIONS[probabilities.indexOf(Math.max(...probabilities))] ?? null;
}

export async function openOurs(backend: BackendChoice): Promise<Ours> {
  const models = await openModels(backend, modelFolders(null));
  const { decoder, notes } = await openImageDecoder();
  const reader = new FrameReader(decoder, models.faces, models.emotions);
  const frameOf = ({ format, bytes }: EncodedImage, search: FaceSearch): EncodedFrame => {
    return { format, bytes, orientation: 1, search };
  };
  return {
    name: `${models.faces.id}+${models.emotions.id}, ${models.backend}, ${decoder.name}`,
    notes: [...models.notes, ...notes],
    async readBatch(images, search) {
      const startedMs = performance.now();
      const { results, times } = await reader.read(images.map((image) => frameOf(image, search)));
      const ms = (performance.now() - startedMs) / images.length;
      const answers = results.map((result): Answer => {
        const isFace = result.kind === "read" && result.reading.kind === "face";
        return { emotion: isFace ? likeliest(result.reading.probabilities) : null, ms };
      });
      return { answers, times };
    },
    async searchAfter(image) {
      const { results: [result] } = await reader.read([frameOf(image, { kind: "whole" })]);
      if (result?.kind !== "read" || result.reading.kind !== "face") return { kind: "whole" };
      return { kind: "near", last: { box: result.reading.box, faces: result.reading.faces } };
    },
  };
}

/** The other library, in a worker of its own: it needs globals that ours does not. */
export class Human {
  readonly #worker = new Worker(new URL("./human_worker.ts", import.meta.url), { type: "module" });
  #tell: (message: FromHumanWorker) => void = () => undefined;

  static async open(): Promise<Human> {
    const human = new Human();
    human.#worker.onmessage = (event: MessageEvent<FromHumanWorker>) => human.#tell(event.data);
    await human.#next();
    return human;
  }

  async read(images: readonly EncodedImage[]): Promise<readonly HumanAnswer[]> {
    const answered = this.#next();
    const message: ToHumanWorker = { images };
    this.#worker.postMessage(message);
    const answer = await answered;
    return answer.kind === "answers" ? answer.answers : [];
  }

  close(): void {
    this.#worker.terminate();
  }

  #next(): Promise<FromHumanWorker> {
    return new Promise((resolve) => this.#tell = resolve);
  }
}
