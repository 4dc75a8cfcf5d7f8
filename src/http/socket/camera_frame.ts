/**
 * Binary camera frames: a fixed header, the channel's name, then the image.
 *
 * | offset | bytes | holds |
 * | --- | --- | --- |
 * | 0 | 2 | `NL` (0x4E 0x4C) |
 * | 2 | 1 | version, 1 |
 * | 3 | 1 | format: 1 JPEG, 2 PNG, 3 WebP |
 * | 4 | 8 | capture time, float64 big-endian, milliseconds since the Unix epoch |
 * | 12 | 1 | length n of the channel's name |
 * | 13 | n | the channel's name, ASCII |
 * | 13 + n | rest | the image |
 */
import { type ActorId, parseActorId } from "../../domain/address.ts";
import type { FrameFormat } from "../ports.ts";

const MAGIC = 0x4e4c;
const VERSION = 1;
const NAME_OFFSET = 13;
const FORMATS: readonly FrameFormat[] = ["jpeg", "png", "webp"];

export interface DecodedCameraFrame {
  readonly channel: ActorId;
  readonly capturedAtMs: number;
  readonly format: FrameFormat;
  /** A view into the message, not a copy. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export type CameraFrameFault =
  | "camera_magic"
  | "camera_version"
  | "camera_format"
  | "camera_time"
  | "camera_channel"
  | "camera_empty";

const MESSAGES: Record<CameraFrameFault, string> = {
  camera_magic: "a binary frame starts with the bytes NL and has a header of at least 13",
  camera_version: "the header's version is 1",
  camera_format: "the format is 1 (JPEG), 2 (PNG) or 3 (WebP)",
  camera_time: "the capture time is a positive number of milliseconds since the Unix epoch",
  camera_channel: "the header names a channel, kind/key",
  camera_empty: "an image follows the header",
};

export type CameraFrameReading =
  | { readonly kind: "frame"; readonly frame: DecodedCameraFrame }
  | { readonly kind: "bad"; readonly code: CameraFrameFault; readonly message: string };

function bad(code: CameraFrameFault): CameraFrameReading {
  return { kind: "bad", code, message: MESSAGES[code] };
}

/** Reads a binary message; the image itself is not looked at. */
export function decodeCameraFrame(message: ArrayBuffer): CameraFrameReading {
  if (message.byteLength < NAME_OFFSET) return bad("camera_magic");
  const header = new DataView(message);
  if (header.getUint16(0) !== MAGIC) return bad("camera_magic");
  if (header.getUint8(2) !== VERSION) return bad("camera_version");
  const format = FORMATS[header.getUint8(3) - 1];
  if (format === undefined) return bad("camera_format");
  const capturedAtMs = header.getFloat64(4);
  if (!Number.isFinite(capturedAtMs) || capturedAtMs <= 0) return bad("camera_time");
  const imageOffset = NAME_OFFSET + header.getUint8(12);
  if (message.byteLength < imageOffset) return bad("camera_channel");
  const name = new Uint8Array(message, NAME_OFFSET, imageOffset - NAME_OFFSET);
  const channel = parseActorId(String.fromCharCode(...name));
  if (channel === null) return bad("camera_channel");
  const bytes = new Uint8Array(message, imageOffset);
  if (bytes.length === 0) return bad("camera_empty");
  return { kind: "frame", frame: { channel, capturedAtMs, format, bytes } };
}

/** The message that {@link decodeCameraFrame} reads back as `frame`. */
export function encodeCameraFrame(frame: DecodedCameraFrame): Uint8Array<ArrayBuffer> {
  const imageOffset = NAME_OFFSET + frame.channel.length;
  const message = new Uint8Array(imageOffset + frame.bytes.length);
  const header = new DataView(message.buffer);
  header.setUint16(0, MAGIC);
  header.setUint8(2, VERSION);
  header.setUint8(3, FORMATS.indexOf(frame.format) + 1);
  header.setFloat64(4, frame.capturedAtMs);
  header.setUint8(12, frame.channel.length);
  message.set(new TextEncoder().encode(frame.channel), NAME_OFFSET);
  message.set(frame.bytes, imageOffset);
  return message;
}
