/** The whole way of a camera frame inside one worker: decode, find the face, crop, name the emotion. */
import type { FaceBox, FrameReading } from "../domain/affect/observation.ts";
import type { FrameFormat } from "../http/ports.ts";
import { ferRegion } from "./crop.ts";
import { ImageDecodeError, type ImageDecoder } from "./decode_image.ts";
import type { EmotionModel } from "./emotion_model.ts";
import type { FaceDetector } from "./face_detector.ts";
import { type PixelImage, upright } from "./pixels.ts";
import type { FrameRefusal } from "./screen_frame.ts";

/** A frame that has been screened. */
export interface EncodedFrame {
  readonly format: FrameFormat;
  /** EXIF orientation, 1 to 8. */
  readonly orientation: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export type FrameResult = { readonly kind: "read"; readonly reading: FrameReading } | FrameRefusal;

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
    const usable = images.flatMap((image) => image === null ? [] : [image]);
    const faces = await this.#faces.detect(usable);
    const detectedMs = performance.now();
    const readings = await this.#readFaces(usable, faces);
    const classifiedMs = performance.now();
    let next = 0;
    const results = images.map((image, index): FrameResult => {
      const reading = image === null ? undefined : readings[next++];
      return reading === undefined ? undecodable(frames[index]) : { kind: "read", reading };
    });
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
  async #readFaces(images: readonly PixelImage[], faces: readonly (readonly FaceBox[])[]): Promise<FrameReading[]> {
    const largest = images.flatMap((image, index) => {
      const box = faces[index]?.[0];
      return box === undefined ? [] : [{ image, box, index, region: ferRegion(box) }];
    });
    const classified = await this.#emotions.classify(largest);
    const readings: FrameReading[] = images.map(() => ({ kind: "no_face" }));
    for (const [at, { index, box }] of largest.entries()) {
      const count = faces[index]?.length ?? 0;
      const probabilities = classified[at] ?? [];
      const confident = Math.max(...probabilities) >= this.#emotions.confidenceMin;
      readings[index] = { kind: "face", probabilities, confident, faces: count, box };
    }
    return readings;
  }
}

function undecodable(frame: EncodedFrame | undefined): FrameRefusal {
  return { kind: "refused", code: "not_an_image", message: `the ${frame?.format ?? "image"} data cannot be decoded` };
}
