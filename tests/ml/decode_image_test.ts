import assert from "node:assert/strict";
import { Transformer } from "@napi-rs/image";
import type { FrameFormat } from "../../src/http/ports.ts";
import { ImageDecodeError, type ImageDecoder, openImageDecoder, wasmDecoder } from "../../src/ml/decode_image.ts";
import { readImageHeader } from "../../src/ml/image_header.ts";
import { type PixelImage, sampleRegion, upright } from "../../src/ml/pixels.ts";
import { handmadePng } from "./handmade_png.ts";
import { asJpeg, type Bytes, webcamFrame } from "./photographs.ts";

async function nativeDecoder(): Promise<ImageDecoder> {
  const { decoder } = await openImageDecoder();
  assert.equal(decoder.name, "@napi-rs/image", "the tests run with permission for native code");
  return decoder;
}

function luma(image: PixelImage, width: number, height: number): Float32Array {
  const data = new Float32Array(width * height);
  const plane = { data, start: 0, rowPixels: width, width, height, channels: 1, scale: 1, offset: 0 } as const;
  sampleRegion(image, { x: 0, y: 0, width: image.width, height: image.height }, plane);
  return data;
}

function meanDistance(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, index) => sum + Math.abs(value - (b[index] ?? NaN)), 0) / a.length;
}

Deno.test("[M3] native and WebAssembly decoders yield the same picture from JPEG, PNG and WebP", async () => {
  const native = await nativeDecoder();
  const frame = await webcamFrame("laughing");
  const files: Record<FrameFormat, Bytes> = {
    jpeg: await asJpeg(frame),
    png: new Uint8Array(await frame.png()),
    webp: new Uint8Array(await frame.webp(90)),
  };
  for (const format of ["jpeg", "png", "webp"] as const) {
    const one = await native.decode(format, files[format]);
    const other = await wasmDecoder.decode(format, files[format]);
    assert.deepEqual([one.width, one.height, other.width, other.height], [640, 480, 640, 480]);
    const distance = meanDistance(luma(one, 64, 48), luma(other, 64, 48));
    assert.ok(distance < 1, `${format}: mean distance ${distance} of 255`);
  }
});

Deno.test("[M3] a gray PNG with alpha has two channels and the luma of its colour original", async () => {
  const native = await nativeDecoder();
  const frame = await webcamFrame("man");
  const colour = await native.decode("png", new Uint8Array(await frame.png()));
  const gray = await native.decode("png", new Uint8Array(await new Transformer(await frame.png()).grayscale().png()));
  assert.equal(gray.channels, 2);
  assert.ok(meanDistance(luma(colour, 64, 48), luma(gray, 64, 48)) < 6);
});

Deno.test("[M3] a PNG of sixteen bits a sample is decoded to eight", async () => {
  const native = await nativeDecoder();
  const side = 32;
  const rows = new Uint8Array(side * (1 + 2 * side));
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) rows.set([8 * x, 0x7f], y * (1 + 2 * side) + 1 + 2 * x);
  }
  const image = await native.decode("png", handmadePng({ width: side, height: side, bitDepth: 16 }, rows));
  const ramp = luma(image, side, side);
  for (let x = 0; x < side; x += 1) assert.ok(Math.abs((ramp[5 * side + x] ?? NaN) - 8 * x) <= 1, `column ${x}`);
});

Deno.test("[M3] data that is damaged inside a whole container ends in ImageDecodeError or a picture, never a hang", async () => {
  const native = await nativeDecoder();
  const frame = await webcamFrame("man");
  const damaged = new Uint8Array(await frame.png());
  damaged.fill(0x55, 200, damaged.length - 100);
  for (const decoder of [native, wasmDecoder]) {
    await assert.rejects(decoder.decode("png", damaged), ImageDecodeError);
  }
});

/** An EXIF block that holds nothing but an orientation. */
function tiffOf(orientation: number): number[] {
  return [0x4d, 0x4d, 0, 0x2a, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0];
}

const LITTLE_ENDIAN = true;
const EXIF_HEAD = [0x45, 0x78, 0x69, 0x66, 0, 0];

function withOrientation(jpeg: Bytes, orientation: number): Bytes {
  const body = [...EXIF_HEAD, ...tiffOf(orientation)];
  return new Uint8Array([0xff, 0xd8, 0xff, 0xe1, 0, body.length + 2, ...body, ...jpeg.subarray(2)]);
}

Deno.test("[M3] readImageHeader and upright agree with the library's own EXIF rotation, all eight ways", async () => {
  const native = await nativeDecoder();
  const stored = await asJpeg(await webcamFrame("brown"));
  for (let orientation = 1; orientation <= 8; orientation += 1) {
    const bytes = withOrientation(stored, orientation);
    assert.equal(readImageHeader(bytes)?.orientation, orientation);
    const ours = upright(await native.decode("jpeg", bytes), orientation);
    const turned = await new Transformer(bytes).rotate().png();
    const theirs = await native.decode("png", new Uint8Array(turned));
    assert.deepEqual([ours.width, ours.height], [theirs.width, theirs.height]);
    const distance = meanDistance(luma(ours, 48, 48), luma(theirs, 48, 48));
    assert.ok(distance < 1, `orientation ${orientation}: mean distance ${distance}`);
  }
});

Deno.test("[M3] the orientation of a PNG and of a WebP is read as well, with and without EXIF's own head", async () => {
  const ascii = (text: string) => [...new TextEncoder().encode(text)];
  const png = new Uint8Array(await (await webcamFrame("brown")).png());
  const webp = new Uint8Array(await (await webcamFrame("brown")).webp(80));
  for (const block of [tiffOf(8), [...EXIF_HEAD, ...tiffOf(8)]]) {
    // The walk over a PNG's chunks does not check their sums; behind IHDR, which ends at byte 33.
    const chunk = [0, 0, 0, block.length, ...ascii("eXIf"), ...block, 0, 0, 0, 0];
    const turnedPng = new Uint8Array([...png.subarray(0, 33), ...chunk, ...png.subarray(33)]);
    assert.equal(readImageHeader(turnedPng)?.orientation, 8);
    const turnedWebp = new Uint8Array([...webp, ...ascii("EXIF"), block.length, 0, 0, 0, ...block]);
    new DataView(turnedWebp.buffer).setUint32(4, turnedWebp.length - 8, LITTLE_ENDIAN);
    assert.equal(readImageHeader(turnedWebp)?.orientation, 8);
  }
});

Deno.test("[M3] sampleRegion repeats the edge outside an image and keeps a flat colour flat", () => {
  const flat: PixelImage = { width: 5, height: 4, channels: 3, data: new Uint8Array(60).fill(90) };
  const data = new Float32Array(7 * 7);
  const plane = { data, start: 0, rowPixels: 7, width: 7, height: 7, channels: 1, scale: 1 / 255, offset: 0 } as const;
  sampleRegion(flat, { x: -10, y: -10, width: 30, height: 30 }, plane);
  for (const value of data) assert.ok(Math.abs(value - 90 / 255) < 1e-6);
});
