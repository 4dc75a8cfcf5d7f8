/** The whole way of a camera frame inside one worker: decode, find the face, crop, name the emotion. */
import type { FrameFormat } from "../http/ports.ts";
import { ImageDecodeError, type ImageDecoder } from "./decode_image.ts";
import type { EmotionModel } from "./emotion_model.ts";
import type { FaceDetector } from "./face_detector.ts";
import { FaceReader, type ReadFace } from "./face_reader.ts";
import type { FaceSearch } from "./face_search.ts";
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

export type FrameResult = { readonly kind: "read" } & ReadFace | FrameRefusal;

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
  readonly #faces: FaceReader;

  constructor(decoder: ImageDecoder, faces: FaceDetector, emotions: EmotionModel) {
    this.#decoder = decoder;
    this.#faces = new FaceReader(faces, emotions);
  }

  /** Reads a batch; a frame that cannot be decoded is refused and leaves the others alone. */
  async read(frames: readonly EncodedFrame[]): Promise<BatchReading> {
    const startedMs = performance.now();
    const images = await Promise.all(frames.map((frame) => this.#decode(frame)));
    const decodeMs = performance.now() - startedMs;
    const decoded = images.flatMap((image, index) => {
      const search = frames[index]?.search;
      return image === null || search === undefined ? [] : [{ index, image, search }];
    });
    const { faces, detectMs, classifyMs } = await this.#faces.read(decoded);
    const results = frames.map(undecodable);
    for (const [at, { index }] of decoded.entries()) {
      const face = faces[at];
      if (face !== undefined) results[index] = { kind: "read", ...face };
    }
    return { results, times: { decodeMs, detectMs, classifyMs } };
  }

  async #decode(frame: EncodedFrame): Promise<PixelImage | null> {
    try {
      return upright(await this.#decoder.decode(frame.format, frame.bytes), frame.orientation);
    } catch (error) {
      if (error instanceof ImageDecodeError) return null;
      throw error;
    }
  }
}

function undecodable(frame: EncodedFrame | undefined): FrameResult {
  return { kind: "refused", code: "not_an_image", message: `the ${frame?.format ?? "image"} data cannot be decoded` };
}
