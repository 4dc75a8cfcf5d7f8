/** The whole way of a camera frame inside one worker: decode, find the face, crop, name the emotion. */
import type { FrameReading } from "../domain/affect/observation.ts";
import type { FrameFormat } from "../http/ports.ts";
import { ferRegion } from "./crop.ts";
import { ImageDecodeError, type ImageDecoder } from "./decode_image.ts";
import type { EmotionModel } from "./emotion_model.ts";
import type { FaceDetector, Faces, SearchedImage } from "./face_detector.ts";
import type { FaceSearch, LookName } from "./face_search.ts";
import { type PixelImage, upright } from "./pixels.ts";
import type { FrameRefusal } from "./screen_frame.ts";

/** A frame that has been screened. */
export interface EncodedFrame {
  readonly format: FrameFormat;
  /** EXIF orientation, 1 to 8. */
  readonly orientation: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly search: FaceSearch;
}

export type FrameResult =
  | { readonly kind: "read"; readonly reading: FrameReading; readonly look: LookName }
  | FrameRefusal;

/** Milliseconds a batch spent in each stage. */
export interface StageTimes {
  readonly decodeMs: number;
  readonly detectMs: number;
  readonly classifyMs: number;
}

export interface BatchReading {
  /** One a frame, in the order given. */
  readonly results: readonly FrameResult[];
  readonly times: StageTimes;
}

interface SearchedFrame extends SearchedImage {
  readonly found: Faces;
}

export class FrameReader {
  readonly #decoder: ImageDecoder;
  readonly #faces: FaceDetector;
  readonly #emotions: EmotionModel;

  constructor(decoder: ImageDecoder, faces: FaceDetector, emotions: EmotionModel) {
    this.#decoder = decoder;
    this.#faces = faces;
    this.#emotions = emotions;
  }

  /** Reads a batch; a frame that cannot be decoded is refused and leaves the others alone. */
  async read(frames: readonly EncodedFrame[]): Promise<BatchReading> {
    const startedMs = performance.now();
    const images = await Promise.all(frames.map((frame) => this.#decode(frame)));
    const decodedMs = performance.now();
    const decoded = images.flatMap((image, index) => {
      const search = frames[index]?.search;
      return image === null || search === undefined ? [] : [{ index, image, search }];
    });
    const faces = await this.#faces.detect(decoded);
    const detectedMs = performance.now();
    const searched = decoded.flatMap((frame, at) => faces[at] === undefined ? [] : [{ ...frame, found: faces[at] }]);
    const readings = await this.#readFaces(searched);
    const classifiedMs = performance.now();
    const results = frames.map(undecodable);
    for (const [at, { index, found }] of searched.entries()) {
      results[index] = { kind: "read", reading: readings[at] ?? { kind: "no_face" }, look: found.look };
    }
    return {
      results,
      times: {
        decodeMs: decodedMs - startedMs,
        detectMs: detectedMs - decodedMs,
        classifyMs: classifiedMs - detectedMs,
      },
    };
  }

  async #decode(frame: EncodedFrame): Promise<PixelImage | null> {
    try {
      return upright(await this.#decoder.decode(frame.format, frame.bytes), frame.orientation);
    } catch (error) {
      if (error instanceof ImageDecodeError) return null;
      throw error;
    }
  }

  /** Classifies the largest face of each image that has one, all in one forward pass. */
  async #readFaces(frames: readonly SearchedFrame[]): Promise<FrameReading[]> {
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

function undecodable(frame: EncodedFrame | undefined): FrameResult {
  return { kind: "refused", code: "not_an_image", message: `the ${frame?.format ?? "image"} data cannot be decoded` };
}
