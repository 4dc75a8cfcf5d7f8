/** Reads format, size, orientation and completeness from an image's container, without decoding a pixel. */
import type { FrameFormat } from "../http/ports.ts";
import { readExifOrientation } from "./exif_orientation.ts";

const LITTLE_ENDIAN = true;

export interface ImageHeader {
  readonly format: FrameFormat;
  /** Pixels as stored, before {@link ImageHeader.orientation} is applied. */
  readonly width: number;
  readonly height: number;
  /** EXIF orientation, 1 to 8; 1 when there is none. */
  readonly orientation: number;
  /** Whether the container's end is there. Decoders fill in what is missing; we refuse it. */
  readonly complete: boolean;
  /** How often the decoder goes over the picture: scans of a progressive JPEG, 1 elsewhere. */
  readonly scans: number;
}

/** The header, or null when the bytes are no still JPEG, PNG or WebP image. */
export function readImageHeader(bytes: Uint8Array): ImageHeader | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) return readJpeg(bytes, view);
  if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return readPng(bytes, view);
  if (ascii(bytes, 0, 4) === "RIFF" && ascii(bytes, 8, 4) === "WEBP") return readWebp(bytes, view);
  return null;
}

function startsWith(bytes: Uint8Array, prefix: readonly number[]): boolean {
  return prefix.every((value, index) => bytes[index] === value);
}

function ascii(bytes: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + length));
}

/** Start-of-frame markers: C0 to CF without DHT (C4), JPG (C8) and DAC (CC). */
function isStartOfFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

/** Segments of ITU T.81 annex B up to the first scan; a file cut before its scan still tells its size, if it got there. */
function readJpeg(bytes: Uint8Array, view: DataView): ImageHeader | null {
  let at = 2;
  let width = 0;
  let height = 0;
  let orientation = 1;
  let complete = false;
  let scans = 0;
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const length = view.getUint16(at + 2);
    if (length < 2) return null;
    if (marker === 0xda) {
      complete = endsWithMarker(bytes, at + 2 + length);
      scans = scansFrom(bytes, at);
      break;
    }
    if (isStartOfFrame(marker) && at + 9 <= bytes.length) {
      height = Math.max(height, view.getUint16(at + 5));
      width = Math.max(width, view.getUint16(at + 7));
    }
    if (marker === 0xe1) orientation = readExifOrientation(view, at + 4, length - 2) ?? orientation;
    at += 2 + length;
  }
  return { format: "jpeg", width, height, orientation, complete, scans };
}

/** Start-of-scan markers from `from` on: entropy-coded data cannot hold one. */
function scansFrom(bytes: Uint8Array, from: number): number {
  let scans = 0;
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    if (bytes[at + 1] === 0xda) scans += 1;
  }
  return scans;
}

/** Entropy-coded data stuffs a zero after each FF, so FF D9 behind the scan header is the end of the image. */
function endsWithMarker(bytes: Uint8Array, from: number): boolean {
  for (let at = bytes.length - 2; at >= from; at -= 1) {
    if (bytes[at] === 0xff && bytes[at + 1] === 0xd9) return true;
  }
  return false;
}

/** IHDR must come first; the image is complete when the walk over its chunks meets IEND. */
function readPng(bytes: Uint8Array, view: DataView): ImageHeader | null {
  if (bytes.length < 24) return { format: "png", width: 0, height: 0, orientation: 1, complete: false, scans: 1 };
  if (ascii(bytes, 12, 4) !== "IHDR") return null;
  let at = 8;
  let complete = false;
  let orientation = 1;
  while (at + 12 <= bytes.length) {
    const name = ascii(bytes, at + 4, 4);
    const length = view.getUint32(at);
    if (name === "eXIf") orientation = readExifOrientation(view, at + 8, length) ?? orientation;
    at += 12 + length;
    if (name === "IEND") complete = at <= bytes.length;
  }
  return { format: "png", width: view.getUint32(16), height: view.getUint32(20), orientation, complete, scans: 1 };
}

/** The canvas (VP8X) and the bitstream (VP8, VP8L) each name a size: the larger is what a decoder may allocate. */
function readWebp(bytes: Uint8Array, view: DataView): ImageHeader | null {
  let width = 0;
  let height = 0;
  let orientation = 1;
  const end = 8 + view.getUint32(4, LITTLE_ENDIAN);
  for (let at = 12; at + 8 <= Math.min(end, bytes.length);) {
    const name = ascii(bytes, at, 4);
    const size = view.getUint32(at + 4, LITTLE_ENDIAN);
    const body = at + 8;
    if (name === "ANMF" || name === "ANIM") return null;
    if (body + 10 <= bytes.length) {
      const stated = webpChunkSize(name, view, body);
      width = Math.max(width, stated.width);
      height = Math.max(height, stated.height);
    }
    if (name === "EXIF") orientation = readExifOrientation(view, body, size) ?? orientation;
    at = body + size + (size % 2);
  }
  return { format: "webp", width, height, orientation, complete: end <= bytes.length, scans: 1 };
}

function webpChunkSize(name: string, view: DataView, body: number): { width: number; height: number } {
  if (name === "VP8X") {
    return { width: 1 + readUint24(view, body + 4), height: 1 + readUint24(view, body + 7) };
  }
  if (name === "VP8L") {
    const packed = view.getUint32(body + 1, LITTLE_ENDIAN);
    return { width: 1 + (packed & 0x3fff), height: 1 + ((packed >>> 14) & 0x3fff) };
  }
  if (name === "VP8 ") {
    return {
      width: view.getUint16(body + 6, LITTLE_ENDIAN) & 0x3fff,
      height: view.getUint16(body + 8, LITTLE_ENDIAN) & 0x3fff,
    };
  }
  return { width: 0, height: 0 };
}

function readUint24(view: DataView, at: number): number {
  return view.getUint16(at, LITTLE_ENDIAN) | (view.getUint8(at + 2) << 16);
}
