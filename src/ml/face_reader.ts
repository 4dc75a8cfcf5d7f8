/** From decoded images to readings: the largest face, cropped and named. The same code runs on the server and in a browser. */
import type { FrameReading } from "../domain/affect/observation.ts";
import { ferRegion } from "./crop.ts";
import type { EmotionModel } from "./emotion_model.ts";
import type { FaceDetector, Faces, SearchedImage } from "./face_detector.ts";
import type { LookName } from "./face_search.ts";

/** What an image showed, and the last look that was taken for it. */
export interface ReadFace {
  readonly reading: FrameReading;
  readonly look: LookName;
}

export interface FaceReadings {
  /** One an image, in the order given. */
  readonly faces: readonly ReadFace[];
  readonly detectMs: number;
  readonly classifyMs: number;
}

interface SearchedFrame extends SearchedImage {
  readonly found: Faces;
}

export class FaceReader {
  readonly #faces: FaceDetector;
  readonly #emotions: EmotionModel;

  constructor(faces: FaceDetector, emotions: EmotionModel) {
    this.#faces = faces;
    this.#emotions = emotions;
  }

  async read(images: readonly SearchedImage[]): Promise<FaceReadings> {
    const startedMs = performance.now();
    const found = await this.#faces.detect(images);
    const detectedMs = performance.now();
    const frames = images.flatMap((image, at) => found[at] === undefined ? [] : [{ ...image, found: found[at] }]);
    const readings = await this.#readLargest(frames);
    return {
      faces: frames.map(({ found: { look } }, at) => ({ reading: readings[at] ?? { kind: "no_face" }, look })),
      detectMs: detectedMs - startedMs,
      classifyMs: performance.now() - detectedMs,
    };
  }

  /** Classifies the largest face of each image that has one, all in one forward pass. */
  async #readLargest(frames: readonly SearchedFrame[]): Promise<FrameReading[]> {
    const readings: FrameReading[] = frames.map(() => ({ kind: "no_face" }));
    const largest = frames.flatMap((frame, at) => {
      const [box] = frame.found.boxes;
      return box === undefined ? [] : [{ ...frame, at, box, region: ferRegion(box) }];
    });
    const classified = await this.#emotions.classify(largest);
    for (const [index, { at, box, found, search }] of largest.entries()) {
      // A look around one face does not show the others: their number is that of the last search of the whole.
      const known = found.look === "near" && search.kind === "near" ? search.last.faces : 0;
      const probabilities = classified[index] ?? [];
      const confident = Math.max(...probabilities) >= this.#emotions.confidenceMin;
      readings[at] = { kind: "face", probabilities, confident, faces: Math.max(known, found.boxes.length), box };
    }
    return readings;
  }
}
