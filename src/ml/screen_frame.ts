/** Refuses a frame from its header alone, so that nothing hostile reaches a decoder. */
import type { FrameFormat, FrameOutcome } from "../http/ports.ts";
import { type ImageHeader, readImageHeader } from "./image_header.ts";

export type FrameRefusal = Extract<FrameOutcome, { kind: "refused" }>;

/** What one frame may take. A decoded pixel costs three or four bytes, so the pixel limit bounds a bomb's memory. */
export interface FrameLimits {
  readonly frameBytesMax: number;
  readonly framePixelsMax: number;
  readonly frameSideMinPx: number;
  /** A scan costs as much as the whole picture, and can be stated in ten bytes. */
  readonly frameScansMax: number;
}

export const FRAME_LIMITS: FrameLimits = {
  frameBytesMax: 4 * 1024 * 1024,
  // 4K video is 8.3 million pixels; a webcam frame is .3 million.
  framePixelsMax: 4096 * 2160,
  frameSideMinPx: 16,
  // Encoders write ten at most of a coloured picture.
  frameScansMax: 32,
};

export type Screening = { readonly kind: "accepted"; readonly header: ImageHeader } | FrameRefusal;

/** Checks size, format and completeness of a frame's bytes; messages state numbers and formats, never content. */
export function screenFrame(format: FrameFormat, bytes: Uint8Array, limits: FrameLimits): Screening {
  if (bytes.length > limits.frameBytesMax) {
    return refuse("image_too_large", `a frame may have ${limits.frameBytesMax} bytes, this one has ${bytes.length}`);
  }
  const header = readImageHeader(bytes);
  if (header === null) return refuse("not_an_image", "the bytes are no still JPEG, PNG or WebP image");
  if (header.format !== format) {
    return refuse("format_mismatch", `announced as ${format}, but the bytes are ${header.format}`);
  }
  const pixels = header.width * header.height;
  if (pixels > limits.framePixelsMax) {
    const size = `${header.width}x${header.height}`;
    return refuse("image_too_large", `a frame may have ${limits.framePixelsMax} pixels, this one has ${size}`);
  }
  if (header.scans > limits.frameScansMax) {
    return refuse("image_too_large", `a frame may have ${limits.frameScansMax} scans, this one has ${header.scans}`);
  }
  if (!header.complete) return refuse("image_truncated", `the ${format} image ends before its end marker`);
  if (Math.min(header.width, header.height) < limits.frameSideMinPx) {
    return refuse("not_an_image", `each side needs ${limits.frameSideMinPx} pixels or more`);
  }
  return { kind: "accepted", header };
}

function refuse(code: FrameRefusal["code"], message: string): FrameRefusal {
  return { kind: "refused", code, message };
}
