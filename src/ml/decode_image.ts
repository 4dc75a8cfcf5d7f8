/** Turns JPEG, PNG or WebP bytes into pixels: native code where permitted, WebAssembly elsewhere. */
import decodeJpeg from "@jsquash/jpeg/decode.js";
import decodePng from "@jsquash/png/decode.js";
import decodeWebp from "@jsquash/webp/decode.js";
import type { FrameFormat } from "../http/ports.ts";
import type { PixelImage } from "./pixels.ts";

/** The pixels could not be decoded although the container looked whole. */
export class ImageDecodeError extends Error {
  override readonly name = "ImageDecodeError";
}

/** Decodes an image whose header has been screened. Pixels come as stored: orientation is the caller's. */
export interface ImageDecoder {
  readonly name: string;
  /** @throws ImageDecodeError */
  decode(format: FrameFormat, bytes: Uint8Array<ArrayBuffer>): Promise<PixelImage>;
}

/** The decoder this process may use, and why that is not the native one. */
export interface OpenedDecoder {
  readonly decoder: ImageDecoder;
  readonly notes: readonly string[];
}

/** The native decoder, or {@link wasmDecoder} where this process may not load native code. */
export async function openImageDecoder(): Promise<OpenedDecoder> {
  let native: typeof import("@napi-rs/image");
  try {
    // deno-lint-ignore house/layer-imports -- a static import would end the worker where native code is not permitted
    native = await import("@napi-rs/image");
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    return { decoder: wasmDecoder, notes: [`native image decoder not loaded: ${reason}`] };
  }
  async function decode(format: FrameFormat, bytes: Uint8Array<ArrayBuffer>): Promise<PixelImage> {
    try {
      const transformer = new native.Transformer(bytes);
      const { width, height } = transformer.metadataSync();
      const data = await transformer.rawPixels();
      const channels = data.length / (width * height);
      // Sixteen-bit PNGs come out with two bytes a sample, which the WebAssembly decoder reduces to one.
      if (!is8Bit(channels) || (format === "png" && bytes[PNG_BIT_DEPTH_OFFSET] === 16)) {
        return await wasmDecoder.decode(format, bytes);
      }
      return { width, height, channels, data };
    } catch (cause) {
      throw new ImageDecodeError(`the ${format} image cannot be decoded`, { cause });
    }
  }
  return { decoder: { name: "@napi-rs/image", decode }, notes: [] };
}

/** Bit depth of a PNG: the byte after signature, chunk head, width and height. */
const PNG_BIT_DEPTH_OFFSET = 24;

function is8Bit(channels: number): channels is PixelImage["channels"] {
  return channels === 1 || channels === 2 || channels === 3 || channels === 4;
}

const WASM_DECODERS: Record<FrameFormat, (bytes: ArrayBuffer) => Promise<ImageData>> = {
  jpeg: decodeJpeg,
  png: decodePng,
  webp: decodeWebp,
};

/** About three times slower than native, without any permission beyond reading its own files. */
export const wasmDecoder: ImageDecoder = {
  name: "@jsquash",
  async decode(format, bytes) {
    try {
      const { width, height, data } = await WASM_DECODERS[format](exactBuffer(bytes));
      return { width, height, channels: 4, data: new Uint8Array(data.buffer, data.byteOffset, data.length) };
    } catch (cause) {
      throw new ImageDecodeError(`the ${format} image cannot be decoded`, { cause });
    }
  },
};

function exactBuffer(bytes: Uint8Array<ArrayBuffer>): ArrayBuffer {
  return bytes.byteLength === bytes.buffer.byteLength ? bytes.buffer : bytes.slice().buffer;
}
